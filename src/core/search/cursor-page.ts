import type { Page, PageRequest } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Filter, Sort } from '#model/filter.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { filterToText, sortToText } from '../filter/canonical.ts';
import { checkSearch } from '../policy/check-search.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { Session } from '../session.ts';
import { findResources, supportedSort } from './find.ts';
import { checkSameLimit, type ListCursors } from './list-cursors.ts';
import { pageBySeveralKeys } from './several-keys.ts';
import { resolveSort } from './sort-path.ts';

/** A list that is walked page by page, each page from a cursor that another one gave out. */
export interface CursorSearch {
  readonly filter?: Filter;
  readonly sort?: Sort;
  /** How to order what `sort` leaves equal, the first weighing most; without effect where the backend sorts by nothing. */
  readonly thenBy?: readonly Sort[];
  /** What the list is called in its cursors; the filter itself where absent. Given where the filter may differ from page to page. */
  readonly name?: string;
  /** Absent on the first page. */
  readonly cursor?: string;
  /** The page before the cursor rather than behind it; without one, the last of the list. @throws UNSUPPORTED where the backend sorts by nothing */
  readonly backward?: boolean;
  /** 0 counts, and gives no cursor out. */
  readonly limit: number;
  /** Whether all pages must have the same limit, as RFC 9865 §2.1 has it. A cursor that was given out without a limit takes any. */
  readonly sameLimit: boolean;
  readonly total: boolean;
  readonly positions: boolean;
  /** False where nobody looks at `nextCursor` and `previousCursor`, which cost something to make. */
  readonly cursorsAround?: false;
}

export interface CursorPage {
  /** In the order of the list, whichever way the page was reached. */
  readonly items: readonly StoredResource[];
  readonly total?: number;
  /** One per item, when asked for. */
  readonly positions?: readonly string[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
  /** Absent on the first page, and where the backend cannot walk back. */
  readonly previousCursor?: string;
  readonly hasPrevious: boolean;
  /** Whether more follows; not known, and false, where the limit is 0. */
  readonly hasNext: boolean;
  /** Leads to what follows the item at a position. */
  cursorAfter(position: string): string;
}

type SearchPage = Extract<PageRequest, { after?: string }>;

/** Where a page begins, and which way it goes from there; without `after` at the beginning of the list, or backward at its end. */
interface Place {
  readonly backward: boolean;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * One page of a walk through what is found. A position names a place in the order and not an item, so that whatever comes and goes
 * meanwhile, nothing else is skipped or met twice. A page backward is one of the opposite order, read in reverse.
 * @throws {DirectoryError} TOO_MANY where too many have one value of the first of several keys; INVALID_CURSOR, EXPIRED_CURSOR;
 *   UNSUPPORTED for a page backward that the backend cannot give; INVALID_COUNT for another limit than the walk began with
 */
export async function findByCursor(
  session: Pick<Session, 'call' | 'cursorsOf'> & { readonly directory: Directory },
  type: ResourceType,
  search: CursorSearch,
): Promise<CursorPage> {
  const { filter, limit } = search;
  const order = orderOf(session.directory, type, search);
  const cursors = session.cursorsOf(queryToText(type, search, order));
  const place = openPlace(cursors, search);
  if (place.backward && order.length === 0) throw notReversible();
  const inside = place.after !== undefined;
  const around = limit > 0 && search.cursorsAround !== false;
  const found = await findInOrder(session, type, place.backward ? order.map(reverseOf) : order, filter, {
    limit,
    total: search.total,
    positions: search.positions || (around && inside && order.length > 0),
    ...(inside && { after: place.after }),
  });
  const givenLimit = search.sameLimit ? limit : undefined;
  const seal = (backward: boolean, after?: string) => cursors.seal(placeToText({ backward, after, limit: givenLimit }));
  return {
    ...inListOrder(found, place.backward),
    ...(around && cursorsAround(found, place, order.length > 0, seal)),
    hasPrevious: place.backward ? found.next !== undefined : inside,
    hasNext: limit > 0 && (place.backward ? inside : found.next !== undefined),
    cursorAfter: (position) => seal(false, position),
  };
}

/** One key is the backend's; what it leaves equal is ordered here. */
function findInOrder(
  { directory, call }: Pick<Session, 'call'> & { readonly directory: Directory },
  type: ResourceType,
  [sort, second, ...more]: readonly Sort[],
  filter: Filter | undefined,
  page: SearchPage,
): Promise<Page<StoredResource>> {
  const find = (part: SearchPage) =>
    findResources(directory, call, type, { ...(filter && { filter }), ...(sort && { sort }), page: part });
  if (sort === undefined || second === undefined || page.limit === 0) return find(page);
  return pageBySeveralKeys(find, [sort, second, ...more], page);
}

/**
 * The keys to order by, none where the backend cannot. Where nothing is asked the order is that of the id (ADR 0004), which is asked
 * for where it can be had, since it can be reversed.
 */
function orderOf(
  directory: Directory,
  type: ResourceType,
  { sort: asked, thenBy = [] }: CursorSearch,
): readonly Sort[] {
  const capabilities = directory.capabilities(type);
  const sort = asked && supportedSort(asked, capabilities);
  if (sort !== undefined) {
    for (const each of thenBy) checkSort(directory, type, each);
    return [sort, ...thenBy];
  }
  const sortsById = capabilities.sort === 'any' || capabilities.sort.includes('id');
  return sortsById ? [resolveSort(type, 'id', 'ascending')] : [];
}

/** The backend's own key is checked with the search. @throws {DirectoryError} FORBIDDEN for what is hidden from whoever asks */
function checkSort({ visibility }: Directory, type: ResourceType, sort: Sort): void {
  if (visibility !== undefined) checkSearch(visibility, type.name, { sort });
}

function queryToText(type: ResourceType, { filter, name }: CursorSearch, order: readonly Sort[]): string {
  const asked = name ?? (filter && filterToText(filter));
  const orders = order.length === 0 ? undefined : order.map(sortToText).join(' ');
  return `find ${JSON.stringify([type.name, asked, orders])}`;
}

function reverseOf({ by, order }: Sort): Sort {
  return { by, order: order === 'ascending' ? 'descending' : 'ascending' };
}

function inListOrder(
  { items, positions, total }: Page<StoredResource>,
  backward: boolean,
): Pick<CursorPage, 'items' | 'positions' | 'total'> {
  return {
    items: backward ? items.toReversed() : items,
    ...(positions && { positions: backward ? positions.toReversed() : positions }),
    ...(total !== undefined && { total }),
  };
}

/** Of a page that turned out empty, the way back is from that end of the list, so that it leads past no item. */
function cursorsAround(
  { next, positions }: Page<StoredResource>,
  { backward, after }: Place,
  reversible: boolean,
  seal: (backward: boolean, after?: string) => string,
): Pick<CursorPage, 'nextCursor' | 'previousCursor'> {
  const onward = next === undefined ? undefined : seal(backward, next);
  const back = after === undefined || !reversible ? undefined : seal(!backward, positions?.[0]);
  const [nextCursor, previousCursor] = backward ? [back, onward] : [onward, back];
  return {
    ...(nextCursor !== undefined && { nextCursor }),
    ...(previousCursor !== undefined && { previousCursor }),
  };
}

function openPlace(cursors: ListCursors, { cursor, backward = false, limit, sameLimit }: CursorSearch): Place {
  if (cursor === undefined) return { backward };
  const place = parsePlace(cursors.open(cursor));
  if (sameLimit && place.limit !== undefined) checkSameLimit(place.limit, limit);
  return backward ? { ...place, backward } : place;
}

function notReversible(): DirectoryError {
  return new DirectoryError('UNSUPPORTED', 'the backend cannot walk this list backwards; use first and after');
}

/** `>100 position`, `<100`, `> position`: the way, the limit, the place. */
function placeToText({ backward, after, limit }: Place): string {
  return `${backward ? '<' : '>'}${limit ?? ''}${after === undefined ? '' : ` ${after}`}`;
}

/** Of a text that this process or another of the same secret has sealed. */
function parsePlace(text: string): Place {
  const space = text.indexOf(' ');
  const [head, after] = space < 0 ? [text, undefined] : [text.slice(0, space), text.slice(space + 1)];
  const limit = head.length > 1 ? Number(head.slice(1)) : undefined;
  return { backward: head.startsWith('<'), after, limit };
}
