import type { Page, PageRequest, Query } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { type Filter, pathName, type Sort } from '#model/filter.ts';
import { compileFilter } from '#model/matches.ts';
import { type Place, parsePosition, placeToPosition } from '#model/position.ts';
import type { ResourceTypeName, StoredResource } from '#model/resource.ts';
import { nextTurn, turnIsOver } from '#model/turns.ts';
import { checkInTime } from './in-time.ts';
import { LinkAnswers } from './links/link-answers.ts';
import type { Order } from './order.ts';
import { OrderedIndex, type Snapshot } from './ordered-index.ts';
import { type Row, rowToResource } from './row.ts';
import type { TenantStore } from './tenant-store.ts';

/** Other requests get a turn after this many rows, and earlier where a filter of a thousand terms makes rows expensive. */
const ROWS_PER_TURN = 2_000;
const ROWS_PER_LOOK = 50;
/** Links lead to so large a part of the type that sorting it anew costs more than a scan in order. */
const WORTH_SORTING = 1 / 8;

/** One type's resources in one order, or some of them. */
interface Source<Item extends Place> {
  readonly order: Order<Item>;
  readonly index: OrderedIndex<Place, Item>;
  readonly direction: Sort['order'];
}

/** A page by rank where there is no filter; else a scan that begins at the links where the filter names any. */
export async function find(
  store: TenantStore,
  call: Call,
  type: ResourceTypeName,
  query: Query,
): Promise<Page<StoredResource>> {
  const { sort } = query;
  const types = store.type(type);
  if (sort === undefined || pathName(sort.by) === 'id') {
    return findIn(store, call, type, query, types.byId, sort?.order ?? 'ascending');
  }
  return findIn(store, call, type, query, types.sortedBy(sort.by), sort.order);
}

async function findIn<Item extends Place>(
  store: TenantStore,
  call: Call,
  type: ResourceTypeName,
  { filter, page, retained }: Query,
  order: Order<Item>,
  direction: Sort['order'],
): Promise<Page<StoredResource>> {
  if (retained) {
    const source = sourceOf([...store.retained.values()], type, order, direction);
    return filter === undefined ? readPage(source, page) : scanPage(store, call, source, filter, page);
  }
  const source = { order, index: order.index, direction };
  if (filter === undefined) return readPage(source, page);
  const links = new LinkAnswers(store, filter);
  const candidates = links.candidates();
  const few = candidates !== undefined && candidates.size < order.index.size * WORTH_SORTING;
  return scanPage(store, call, few ? sourceOf([...candidates], type, order, direction) : source, filter, page, links);
}

function sourceOf<Item extends Place>(
  rows: readonly Row[],
  type: ResourceTypeName,
  order: Order<Item>,
  direction: Sort['order'],
): Source<Item> {
  const items = rows.filter((row) => row.type === type).map((row) => order.item(row));
  return { order, direction, index: new OrderedIndex<Place, Item>(order.compare, items.sort(order.compare)) };
}

/** Costs the page and a look-up, wherever the page lies. */
function readPage<Item extends Place>(source: Source<Item>, page: PageRequest): Page<StoredResource> {
  const { order, index, direction } = source;
  const start = 'offset' in page ? page.offset : startAfter(source, page.after);
  const count = Math.max(0, Math.min(page.limit, index.size - start));
  const items =
    direction === 'ascending' ? index.slice(start, count) : index.slice(index.size - start - count, count).reverse();
  const resources = items.map((item) => rowToResource(order.row(item)));
  return pageOf(page, resources, items, start + count < index.size, index.size);
}

async function scanPage<Item extends Place>(
  store: TenantStore,
  call: Call,
  source: Source<Item>,
  filter: Filter,
  page: PageRequest,
  links = new LinkAnswers(store, filter),
): Promise<Page<StoredResource>> {
  const fits = compileFilter(filter);
  const first = 'offset' in page ? 0 : startAfter(source, page.after);
  const found = new ScannedPage<Item>(page);
  const view = source.index.snapshot();
  const scan = store.openScan();
  try {
    let place = page.total ? 0 : first;
    for (const item of inDirection(view, source.direction, place)) {
      const row = source.order.row(item);
      const rowThen = scan.rowThen(row);
      links.ask(row, rowThen);
      if (fits(rowThen, links) && found.add(item, rowThen, place >= first)) break;
      place++;
      if (place % ROWS_PER_LOOK > 0 || (place % ROWS_PER_TURN > 0 && !turnIsOver())) continue;
      await nextTurn();
      checkInTime(call);
    }
  } finally {
    scan.close();
  }
  return found.page();
}

class ScannedPage<Item extends Place> {
  readonly #request: PageRequest;
  #skip: number;
  readonly #resources: StoredResource[] = [];
  readonly #items: Item[] = [];
  #more = false;
  #total = 0;

  constructor(request: PageRequest) {
    this.#request = request;
    this.#skip = 'offset' in request ? request.offset : 0;
  }

  /** True where nothing that follows can change the page. */
  add(item: Item, row: Row, onPage: boolean): boolean {
    this.#total++;
    if (!onPage) return false;
    if (this.#skip > 0) {
      this.#skip--;
      return false;
    }
    if (this.#items.length < this.#request.limit) {
      this.#items.push(item);
      this.#resources.push(rowToResource(row));
      return false;
    }
    this.#more = true;
    return !this.#request.total;
  }

  page(): Page<StoredResource> {
    return pageOf(this.#request, this.#resources, this.#items, this.#more, this.#total);
  }
}

function pageOf(
  request: PageRequest,
  items: readonly StoredResource[],
  places: readonly Place[],
  more: boolean,
  total: number,
): Page<StoredResource> {
  const last = places.at(-1);
  return {
    items,
    ...(more && last && { next: placeToPosition(last) }),
    ...(request.positions && { positions: places.map(placeToPosition) }),
    ...(request.total && { total }),
  };
}

/** How many items stand at or before a position, read in the source's direction. */
function startAfter<Item extends Place>({ index, direction }: Source<Item>, after: string | undefined): number {
  if (after === undefined) return 0;
  const place = parsePosition(after);
  const before = index.rank(place);
  if (direction === 'descending') return index.size - before;
  return index.has(place) ? before + 1 : before;
}

function* inDirection<Item>(view: Snapshot<Item>, direction: Sort['order'], skip: number): Generator<Item> {
  let rest = skip;
  for (const items of direction === 'ascending' ? view : view.toReversed()) {
    if (rest >= items.length) {
      rest -= items.length;
      continue;
    }
    yield* (direction === 'ascending' ? items : items.toReversed()).slice(rest);
    rest = 0;
  }
}
