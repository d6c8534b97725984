import type { Page, PageRequest } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Sort } from '#model/filter.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { compareRanked, type Ranked, rankOf } from './ranked.ts';
import { type FindPage, type Run, runsAfter } from './runs.ts';

/** An order by more than one key, the first weighing most. */
export type SeveralSorts = readonly [first: Sort, second: Sort, ...more: Sort[]];

interface Chosen {
  readonly resource: StoredResource;
  readonly rank: Ranked;
  readonly run: Run;
}

/**
 * A page in the order of several keys, over `find`, which orders by the first alone: resources that have one value of it follow each
 * other there, and are ordered further here as a whole. A position holds where such a run begins and ends, so that the next page,
 * either way, reads that run again and nothing before it.
 * @throws {DirectoryError} TOO_MANY where more have one value than can be ordered here; INVALID_CURSOR; what `find` throws
 */
export async function pageBySeveralKeys(
  find: FindPage,
  sorts: SeveralSorts,
  page: Extract<PageRequest, { after?: string }>,
): Promise<Page<StoredResource>> {
  const { limit } = page;
  const place = page.after === undefined ? undefined : parsePlace(page.after);
  const isForwards = sorts[0].order === 'ascending';
  const compare = compareRanked(sorts);
  const chosen: Chosen[] = [];
  let total: number | undefined;
  let more = false;
  const findCounted: FindPage = async (request) => {
    const found = await find({ ...request, ...(page.total && total === undefined && { total: true }) });
    total ??= found.total;
    return found;
  };
  for await (const run of runsAfter(findCounted, sorts[0].by, isForwards ? place?.low : place?.high, limit)) {
    const ranked = run.items.map((resource) => ({ resource, rank: rankOf(resource, sorts), run }));
    const behind = place === undefined ? ranked : ranked.filter(({ rank }) => compare(rank, place.rank) > 0);
    const taken = behind.sort((a, b) => compare(a.rank, b.rank)).slice(0, limit - chosen.length);
    chosen.push(...taken);
    more = taken.length < behind.length || run.after !== undefined;
    if (chosen.length === limit) break;
  }
  const positions = chosen.map(({ rank, run }) => placeToText(rank, run, isForwards));
  const last = positions.at(-1);
  return {
    items: chosen.map(({ resource }) => resource),
    ...(more && last !== undefined && { next: last }),
    ...(page.positions && { positions }),
    ...(total !== undefined && { total }),
  };
}

/** A place in the order, and around it the run that it lies in: `low` at its ascending beginning. */
interface Place {
  readonly rank: Ranked;
  readonly low: string | undefined;
  readonly high: string | undefined;
}

function placeToText({ keys, id }: Ranked, { before, after }: Run, isForwards: boolean): string {
  const [low, high] = isForwards ? [before, after] : [after, before];
  return JSON.stringify([id, keys, low, high]);
}

/** JSON writes undefined as null, which is no key. */
function parsePlace(text: string): Place {
  type Parsed = readonly [ResourceId, readonly (NonNullable<Ranked['keys'][number]> | null)[], ...(string | null)[]];
  try {
    const [id, keys, low, high] = JSON.parse(text) as Parsed;
    const rank = { id, keys: keys.map((key) => key ?? undefined) };
    return { rank, low: low ?? undefined, high: high ?? undefined };
  } catch (cause) {
    const message = 'the cursor is of another way to order; start again without one';
    throw new DirectoryError('INVALID_CURSOR', message, { cause });
  }
}
