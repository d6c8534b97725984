import type { FieldMap, TypeFields } from '../fields/field.ts';
import { targetOf } from '../where/link-target.ts';
import { block, describe } from './describe.ts';

/** The fields of a type's `where` that ask what it is linked to. */
export function linkConditionFields(map: FieldMap, type: TypeFields): readonly string[] {
  return type.loaded.flatMap(({ name, link }) =>
    link ? [`${name}: ${targetOf(map, type, link).name}LinkFilter`] : [],
  );
}

/** The LinkFilter of a type that links lead to; none where no link does. */
export function linkFilters({ membership }: FieldMap, type: TypeFields): readonly string[] {
  const isTarget = type.loaded.some(({ link }) => link?.leadsTo === 'same type') || membership?.container === type;
  return isTarget ? [linkFilter(type.name)] : [];
}

/** What asks of members, whatever their type. */
export function memberFilters({ membership }: FieldMap): readonly string[] {
  if (membership === undefined) return [];
  const text = 'What a member has to be, by its type; a type that is not named does not fit.';
  return [
    `${describe(text)}${block(
      'input MemberWhere',
      membership.members.map(({ one, name }) => `${one}: ${name}Where`),
    )}`,
    linkFilter('Member'),
  ];
}

function linkFilter(name: string): string {
  const where = `${name}Where`;
  return `${describe('What a resource is linked to. All that is given must hold.')}${block(`input ${name}LinkFilter`, [
    `${describe('Linked to this one.')}eq: ID`,
    `${describe('Linked to any of them.')}in: [ID!]`,
    `${describe('Linked to every one of them.')}all: [ID!]`,
    `${describe('Linked to something that fits; at most 1,000 may fit.')}some: ${where}`,
    `${describe('Linked to nothing that does not fit; true where there is no link. At most 1,000 may not fit.')}every: ${where}`,
    `${describe('Linked to nothing that fits; at most 1,000 may fit.')}none: ${where}`,
    `${describe('Linked to anything at all.')}present: Boolean`,
    `${describe('Through nested groups, or along the whole chain of managers, as well.')}transitive: Boolean = false`,
  ])}`;
}
