import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import type { WidePage } from '../session.ts';
import { findPart, mergePages, type Run, totalOf } from './across-runs.ts';

/** How far an index into several types in one order reaches: each of them is read from its beginning to find what stands there. */
const MERGED_AT_MOST = 10_000;

interface Place {
  /** 0-based. */
  readonly offset: number;
  readonly limit: number;
}

/** A run's place follows from the totals of those before it, so that each type is asked once. @throws {DirectoryError} TOO_MANY */
export async function findAcross(
  directory: Directory,
  call: Call,
  runs: readonly Run[],
  { offset, limit }: Place,
): Promise<WidePage> {
  const items: StoredResource[] = [];
  let total = 0;
  for (const run of runs) {
    const place = { offset: Math.max(0, offset - total), limit: limit - items.length };
    const found = await findInRun(directory, call, run, place);
    items.push(...found.items);
    total += found.total;
  }
  return { items, total };
}

async function findInRun(directory: Directory, call: Call, run: Run, place: Place): Promise<WidePage> {
  const [only] = run;
  if (only === undefined || run.length > 1) return findMerged(directory, call, run, place);
  const { items, total = 0 } = await findPart(directory, call, only, { ...place, total: true });
  return { items, total };
}

/** The first resources of each type hold those of any place among them. */
async function findMerged(directory: Directory, call: Call, run: Run, { offset, limit }: Place): Promise<WidePage> {
  const end = limit === 0 ? 0 : offset + limit;
  if (end > MERGED_AT_MOST) {
    throw new DirectoryError(
      'TOO_MANY',
      `sortBy over several resource types reaches the first ${MERGED_AT_MOST} results by startIndex; page by cursor, sort one type by meta.resourceType eq, or narrow the filter`,
    );
  }
  const page = { offset: 0, limit: end, total: true };
  const pages = await Promise.all(run.map((part) => findPart(directory, call, part, page)));
  const items = mergePages(run, pages).slice(offset, end);
  return { items: items.map(({ resource }) => resource), total: totalOf(pages) };
}
