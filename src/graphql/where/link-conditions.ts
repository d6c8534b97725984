import { allOf, NEVER, negationOf } from '#core/filter/combine.ts';
import type { LinkTerm } from '#model/filter.ts';
import type { ResourceId } from '#model/resource.ts';
import { badUserInput } from '../bad-user-input.ts';
import { isRecord } from '../is-record.ts';
import { type LinkPlace, linkedFit } from './linked-fit.ts';
import { entriesOf, type Where } from './where.ts';
import { type Pending, settled, type WhereScope } from './where-scope.ts';

/** What a LinkFilter means, a condition for each of its words; none where nothing but `transitive` was given. */
export function linkConditions(scope: WhereScope, place: LinkPlace, where: Where): readonly Pending[] {
  const { edge, direction } = place.link;
  const anything: LinkTerm = { kind: 'linked', edge, direction, transitive: where['transitive'] === true };
  return entriesOf(where).flatMap(([word, value]): readonly Pending[] => {
    if (word === 'transitive') return [];
    const path = `${place.path}.${word}`;
    scope.budget.spend(path, Array.isArray(value) ? value.length : 1);
    if (value === null) throw badUserInput(`${path}: null says nothing; use { present: false } for "no link"`);
    if (isRecord(value)) return linkedFit(scope, { ...place, path }, word, value, anything);
    return [settled(byIds(word, value, path, anything))];
  });
}

function byIds(word: string, value: unknown, path: string, anything: LinkTerm) {
  if (word === 'present') return value === true ? anything : negationOf(anything);
  if (word === 'eq') return { ...anything, ids: [value as ResourceId] };
  const ids = value as readonly ResourceId[];
  if (word === 'in') return ids.length === 0 ? NEVER : { ...anything, ids };
  if (word !== 'all') throw new Error(`the schema has the word ${word}, this file has not`);
  // "All of nothing" would be true of everybody, which a program that lost its list does not mean.
  if (ids.length === 0) throw badUserInput(`${path}: give at least one id, or leave it out`);
  return allOf(ids.map((id) => ({ ...anything, ids: [id] })));
}
