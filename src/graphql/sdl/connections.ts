import { LOADED_FIELDS } from '../expand/loaded-fields.ts';
import type { FieldMap, TypeFields } from '../fields/field.ts';
import { RESOURCE_FIELDS } from './base-sdl.ts';
import { block, describe } from './describe.ts';

/** Edges and connection of a list of one resource type. */
export function connectionTypes({ name }: TypeFields): readonly string[] {
  return [
    `type ${name}Edge { cursor: String! node: ${name}! }`,
    block(`type ${name}Connection`, connectionFields(`${name}Edge`, name)),
  ];
}

/** What links members and groups, and the interface of whatever can be a member. */
export function membershipTypes(map: FieldMap): readonly string[] {
  const { membership } = map;
  if (membership === undefined) return [];
  const group = membership.container.name;
  const edgeFields = [
    'cursor: String!',
    `${describe('False where other groups lie between.')}direct: Boolean!`,
    `${describe('The group between, one step nearer to where the query started; null for a direct one.')}via: ${group}`,
  ];
  const traits = { canBeMember: true, holdsMembers: false, hasManager: false };
  const ofEveryMember = LOADED_FIELDS.filter((field) => field.appliesTo(traits));
  const hasName = membership.members.every(({ fields }) =>
    fields.some(({ name, type, multiValued }) => name === 'displayName' && type === 'String' && !multiValued),
  );
  return [
    `${describe('Whatever can be a member of a group.')}${block('interface Member implements Node & Resource', [
      ...RESOURCE_FIELDS.values(),
      ...(hasName ? ['displayName: String'] : []),
      ...ofEveryMember.map((field) => field.sdl(map, 'Member')),
    ])}`,
    block('type MembershipEdge', [...edgeFields, `node: ${group}!`]),
    block('type MembershipConnection', connectionFields('MembershipEdge', group)),
    block('type MemberEdge', [...edgeFields, 'node: Member!']),
    block('type MemberConnection', connectionFields('MemberEdge', 'Member')),
  ];
}

function connectionFields(edge: string, node: string): readonly string[] {
  return [
    `edges: [${edge}!]!`,
    `${describe('The nodes of the edges.')}nodes: [${node}!]!`,
    'pageInfo: PageInfo!',
    `${describe('The number on all pages together; counted only when it is asked for.')}totalCount: Int`,
  ];
}
