import type { AttributePath, Literal, Sort } from './filter.ts';
import { compareLiterals, compareText, fold } from './fold.ts';
import type { Json, ResourceId, StoredResource } from './resource.ts';
import { attributeReader, isList, own, subOf, valuesIn } from './values.ts';

/** A resource's place in an order. An index that keeps these need not read the resource again. */
export interface SortEntry {
  readonly key: Literal | undefined;
  readonly id: ResourceId;
}

/** The order of `Sort`, total and stable: no two resources compare as 0 (RFC 7644 §3.4.2.3). By id where nothing is asked. */
export function compareBySort(sort: Sort | undefined): (a: StoredResource, b: StoredResource) => number {
  if (sort === undefined) return (a, b) => compareText(a.id, b.id);
  const compare = compareEntries(sort.order);
  const entry = (resource: StoredResource) => ({ key: sortKey(resource, sort.by), id: resource.id });
  return (a, b) => compare(entry(a), entry(b));
}

/** The same order for keys that were read before. */
export function compareEntries(order: Sort['order']): (a: SortEntry, b: SortEntry) => number {
  return order === 'ascending' ? ascending : (a, b) => ascending(b, a);
}

/** Keys by themselves: 0 where they are equal. */
export function compareKeys(order: Sort['order']): (a: SortEntry['key'], b: SortEntry['key']) => number {
  return order === 'ascending' ? ascendingKeys : (a, b) => ascendingKeys(b, a);
}

/** Folded; undefined where the resource has no value. A primary value that lacks the sub-attribute gives way to the first that has it. */
export function sortKey(resource: StoredResource, by: AttributePath): Literal | undefined {
  const attribute = attributeReader(by)(resource);
  const primary = attribute !== undefined && isList(attribute) ? attribute.find(isPrimary) : undefined;
  const [value] = [...valuesIn(primary, subOf(by)), ...valuesIn(attribute, subOf(by))];
  return value === undefined ? undefined : fold(by.comparison, value);
}

function ascending(a: SortEntry, b: SortEntry): number {
  return ascendingKeys(a.key, b.key) || compareText(a.id, b.id);
}

function ascendingKeys(a: SortEntry['key'], b: SortEntry['key']): number {
  if (a !== undefined && b !== undefined) return compareLiterals(a, b);
  if (a === b) return 0;
  return a === undefined ? 1 : -1;
}

function isPrimary(element: Json): boolean {
  return own(element, 'primary') === true;
}
