import type { DirectoryAdapter, LinkOptions, Page } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { EdgeName, Linked, ResourceId } from '#model/resource.ts';
import { askInBatches, IDS_PER_CALL } from './batches.ts';
import type { Directory } from './directory.ts';

/** Links of each resource in one call, where levels are expanded here. */
const LINKS_PER_CALL = 1_000;
/** Past this many links a backend that does not nest would fill the process's memory. */
const MAX_EXPANDED = 100_000;

interface Walk {
  readonly start: ResourceId;
  readonly seen: Set<ResourceId>;
  readonly found: Linked[];
  frontier: readonly ResourceId[];
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

interface Step {
  readonly adapter: DirectoryAdapter;
  readonly call: Call;
  readonly edge: EdgeName;
  readonly direction: 'out' | 'in';
}

async function expandLevels(
  step: Step,
  ids: readonly ResourceId[],
  options: LinkOptions,
): Promise<readonly Page<Linked>[]> {
  const walks = ids.map((start): Walk => ({ start, seen: new Set(), found: [], frontier: [start] }));
  for (let depth = 1; depth <= (options.depth ?? 1); depth += 1) {
    const frontier = new Set(walks.flatMap((walk) => walk.frontier));
    if (frontier.size === 0) break;
    const links = await directLinks(step, [...frontier], options);
    for (const walk of walks) advance(walk, depth, links);
  }
  return walks.map(({ found }) => {
    const items = options.type === undefined ? found : found.filter(({ type }) => type === options.type);
    return slice(items, options.page);
  });
}

function advance(walk: Walk, depth: number, links: ReadonlyMap<ResourceId, readonly Linked[]>): void {
  const next: ResourceId[] = [];
  for (const via of walk.frontier) {
    for (const link of links.get(via) ?? []) {
      if (walk.seen.has(link.id)) continue;
      walk.seen.add(link.id);
      walk.found.push(depth === 1 ? link : { ...link, depth, via });
      next.push(link.id);
    }
  }
  if (walk.found.length > MAX_EXPANDED) {
    throw new DirectoryError(
      'TOO_MANY',
      `more than ${MAX_EXPANDED} links; ask for direct ones, or for fewer resources`,
    );
  }
  walk.frontier = next;
}

/** All direct links of each id, page after page. */
async function directLinks(
  { adapter, call, edge, direction }: Step,
  ids: readonly ResourceId[],
  options: LinkOptions,
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
