import type { Capabilities, Page, PageRequest } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { type Filter, pathName, type Sort } from '#model/filter.ts';
import type { StoredResource } from '#model/resource.ts';
import { compareBySort } from '#model/sort.ts';
import type { Directory } from './directory.ts';
import { type KeyLookup, keyOf, splitFilter } from './filter/split.ts';
import { keyAttributesOf } from './keys.ts';
import { matchAll } from './residue.ts';
import type { ResourceType } from './schema/attribute.ts';
import type { Search } from './session.ts';

/** How many resources are read at a time while what a backend cannot evaluate is evaluated here. */
const SCAN_PAGE = 1_000;

/** By key where the filter names one, else by the backend's `find`, with what it cannot evaluate evaluated here. */
export async function findResources(
  directory: Directory,
  call: Call,
  type: ResourceType,
  { filter, sort: asked, page }: Search,
): Promise<Page<StoredResource>> {
  const capabilities = directory.capabilities(type);
  const sort = asked && supportedSort(asked, capabilities);
  const key = filter && keyOf(filter, keyNamesOf(type));
  if (key !== undefined) {
    const found = await resourcesByKey(directory, call, type, key);
    const matching = key.rest === undefined ? found : await matchAll(directory, call, key.rest, found);
    return pageOf([...matching].sort(compareBySort(sort)), page);
  }
  const { pushed, residue } = filter ? splitFilter(filter, capabilities) : {};
  const query = { ...(pushed && { filter: pushed }), ...(sort && { sort }) };
  if (residue === undefined) return directory.adapter.find(call, type.name, { ...query, page });
  return scan(directory, call, type, query, residue, page);
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
function supportedSort(sort: Sort, { sort: supported }: Capabilities): Sort | undefined {
  if (supported === 'any') return sort;
  const path = pathName(sort.by);
  if (supported.includes(path)) return sort;
  if (supported.length === 0) return undefined;
  throw new DirectoryError('INVALID_PATH', `sortBy: the backend sorts by ${supported.join(', ')} only`);
}

/** A page of what is at hand as a whole; a position is the id of the resource before it. */
function pageOf(found: readonly StoredResource[], page: PageRequest): Page<StoredResource> {
  const after = 'after' in page ? page.after : undefined;
  const offset = 'offset' in page ? page.offset : 0;
  const from = after === undefined ? offset : found.findIndex(({ id }) => id === after) + 1;
  const items = found.slice(from, from + page.limit);
  const last = items.at(-1);
  return {
    items,
    ...(last && from + items.length < found.length && { next: last.id }),
    ...(page.positions && { positions: items.map(({ id }) => id) }),
    ...(page.total && { total: found.length }),
  };
}

/** Walks what the backend finds, in its order, and keeps what the rest of the filter lets through. */
async function scan(
  directory: Directory,
  call: Call,
  type: ResourceType,
  query: { readonly filter?: Filter; readonly sort?: Sort },
  residue: Filter,
  page: PageRequest,
): Promise<Page<StoredResource>> {
  const offset = 'offset' in page ? page.offset : 0;
  const kept: { readonly resource: StoredResource; readonly position: string }[] = [];
  let matched = 0;
  let after = 'after' in page ? page.after : undefined;
  let more = true;
  while (more && (page.total || matched <= offset + page.limit)) {
    const request = { limit: SCAN_PAGE, positions: true, ...(after !== undefined && { after }) };
    const found = await directory.adapter.find(call, type.name, { ...query, page: request });
    const positions = new Map(found.items.map((resource, index) => [resource, found.positions?.[index] ?? '']));
    for (const resource of await matchAll(directory, call, residue, found.items)) {
      if (matched >= offset && kept.length < page.limit) {
        kept.push({ resource, position: positions.get(resource) ?? '' });
      }
      matched += 1;
    }
    after = found.next;
    more = after !== undefined;
  }
  const last = kept.at(-1);
  return {
    items: kept.map(({ resource }) => resource),
    ...(last && matched > offset + kept.length && { next: last.position }),
    ...(page.positions && { positions: kept.map(({ position }) => position) }),
    ...(page.total && { total: matched }),
  };
}
