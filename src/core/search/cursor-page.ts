import type { Page } from '#adapters/adapter.ts';
import type { Filter, Sort } from '#model/filter.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { filterToText, sortToText } from '../filter/canonical.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { Session } from '../session.ts';
import { findResources, supportedSort } from './find.ts';
import { checkSameLimit, type ListCursors } from './list-cursors.ts';
import { resolveSort } from './sort-path.ts';

/** A list that is walked page by page, each page from a cursor that another one gave out. */
export interface CursorSearch {
  readonly filter?: Filter;
  readonly sort?: Sort;
  /** What the list is called in its cursors; the filter itself where absent. Given where the filter may differ from page to page. */
  readonly name?: string;
  /** Absent on the first page. */
  readonly cursor?: string;
  /** 0 counts, and gives no cursor out. */
  readonly limit: number;
  /** Whether all pages must have the same limit, as RFC 9865 §2.1 has it. A cursor that was given out without a limit takes any. */
  readonly sameLimit: boolean;
  readonly total: boolean;
  readonly positions: boolean;
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
  /** Leads to what follows the item at a position. */
  cursorAfter(position: string): string;
}

/** Where a page begins, and which way it goes from there; without `after` at the beginning of the list, or backward at its end. */
interface Place {
  readonly backward: boolean;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * One page of a walk through what is found. A position names a place in the order and not an item, so that whatever comes and goes
 * meanwhile, nothing else is skipped or met twice. A page backward is one of the opposite order, read in reverse.
 * @throws {DirectoryError} INVALID_CURSOR, EXPIRED_CURSOR; INVALID_COUNT for another limit than the walk began with
 */
export async function findByCursor(
  session: Pick<Session, 'call' | 'cursorsOf'> & { readonly directory: Directory },
  type: ResourceType,
  search: CursorSearch,
): Promise<CursorPage> {
  const { filter, limit } = search;
  const order = orderOf(session.directory, type, search.sort);
  const cursors = session.cursorsOf(queryToText(type, search, order));
  const place = openPlace(cursors, search);
  const inside = place.after !== undefined;
  const sort = order && place.backward ? reverseOf(order) : order;
  const found = await findResources(session.directory, session.call, type, {
    ...(filter && { filter }),
    ...(sort && { sort }),
    page: {
      limit,
      total: search.total,
      positions: search.positions || (inside && order !== undefined),
      ...(inside && { after: place.after }),
    },
  });
  const givenLimit = search.sameLimit ? limit : undefined;
  const seal = (backward: boolean, after?: string) => cursors.seal(placeToText({ backward, after, limit: givenLimit }));
  return {
    ...inListOrder(found, place.backward),
    ...(limit > 0 && cursorsAround(found, place, order !== undefined, seal)),
    hasPrevious: place.backward ? found.next !== undefined : inside,
    cursorAfter: (position) => seal(false, position),
  };
}

/** Where nothing is asked the order is that of the id (ADR 0004), which is asked for where it can be had, since it can be reversed. */
function orderOf(directory: Directory, type: ResourceType, asked: Sort | undefined): Sort | undefined {
  const capabilities = directory.capabilities(type);
  const sort = asked && supportedSort(asked, capabilities);
  if (sort !== undefined) return sort;
  const sortsById = capabilities.sort === 'any' || capabilities.sort.includes('id');
  return sortsById ? resolveSort(type, 'id', 'ascending') : undefined;
}

function queryToText(type: ResourceType, { filter, name }: CursorSearch, order: Sort | undefined): string {
  const asked = name ?? (filter && filterToText(filter));
  return `find ${JSON.stringify([type.name, asked, order && sortToText(order)])}`;
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

function openPlace(cursors: ListCursors, { cursor, limit, sameLimit }: CursorSearch): Place {
  if (cursor === undefined) return { backward: false };
  const place = parsePlace(cursors.open(cursor));
  if (sameLimit && place.limit !== undefined) checkSameLimit(place.limit, limit);
  return place;
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
