/** Which entries make up a page, and how many there are: by a server that sorts, else by letting all that match pass by. */
import type { SortEntry } from '#model/sort.ts';
import { type List, type Part, type Selected, searchOf } from './list.ts';
import { selectSorted } from './select-sorted.ts';
import { MOST_KEPT, Sample, Selection } from './selection.ts';

/** In memory that depends on the page alone, wherever it lies and however long the list is. */
export async function select(list: List, part: Part): Promise<Selected> {
  const { keys } = list.order;
  const sorted = keys === undefined ? undefined : await selectSorted(list, keys, part);
  return sorted ?? selectPassing(list, part);
}

/** Everything that matches passes by. */
async function selectPassing(list: List, { after, skip, count }: Part): Promise<Selected> {
  const wanted = skip + count;
  const kept = Math.max(count, MOST_KEPT);
  const pass = await passBy(list, after, Math.min(wanted, kept), wanted > kept);
  const entries = wanted > kept ? await seek(list, pass, kept, { skip, count }) : pass.first.slice(skip);
  return { entries, behind: pass.behind };
}

interface Pass {
  readonly first: readonly SortEntry[];
  /** How many passed. */
  readonly behind: number;
  readonly sample: Sample | undefined;
}

async function passBy(list: List, after: SortEntry | undefined, keep: number, sampled: boolean): Promise<Pass> {
  const { reader, order } = list;
  const selection = new Selection(keep, order.compare);
  const sample = sampled ? new Sample(order.compare) : undefined;
  let behind = 0;
  await reader.pool.stream(reader.call, searchOf(list, after), (entry) => {
    const place = order.place(entry);
    if (place === undefined || (after !== undefined && order.compare(place, after) <= 0)) return;
    behind += 1;
    selection.add(place);
    sample?.add(place);
  });
  return { first: selection.first(), behind, sample };
}

/**
 * Deeper than places are kept: a sample says about where the part begins, and another pass from there counts what stands before it.
 * Each pass goes on from a place whose rank is known, so that an estimate that was wrong costs time alone.
 */
async function seek(
  list: List,
  whole: Pass,
  kept: number,
  { skip, count }: Omit<Part, 'after'>,
): Promise<readonly SortEntry[]> {
  let pass = whole;
  let rank = 0;
  let margin = kept / 2;
  while (rank + pass.first.length < Math.min(skip + count, whole.behind)) {
    const known = pass.first[Math.min(pass.first.length, skip - rank) - 1];
    const guess = pass.sample?.at(skip - rank - margin);
    const isFurther = guess !== undefined && (known === undefined || list.order.compare(guess, known) > 0);
    const next = await passBy(list, isFurther ? guess : known, kept, true);
    const nextRank = whole.behind - next.behind;
    if (isFurther && nextRank > skip) margin *= 2;
    else [pass, rank] = [next, nextRank];
  }
  return pass.first.slice(Math.max(0, skip - rank), Math.max(0, skip - rank + count));
}
