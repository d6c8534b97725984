import { LOADED_FIELDS } from '../expand/loaded-fields.ts';
import type { FieldMap, TypeFields } from '../fields/field.ts';
import { RESOURCE_FIELDS } from './base-sdl.ts';
import { CURSOR, connectionType } from './connection-type.ts';
import { block, describe } from './describe.ts';

/** Edges and connection of a list of one resource type, and what its loaded fields bring. */
export function connectionTypes({ name, loaded }: TypeFields): readonly string[] {
  return [
    block(`type ${name}Edge`, [CURSOR, `node: ${name}!`]),
    connectionType(`${name}Connection`, `${name}Edge`, name),
    ...loaded.flatMap((field) => field.types?.(name) ?? []),
  ];
}

/** What links members and groups, and the interface of whatever can be a member. */
export function membershipTypes(map: FieldMap): readonly string[] {
  const { membership } = map;
  if (membership === undefined) return [];
  const group = membership.container.name;
  const edgeFields = [
    CURSOR,
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
    connectionType('MembershipConnection', 'MembershipEdge', group),
    block('type MemberEdge', [...edgeFields, 'node: Member!']),
    connectionType('MemberConnection', 'MemberEdge', 'Member'),
  ];
}
