import type { Call } from '#model/call.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { filterToText, sortToText } from '../filter/canonical.ts';
import type { Session, WidePage } from '../session.ts';
import { findPart, mergePages, type Run, totalOf } from './across-runs.ts';
import { checkSameLimit, type ListCursors } from './list-cursors.ts';

/** Where a walk has come to: a run, and a position within each of its types; null before the first resource of one. */
interface Place {
  readonly run: number;
  readonly after: readonly (string | null)[];
}

interface Step {
  readonly items: readonly StoredResource[];
  readonly total: number;
  /** Where the run goes on; absent at its end. */
  readonly after?: Place['after'];
}

const START: Place = { run: 0, after: [] };

/**
 * A page of a walk over all types, onward only. A position is one in every type of a merge, so that a page costs one call to each
 * type wherever it lies, and nothing is skipped or met twice whatever comes and goes. `cursor` is empty on the first page.
 * @throws {DirectoryError} INVALID_CURSOR, EXPIRED_CURSOR; INVALID_COUNT for another limit than the walk began with
 */
export async function walkAcross(
  session: Pick<Session, 'call' | 'cursorsOf'> & { readonly directory: Directory },
  runs: readonly Run[],
  { cursor, limit }: { readonly cursor: string; readonly limit: number },
): Promise<WidePage> {
  const { directory, call } = session;
  const cursors = session.cursorsOf(runsToText(runs));
  const place = cursor === '' ? START : openPlace(cursors, cursor, limit);
  const items: StoredResource[] = [];
  let total = 0;
  let next: Place | undefined;
  for (const [at, run] of runs.entries()) {
    const left = at < place.run ? 0 : limit - items.length;
    const step = await walkRun(directory, call, run, at === place.run ? place.after : [], left);
    items.push(...step.items);
    total += step.total;
    const untouched = left === 0 && at > place.run && step.total > 0;
    const after = untouched ? [] : step.after;
    if (next === undefined && after !== undefined) next = { run: at, after };
  }
  const nextCursor = next === undefined || limit === 0 ? undefined : cursors.seal(placeToText(next, limit));
  return { items, total, ...(nextCursor !== undefined && { nextCursor }) };
}

async function walkRun(directory: Directory, call: Call, run: Run, from: Place['after'], limit: number): Promise<Step> {
  const pages = await Promise.all(
    run.map((part, at) => {
      const after = from[at] ?? null;
      const page = { limit, total: true, positions: limit > 0, ...(after !== null && limit > 0 && { after }) };
      return findPart(directory, call, part, page);
    }),
  );
  const total = totalOf(pages);
  if (limit === 0) return { items: [], total };
  const merged = mergePages(run, pages);
  const taken = merged.slice(0, limit);
  const items = taken.map(({ resource }) => resource);
  if (merged.length === taken.length && pages.every(({ next }) => next === undefined)) return { items, total };
  const after = pages.map(({ positions }, part) => {
    const last = taken.findLast((entry) => entry.part === part);
    return last === undefined ? (from[part] ?? null) : (positions?.[last.at] ?? null);
  });
  return { items, total, after };
}

function runsToText(runs: readonly Run[]): string {
  const parts = runs.map((run) =>
    run.map(({ type, filter, sort }) => [type.name, filter && filterToText(filter), sort && sortToText(sort)]),
  );
  return `across ${JSON.stringify(parts)}`;
}

function placeToText({ run, after }: Place, limit: number): string {
  return JSON.stringify([limit, run, after]);
}

/** Of a text that this process or another of the same secret has sealed for the same runs. */
function openPlace(cursors: ListCursors, cursor: string, limit: number): Place {
  const [given, run, after] = JSON.parse(cursors.open(cursor)) as readonly [number, number, Place['after']];
  checkSameLimit(given, limit);
  return { run, after };
}
