/** A page of one resource's links. */
import type { LinkOptions, Page, PageRequest } from '#adapters/adapter.ts';
import { compareText } from '#model/fold.ts';
import type { Linked } from '#model/resource.ts';
import type { Found } from '../tenant-view.ts';
import type { Shown } from './shown.ts';

/** The far ends on a page, each by a text of its own, which is its position: it puts them in order and outlives the link. */
export interface Cut {
  readonly items: readonly string[];
  /** The last item, where more follow. */
  readonly next?: string;
  readonly total: number;
}

/** Of distinct ends in any order. */
export function cut(ends: readonly string[], page: PageRequest): Cut {
  const after = 'after' in page ? page.after : undefined;
  const offset = 'offset' in page ? page.offset : 0;
  const following = after === undefined ? ends : ends.filter((end) => compareText(end, after) > 0);
  const first = firstInOrder(following, offset + page.limit + 1).slice(offset);
  const items = first.slice(0, page.limit);
  const last = items.at(-1);
  return { items, total: ends.length, ...(last !== undefined && first.length > page.limit && { next: last }) };
}

/** To put 100,000 in order takes longer than to read them, and a page is of a few: what cannot be on it is passed over. */
function firstInOrder(texts: readonly string[], count: number): readonly string[] {
  if (texts.length <= 2 * count) return texts.toSorted(compareText).slice(0, count);
  let first: string[] = [];
  let bound: string | undefined;
  for (const text of texts) {
    if (bound !== undefined && compareText(text, bound) > 0) continue;
    first.push(text);
    if (first.length < 2 * count) continue;
    first = first.sort(compareText).slice(0, count);
    bound = first.at(-1);
  }
  return first.sort(compareText).slice(0, count);
}

/** @param find the entry of an end; undefined where there is none, so that it is no link */
export function toPage(
  { items, next, total }: Cut,
  find: (end: string) => Found | undefined,
  { attributesOf }: Shown,
  { page }: LinkOptions,
): Page<Linked> {
  const found = items.flatMap((end) => {
    const each = find(end);
    return each === undefined ? [] : [{ end, each }];
  });
  return {
    items: found.map(({ each }) => ({
      id: each.id,
      type: each.container.type,
      depth: 1,
      ...(attributesOf !== undefined && { attributes: attributesOf(each) }),
    })),
    ...(next !== undefined && { next }),
    ...(page.positions && { positions: found.map(({ end }) => end) }),
    ...(page.total && { total }),
  };
}

export function emptyPage({ positions, total }: PageRequest): Page<Linked> {
  return { items: [], ...(positions && { positions: [] }), ...(total && { total: 0 }) };
}
