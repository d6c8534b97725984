import { type AttributePath, pathName } from '#model/filter.ts';
import { compareText, fold } from '#model/fold.ts';
import type { Key, StoredResource } from '#model/resource.ts';
import { valuesAt } from '#model/values.ts';
import { keyFilter } from '../filter/push-down.ts';
import type { Container, Found } from '../tenant-view.ts';
import { type Reader, toResource } from './reader.ts';

/** Everything that a server takes for a match is read, and core's folding decides. */
export async function byKeys(
  reader: Reader,
  container: Container,
  shape: readonly AttributePath[],
  keys: readonly Key[],
): Promise<readonly (readonly StoredResource[])[]> {
  const paths = keys.map(({ attribute }) => shape.find((path) => pathName(path) === attribute));
  const terms = keys.flatMap(({ value }, i) => {
    const path = paths[i];
    return path === undefined ? [] : [keyFilter(path, value, container)];
  });
  const matches = (resource: StoredResource, { value }: Key, path: AttributePath | undefined) =>
    path !== undefined && hasKey(resource, path, value);
  const isAsked = (found: Found) => keys.some((key, i) => matches(toResource(found, {}), key, paths[i]));
  const found = await reader.resources(container, terms, keys.map(keyText), isAsked);
  const resources = found.toSorted((a, b) => compareText(a.id, b.id));
  return keys.map((key, i) => {
    const holders = resources.filter((resource) => matches(resource, key, paths[i]));
    const [first] = holders;
    if (first !== undefined) reader.view.managers.set(keyText(key), reader.view.managers.get(first.id));
    return holders;
  });
}

function keyText({ attribute, value }: Key): string {
  return `${attribute} ${value}`;
}

export function hasKey(resource: StoredResource, path: AttributePath, value: string): boolean {
  return valuesAt(resource, path).some((each) => String(fold(path.comparison, each)) === value);
}
