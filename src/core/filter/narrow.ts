import { type Filter, pathName } from '#model/filter.ts';
import { elementTest } from '#model/matches.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { allOf, anyOf, negationOf } from './combine.ts';

/** What no resource lacks, so that asking for it asks nothing. */
const OF_EVERY: ReadonlySet<string> = new Set(['id', 'meta.resourceType']);

/**
 * What a filter leaves to ask of the resources of one type: `true` where it holds for all of them, `false` where for none, as
 * `meta.resourceType eq "User"` does for groups. A type for which it is `false` need not be asked at all.
 */
export function narrowFilter(type: ResourceType, filter: Filter): Filter | boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return narrowGroup(type, filter.kind, filter.operands);
    case 'not': {
      const operand = narrowFilter(type, filter.operand);
      return typeof operand === 'boolean' ? !operand : negationOf(operand);
    }
    case 'present':
      return OF_EVERY.has(pathName(filter.path)) || filter;
    case 'compare':
    case 'in':
      return pathName(filter.path) === 'meta.resourceType' ? elementTest(filter)(type.name) : filter;
    case 'element':
    case 'linked':
      return filter;
  }
}

/** One `false` decides an `and`, one `true` an `or`; the opposite of what decides says nothing and is left out. */
function narrowGroup(type: ResourceType, kind: 'and' | 'or', operands: readonly Filter[]): Filter | boolean {
  const deciding = kind === 'or';
  const narrowed = operands.map((operand) => narrowFilter(type, operand));
  if (narrowed.includes(deciding)) return deciding;
  const left = narrowed.filter((operand) => typeof operand !== 'boolean');
  if (left.length === 0) return !deciding;
  return kind === 'and' ? allOf(left) : anyOf(left);
}
