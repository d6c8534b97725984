import type { FieldMap, Relation, TypeFields } from '../fields/field.ts';
import { block, describe } from './describe.ts';

export const DEFAULT_FIRST = 50;

const PAGE = `first: Int = ${DEFAULT_FIRST}, after: String`;

/**
 * Fields that lead to other resources; every list of them is a connection, since groups grow. All are nullable: a field whose
 * backend call failed is null, and nothing around it.
 */
export function relationFields(map: FieldMap, type: TypeFields): readonly string[] {
  return type.relations.map((relation) => relationField(map, type, relation));
}

function relationField(map: FieldMap, type: TypeFields, { kind, name }: Relation): string {
  switch (kind) {
    case 'memberOf':
      return `${describe('The groups that hold this resource; with `transitive`, also those that hold it through other groups, nearest first.')}${name}(${PAGE}, transitive: Boolean = false): MembershipConnection`;
    case 'members': {
      const known = map.membership?.members.map((member) => member.name) ?? [];
      const only = `${describe(`Only members of this resource type: ${known.join(' or ')}.`)}type: String`;
      return `${describe('The members; with `transitive`, also those of nested groups, nearest first.')}${name}(${PAGE}, transitive: Boolean = false, ${only}): MemberConnection`;
    }
    case 'manager':
      return `${describe('The manager, where there is one.')}${name}: ${type.name}`;
    case 'directReports':
      return `${describe('The resources whose manager this is.')}${name}(${PAGE}): ${type.name}Connection`;
  }
}

/** Edges and connection of a list of one resource type. */
export function connectionTypes({ name }: TypeFields): readonly string[] {
  return [
    `type ${name}Edge { cursor: String! node: ${name}! }`,
    block(`type ${name}Connection`, connectionFields(`${name}Edge`, name)),
  ];
}

/** What links members and groups, and the interface of whatever can be a member. */
export function membershipTypes({ membership }: FieldMap): readonly string[] {
  if (membership === undefined) return [];
  const group = membership.container.name;
  const edgeFields = [
    'cursor: String!',
    `${describe('False where other groups lie between.')}direct: Boolean!`,
    `${describe('The group between, one step nearer to where the query started; null for a direct one.')}via: ${group}`,
  ];
  const hasName = membership.members.every(({ fields }) =>
    fields.some(({ name, type, multiValued }) => name === 'displayName' && type === 'String' && !multiValued),
  );
  return [
    `${describe('Whatever can be a member of a group.')}${block('interface Member implements Node & Resource', [
      'id: ID!',
      'externalId: String',
      'schemas: [URI!]!',
      'meta: Meta!',
      ...(hasName ? ['displayName: String'] : []),
      `memberOf(${PAGE}, transitive: Boolean = false): MembershipConnection`,
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
