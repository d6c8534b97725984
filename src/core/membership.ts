import type { LinkOptions, Page } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { EdgeName, Linked, ResourceId } from '#model/resource.ts';
import { askInBatches, PAIRS_PER_CALL } from './batches.ts';
import type { Directory } from './directory.ts';
import { beginWalk, type LevelWalk, type Step, walkLevels } from './link-levels.ts';

/** Two resources, of which the first may link to the second: a group and a member, a report and a manager. */
export interface LinkPair {
  readonly from: ResourceId;
  readonly to: ResourceId;
}

/** Whether the backend follows an edge to any depth in one call. */
export function nests({ adapter, tenant }: Directory, edge: EdgeName): boolean {
  return adapter.capabilities(tenant, edge === 'manager' ? 'User' : 'Group').nesting === 'backend';
}

/** One page of links per id, in order, nearest first; levels are expanded here where the backend does not nest. */
export function linkedPages(
  directory: Directory,
  call: Call,
  edge: EdgeName,
  direction: 'out' | 'in',
  ids: readonly ResourceId[],
  options: LinkOptions,
): Promise<readonly Page<Linked>[]> {
  const { adapter } = directory;
  if ((options.depth ?? 1) > 1 && !nests(directory, edge)) {
    return expandLevels({ adapter, call, edge, direction }, ids, options);
  }
  return askInBatches(ids, (batch) => adapter.linked(call, edge, direction, batch, options));
}

async function expandLevels(
  step: Step,
  ids: readonly ResourceId[],
  options: LinkOptions,
): Promise<readonly Page<Linked>[]> {
  const walks = ids.map(beginWalk);
  await walkLevels(step, walks, options.depth ?? 1, options);
  return walks.map(({ found }) => {
    const items = options.type === undefined ? found : found.filter(({ type }) => type === options.type);
    return slice(items, options.page);
  });
}

/** A position of an expanded walk is the number of links before it. */
function slice(items: readonly Linked[], page: LinkOptions['page']): Page<Linked> {
  const from = 'offset' in page ? page.offset : page.after === undefined ? 0 : Number(page.after);
  const shown = items.slice(from, from + page.limit);
  const end = from + shown.length;
  return {
    items: shown,
    ...(end < items.length && { next: String(end) }),
    ...(page.positions && { positions: shown.map((_, index) => String(from + index + 1)) }),
    ...(page.total && { total: items.length }),
  };
}

/** For each pair, in order, whether the one links to the other; levels are climbed here where the backend does not nest. */
export function arePairsLinked(
  directory: Directory,
  call: Call,
  edge: EdgeName,
  pairs: readonly LinkPair[],
  { transitive }: { readonly transitive: boolean },
): Promise<readonly boolean[]> {
  const { adapter } = directory;
  if (transitive && !nests(directory, edge)) return climb(directory, call, edge, pairs);
  const ask = (batch: readonly LinkPair[]) => adapter.areLinked(call, edge, batch, { transitive });
  return askInBatches(pairs, ask, PAIRS_PER_CALL);
}

/** From the end that has few links: a resource is in few groups and has one manager, while a group may have any number of members. */
async function climb(
  { adapter }: Directory,
  call: Call,
  edge: EdgeName,
  pairs: readonly LinkPair[],
): Promise<readonly boolean[]> {
  const direction = edge === 'members' ? 'in' : 'out';
  const ways = pairs.map(({ from, to }) =>
    direction === 'in' ? { start: to, goal: from } : { start: from, goal: to },
  );
  const walks = new Map<ResourceId, LevelWalk>();
  const goals = new Map<LevelWalk, Set<ResourceId>>();
  for (const { start, goal } of ways) {
    const walk = walks.get(start) ?? beginWalk(start);
    walks.set(start, walk);
    goals.set(walk, (goals.get(walk) ?? new Set()).add(goal));
  }
  const isOpen = (walk: LevelWalk) => [...(goals.get(walk) ?? [])].some((goal) => !walk.seen.has(goal));
  const step = { adapter, call, edge, direction } as const;
  await walkLevels(step, [...walks.values()], Number.POSITIVE_INFINITY, {}, isOpen);
  return ways.map(({ start, goal }) => walks.get(start)?.seen.has(goal) === true);
}
