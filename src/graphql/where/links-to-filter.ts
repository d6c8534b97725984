import { NEVER, negationOf } from '#core/filter/combine.ts';
import type { Filter } from '#model/filter.ts';
import type { ResourceId } from '#model/resource.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { FieldLink } from '../expand/loaded-field.ts';
import { entriesOf, type Where, type WhereBudget } from './where.ts';

/** What a LinkFilter means; no condition where nothing but `transitive` was given. */
export function linksToFilter(link: FieldLink, where: Where, path: string, budget: WhereBudget): readonly Filter[] {
  const anything: Filter = { kind: 'linked', ...link, transitive: where['transitive'] === true };
  return entriesOf(where).flatMap(([word, value]): readonly Filter[] => {
    if (word === 'transitive') return [];
    budget.spend(`${path}.${word}`, Array.isArray(value) ? value.length : 1);
    if (word === 'present' && typeof value === 'boolean') return [value ? anything : negationOf(anything)];
    if (word === 'eq' && typeof value === 'string') return [{ ...anything, ids: [value as ResourceId] }];
    if (word === 'in' && Array.isArray(value)) {
      return [value.length === 0 ? NEVER : { ...anything, ids: value as ResourceId[] }];
    }
    throw badUserInput(`${path}.${word}: null says nothing; use { present: false } for "no link"`);
  });
}
