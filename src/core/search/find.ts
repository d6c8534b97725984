import type { Capabilities, Page, Query } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { pathName, type Sort } from '#model/filter.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { type KeyLookup, keyOf, splitFilter } from '../filter/split.ts';
import { keyAttributesOf } from '../keys.ts';
import { checkSearch } from '../policy/check-search.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { Search } from '../session.ts';
import { pageAtHand } from './at-hand.ts';
import { matchAll } from './residue.ts';
import { scan } from './scan.ts';

/**
 * By key where the filter names one, else by the backend's `find`, with what it cannot evaluate evaluated here. `only` names what is
 * needed of the resources; there may be more.
 * @throws {DirectoryError} FORBIDDEN for what is hidden from whoever asks
 */
export async function findResources(
  directory: Directory,
  call: Call,
  type: ResourceType,
  { filter, sort: asked, page, only }: Search & Pick<Query, 'only'>,
): Promise<Page<StoredResource>> {
  if (directory.visibility !== undefined) {
    checkSearch(directory.visibility, type.name, { ...(filter && { filter }), ...(asked && { sort: asked }) });
  }
  const capabilities = directory.capabilities(type);
  const sort = asked && supportedSort(asked, capabilities);
  const key = filter && keyOf(filter, keyNamesOf(type));
  if (key !== undefined) {
    const found = await resourcesByKey(directory, call, type, key);
    const matching = key.rest === undefined ? found : await matchAll(directory, call, key.rest, found);
    return pageAtHand(matching, sort, page);
  }
  const { pushed, residue } = filter ? splitFilter(filter, capabilities) : {};
  const query = { ...(pushed && { filter: pushed }), ...(sort && { sort }) };
  if (residue === undefined) return directory.adapter.find(call, type.name, { ...query, page, ...(only && { only }) });
  return scan(directory, call, type, { ...query, residue }, page);
}

async function resourcesByKey(
  { adapter }: Directory,
  call: Call,
  type: ResourceType,
  lookup: KeyLookup,
): Promise<readonly StoredResource[]> {
  if ('id' in lookup) {
    const found = await adapter.getMany(call, type.name, [lookup.id]);
    return found.filter((resource) => resource !== null);
  }
  const [found = []] = await adapter.byKeys(call, type.name, [lookup.key]);
  return found;
}

const keyNames = new WeakMap<ResourceType, ReadonlySet<string>>();

function keyNamesOf(type: ResourceType): ReadonlySet<string> {
  let names = keyNames.get(type);
  if (names === undefined) {
    names = new Set(keyAttributesOf(type).map(({ name }) => name));
    keyNames.set(type, names);
  }
  return names;
}

/** A backend that sorts by nothing announces so and `sortBy` is ignored; one that sorts by some paths names them. */
export function supportedSort(sort: Sort, { sort: supported }: Capabilities): Sort | undefined {
  if (supported === 'any') return sort;
  const path = pathName(sort.by);
  if (supported.includes(path)) return sort;
  if (supported.length === 0) return undefined;
  throw new DirectoryError('INVALID_PATH', `sortBy: the backend sorts by ${supported.join(', ')} only`);
}
