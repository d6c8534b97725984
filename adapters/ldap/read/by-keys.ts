import { type AttributePath, pathName } from '#model/filter.ts';
import { compareText, fold } from '#model/fold.ts';
import type { Key, StoredResource } from '#model/resource.ts';
import { valuesAt } from '#model/values.ts';
import { keyFilter } from '../filter/push-down.ts';
import { any } from '../filter/terms.ts';
import type { Container } from '../tenant-view.ts';
import { partsOf, type Reader } from './reader.ts';

/** Everything that a server takes for a match is read, and core's folding decides. */
export async function byKeys(
  reader: Reader,
  container: Container,
  shape: readonly AttributePath[],
  keys: readonly Key[],
): Promise<readonly (readonly StoredResource[])[]> {
  const paths = keys.map(({ attribute }) => shape.find((path) => pathName(path) === attribute));
  const filters = keys.flatMap(({ value }, i) => {
    const path = paths[i];
    return path === undefined ? [] : [keyFilter(path, value, container)];
  });
  const parts = await Promise.all(partsOf(filters, 100).map((part) => reader.search(container, any(...part))));
  const found = new Map(parts.flat().map((each) => [each.id, each]));
  const resources = (await reader.toResources([...found.values()])).toSorted((a, b) => compareText(a.id, b.id));
  return keys.map(({ value }, i) => {
    const path = paths[i];
    return path === undefined ? [] : resources.filter((resource) => hasKey(resource, path, value));
  });
}

export function hasKey(resource: StoredResource, path: AttributePath, value: string): boolean {
  return valuesAt(resource, path).some((each) => String(fold(path.comparison, each)) === value);
}
