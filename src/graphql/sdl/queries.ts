import { PAGE_ARGUMENTS } from '../expand/paging.ts';
import type { TypeFields } from '../fields/field.ts';
import { block, describe } from './describe.ts';

const CONSISTENCY = 'consistency: Consistency = CACHED';

/** Entries of one `orderBy`. */
export const MAX_ORDERS = 4;

/** `user`, `users`, and what they take. */
export function queries({ name, one, many, lookups, orderBy }: TypeFields): readonly string[] {
  return [
    `${describe('Exactly one of them.')}${block(`input ${name}By @oneOf`, [
      'id: ID',
      ...lookups.map((lookup) => `${lookup.name}: String`),
    ])}`,
    block(
      `enum ${name}OrderField`,
      [...orderBy].map(([value, path]) => `${describe(`SCIM: \`${path}\``)}${value}`),
    ),
    block(`input ${name}OrderBy`, [`field: ${name}OrderField!`, 'direction: OrderDirection! = ASC']),
    block('extend type Query', [
      `${describe(`One ${name}; null where there is none.`)}${one}(by: ${name}By!, ${CONSISTENCY}): ${name}`,
      `${describe(`${name} resources, one page at a time; without \`orderBy\` in an order that is stable.`)}${many}(
        where: ${name}Where
        ${describe('A SCIM filter, RFC 7644 §3.4.2.2; together with `where`, both must hold.')}filter: String
        ${describe(`At most ${MAX_ORDERS} entries, the first weighing most. More than one costs more: see the guide.`)}orderBy: [${name}OrderBy!]
        ${PAGE_ARGUMENTS}
        ${CONSISTENCY}
      ): ${name}Connection`,
    ]),
  ];
}
