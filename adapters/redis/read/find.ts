import type { Page, PageRequest, Query } from '#adapters/adapter.ts';
import type { Filter } from '#model/filter.ts';
import { compileFilter } from '#model/matches.ts';
import { type Place, placeToPosition } from '#model/position.ts';
import type { ResourceTypeName, StoredResource } from '#model/resource.ts';
import type { Store } from '../store.ts';
import { candidateIds } from './candidates.ts';
import { LinkAnswers } from './link-answers.ts';
import { ListOrder } from './order.ts';

/** Resources read at a time where many have to be looked at. */
const BATCH = 250;

type Batches = AsyncIterable<readonly StoredResource[]>;
type Fits = (batch: readonly StoredResource[]) => Promise<readonly StoredResource[]>;

/**
 * Without a filter a page by rank or place, one round trip where the order is kept. With one: what an index leads to, else the list in
 * its order until the page is full, else all of the type.
 */
export async function find(store: Store, type: ResourceTypeName, query: Query): Promise<Page<StoredResource>> {
  const { filter, sort, page, retained = false } = query;
  const order = new ListOrder(type, sort, retained);
  if (filter === undefined && order.isKept) return readPage(store, order, page, retained);
  const links = filter && (await LinkAnswers.open(store, filter));
  const fits = filterOf(query, links);
  const ids = filter === undefined || retained ? undefined : await idsToLookAt(store, type, filter, links);
  if (ids !== undefined) return selectPage(order, page, byIds(store, type, ids), fits);
  if (order.isKept) return scanPage(store, order, page, retained, fits);
  return selectPage(order, page, inOrder(store, new ListOrder(type, undefined, retained), undefined, retained), fits);
}

function filterOf({ filter }: Query, links: LinkAnswers | undefined): Fits {
  if (filter === undefined || links === undefined) return async (batch) => batch;
  const matches = compileFilter(filter);
  return async (batch) => {
    await links.prepare(batch);
    return batch.filter((resource) => matches(resource, links.ask(resource)));
  };
}

/** Undefined where there is nothing for it but the whole list. */
async function idsToLookAt(
  store: Store,
  type: ResourceTypeName,
  filter: Filter,
  links: LinkAnswers | undefined,
): Promise<readonly StoredResource['id'][] | undefined> {
  return (await candidateIds(store, type, filter)) ?? links?.candidates();
}

async function readPage(
  store: Store,
  order: ListOrder,
  page: PageRequest,
  retained: boolean,
): Promise<Page<StoredResource>> {
  const start = order.startOf(page);
  // One more than asked for shows whether there are more.
  const slice =
    'offset' in page
      ? order.from(page.offset, page.limit + 1, retained)
      : order.behind(start, page.limit + 1, retained);
  const [found] = await store.slices([slice]);
  const { items = [], size = 0 } = found ?? {};
  const resources = items.map(({ resource }) => resource);
  return pageOf(order, page, resources, size);
}

/** In order, so that it ends with the page unless a total is asked for. */
async function scanPage(
  store: Store,
  order: ListOrder,
  page: PageRequest,
  retained: boolean,
  fits: Fits,
): Promise<Page<StoredResource>> {
  const start = order.startOf(page);
  const offset = 'offset' in page ? page.offset : 0;
  const found: StoredResource[] = [];
  let total = 0;
  let skipped = 0;
  for await (const batch of inOrder(store, order, page.total ? undefined : start, retained)) {
    for (const resource of await fits(batch)) {
      total++;
      if (start !== undefined && order.compare(order.placeOf(resource), start) <= 0) continue;
      if (skipped < offset) skipped++;
      else if (found.length <= page.limit) found.push(resource);
    }
    if (!page.total && found.length > page.limit) break;
  }
  return pageOf(order, page, found, total);
}

/** Of resources in any order the first ones behind the page's beginning: no more are held than twice as many as the page needs. */
async function selectPage(
  order: ListOrder,
  page: PageRequest,
  batches: Batches,
  fits: Fits,
): Promise<Page<StoredResource>> {
  const start = order.startOf(page);
  const offset = 'offset' in page ? page.offset : 0;
  const needed = offset + page.limit + 1;
  let kept: { readonly place: Place; readonly resource: StoredResource }[] = [];
  let total = 0;
  const cut = () => {
    kept = kept.sort((a, b) => order.compare(a.place, b.place)).slice(0, needed);
  };
  for await (const batch of batches) {
    for (const resource of await fits(batch)) {
      total++;
      const place = order.placeOf(resource);
      if (start === undefined || order.compare(place, start) > 0) kept.push({ place, resource });
    }
    if (kept.length > 2 * needed + BATCH) cut();
  }
  cut();
  const resources = kept.slice(offset).map(({ resource }) => resource);
  return pageOf(order, page, resources, total);
}

async function* byIds(store: Store, type: ResourceTypeName, ids: readonly StoredResource['id'][]): Batches {
  for (let at = 0; at < ids.length; at += BATCH) {
    const records = await store.records(ids.slice(at, at + BATCH));
    yield records.filter((record) => record !== null).filter((record) => record.type === type);
  }
}

/** Behind a place, in the order's direction. What changes meanwhile shows or not, and nothing shows twice but what has moved. */
async function* inOrder(store: Store, order: ListOrder, start: Place | undefined, retained: boolean): Batches {
  for (let place = start; ; ) {
    const [found] = await store.slices([order.behind(place, BATCH, retained)]);
    const resources = (found?.items ?? []).map(({ resource }) => resource);
    if (resources.length > 0) yield resources;
    const last = resources.at(-1);
    if (last === undefined || resources.length < BATCH) return;
    place = order.placeOf(last);
  }
}

/** `found` begins with the page and holds at least one more where there are more. */
function pageOf(
  order: ListOrder,
  page: PageRequest,
  found: readonly StoredResource[],
  total: number,
): Page<StoredResource> {
  const items = found.slice(0, page.limit);
  const last = items.at(-1);
  const position = (resource: StoredResource) => placeToPosition(order.placeOf(resource));
  return {
    items,
    ...(found.length > page.limit && last && { next: position(last) }),
    ...(page.positions && { positions: items.map(position) }),
    ...(page.total && { total }),
  };
}
