import type { SortEntry } from '#model/sort.ts';
import type { Part, Selected } from './list.ts';

/** A part of a list as it was while the directory was in one state. */
export interface Window extends Selected {
  /** Of the list: what is in it and how it is ordered. */
  readonly list: string;
  readonly state: string;
  readonly after?: SortEntry | undefined;
  readonly skip: number;
}

type Compare = (a: SortEntry, b: SortEntry) => number;

/** A few megabytes. */
const MOST_WINDOWS = 8;
/** Whatever a server says of its state. */
const LONGEST_MS = 30_000;

/** Parts that were read ahead, for those who walk a list page by page. */
export class Windows {
  #kept: readonly (readonly [window: Window, until: number])[] = [];

  keep(window: Window): void {
    const others = this.#kept.filter(([{ list, state }]) => list !== window.list || state === window.state);
    this.#kept = [...others, [window, Date.now() + LONGEST_MS] as const].slice(-MOST_WINDOWS);
  }

  /** Undefined where no window shows all of the part. */
  part(list: string, state: string, part: Part, compare: Compare): Selected | undefined {
    const now = Date.now();
    for (const [window, until] of this.#kept.toReversed()) {
      if (window.list !== list || window.state !== state || until < now) continue;
      const seen = partOf(window, part, compare);
      if (seen !== undefined) return seen;
    }
    return undefined;
  }

  clear(): void {
    this.#kept = [];
  }
}

function partOf(window: Window, { after, skip, count }: Part, compare: Compare): Selected | undefined {
  const { entries, behind } = window;
  const start = startOf(window, after, compare);
  if (start === undefined) return undefined;
  const from = start + skip;
  const isWhole = from >= 0 && (from + count <= entries.length || window.skip + entries.length >= behind);
  if (count > 0 && !isWhole) return undefined;
  return { entries: count === 0 ? [] : entries.slice(from, from + count), behind: behind - window.skip - start };
}

/** Where in the window that begins which stands behind a place: before the window where it was skipped to. */
function startOf(window: Window, after: SortEntry | undefined, compare: Compare): number | undefined {
  if (after === undefined) return window.after === undefined ? -window.skip : undefined;
  const index = window.entries.findIndex((entry) => compare(entry, after) > 0);
  const start = index < 0 ? window.entries.length : index;
  if (start > 0) return start;
  const isFirst = window.skip === 0 && (window.after === undefined || compare(window.after, after) <= 0);
  return isFirst ? 0 : undefined;
}
