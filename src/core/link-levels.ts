import type { DirectoryAdapter, LinkOptions } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { compareRefs } from '#model/compare-refs.ts';
import { DirectoryError } from '#model/errors.ts';
import type { EdgeName, Linked, ResourceId } from '#model/resource.ts';
import { IDS_PER_CALL } from './batches.ts';

/** Links of each resource in one call, where levels are expanded here. */
const LINKS_PER_CALL = 1_000;
/** Past this many links a backend that does not nest would fill the process's memory. */
const MAX_EXPANDED = 100_000;

/** One way along an edge of a backend that answers direct links alone. */
export interface Step {
  readonly adapter: DirectoryAdapter;
  readonly call: Call;
  readonly edge: EdgeName;
  readonly direction: 'out' | 'in';
}

/** What was reached from one resource so far, nearest first, each once; `frontier` is what the last level added. */
export interface LevelWalk {
  readonly seen: Set<ResourceId>;
  readonly found: Linked[];
  frontier: readonly ResourceId[];
}

export function beginWalk(start: ResourceId): LevelWalk {
  return { seen: new Set(), found: [], frontier: [start] };
}

/**
 * Takes all walks level after level, one call for all of them, until `depth`, or until none is `open` any more. A resource whose
 * links are known is not asked for them again, so that circles end.
 * @throws {DirectoryError} TOO_MANY where a walk reaches more than memory should hold
 */
export async function walkLevels(
  step: Step,
  walks: readonly LevelWalk[],
  depth: number,
  options: Pick<LinkOptions, 'with'> = {},
  open: (walk: LevelWalk) => boolean = () => true,
): Promise<void> {
  const known = new Map<ResourceId, readonly Linked[]>();
  for (let level = 1; level <= depth; level += 1) {
    const going = walks.filter((walk) => walk.frontier.length > 0 && open(walk));
    if (going.length === 0) return;
    const asked = new Set(going.flatMap(({ frontier }) => frontier).filter((id) => !known.has(id)));
    for (const [id, links] of await directLinks(step, [...asked], options)) known.set(id, links);
    for (const walk of going) advance(step, walk, level, known);
  }
}

function advance(step: Step, walk: LevelWalk, depth: number, known: ReadonlyMap<ResourceId, readonly Linked[]>): void {
  const level: Linked[] = [];
  for (const via of walk.frontier) {
    for (const link of known.get(via) ?? []) {
      if (walk.seen.has(link.id)) continue;
      walk.seen.add(link.id);
      level.push(depth === 1 ? link : { ...link, depth, via });
    }
  }
  if (walk.seen.size > MAX_EXPANDED) {
    throw new DirectoryError(
      'TOO_MANY',
      `more than ${MAX_EXPANDED} links; ask for direct ones, or for fewer resources`,
    );
  }
  // As a backend that nests has it, whichever of the nearer resources a link was met through.
  if (depth > 1) level.sort(compareRefs);
  for (const link of level) walk.found.push(link);
  walk.frontier = level.filter(({ type }) => leadsOn(step, type)).map(({ id }) => id);
}

/** Only groups have members (model/resource.ts), so nobody else is asked for theirs. */
function leadsOn({ edge, direction }: Step, type: string): boolean {
  return edge !== 'members' || direction === 'in' || type === 'Group';
}

/** All direct links of each id, page after page. */
async function directLinks(
  { adapter, call, edge, direction }: Step,
  ids: readonly ResourceId[],
  options: Pick<LinkOptions, 'with'>,
): Promise<ReadonlyMap<ResourceId, readonly Linked[]>> {
  const links = new Map<ResourceId, Linked[]>();
  let open = ids.map((id) => ({ id, after: undefined as string | undefined }));
  while (open.length > 0) {
    const batch = open.slice(0, IDS_PER_CALL);
    const rest = open.slice(IDS_PER_CALL);
    const after = batch[0]?.after;
    // A position belongs to one id, so that only first pages can be asked for together.
    const asked = after === undefined ? batch.filter((entry) => entry.after === undefined) : batch.slice(0, 1);
    const page = { limit: LINKS_PER_CALL, ...(after !== undefined && { after }) };
    const withAttributes = options.with ? { with: options.with } : {};
    const askedIds = asked.map(({ id }) => id);
    const pages = await adapter.linked(call, edge, direction, askedIds, { page, ...withAttributes });
    const more = pages.flatMap(({ items, next }, index) => {
      const id = askedIds[index] as ResourceId;
      const known = links.get(id);
      if (known === undefined) links.set(id, [...items]);
      else known.push(...items);
      return next === undefined ? [] : [{ id, after: next }];
    });
    open = [...batch.slice(asked.length), ...rest, ...more];
  }
  return links;
}
