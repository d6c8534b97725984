import type { LinkRequest } from '#core/loaders.ts';
import type { Page } from '#core/session.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Linked, ResourceId, StoredResource } from '#model/resource.ts';
import { readById } from './load-by-id.ts';
import { attributesJudged, type NodeCondition } from './node-conditions.ts';
import type { Walk } from './walk.ts';

/** Links that are looked through for one field, of all resources together, and of one of them. */
const MAX_LOOKED_THROUGH = { all: 100_000, each: 10_000 } as const;

/** Asks for a page of links of each resource; `fromStart` where not from where the query goes on. */
export type LoadPages = (asked: LinkRequest, fromStart: boolean) => Promise<readonly (Page<Linked> | Error)[]>;

/** Links of which only those are wanted that fit; `instead` names the field of Query that finds them without looking through links. */
export interface FittingRequest {
  readonly name: string;
  readonly conditions: readonly NodeCondition[];
  readonly asked: LinkRequest;
  /** How many resources the links are of. */
  readonly resources: number;
  /** Whether the pages do not begin at the start of the list. */
  readonly inside: boolean;
  readonly instead: string;
  readonly load: LoadPages;
}

/**
 * Pages of links that lead to what fits. A backend has no filter on links, so many are read at once, with the attributes that decide,
 * and looked through here: one adapter call more for each question of links in the conditions, and for a total inside the list.
 */
export async function fittingPages(walk: Walk, request: FittingRequest): Promise<readonly (Page<Linked> | Error)[]> {
  const { asked, inside } = request;
  const pages = await lookThrough(walk, request, asked.first, inside ? false : asked.total);
  if (!inside || !asked.total) return pages;
  const counts = await lookThrough(walk, { ...request, inside: false }, 0, true);
  return pages.map((page, index) => {
    const count = counts[index];
    if (page instanceof Error || count === undefined) return page;
    if (count instanceof Error) return count;
    return { ...page, total: count.total ?? 0 };
  });
}

async function lookThrough(
  walk: Walk,
  request: FittingRequest,
  first: number,
  total: boolean,
): Promise<readonly (Page<Linked> | Error)[]> {
  const { conditions, asked, resources } = request;
  const { all, each } = MAX_LOOKED_THROUGH;
  const most = Math.max(1, Math.min(each, Math.floor(all / resources)));
  walk.context.budget.takeLookedThrough(most * resources);
  const judged = attributesJudged(conditions);
  const brought = [...(asked.with ?? []), ...(judged ?? [])];
  const { with: _, ...rest } = asked;
  const wide = { ...rest, first: most, total: false, ...(brought.length > 0 && { with: brought }) };
  const pages = await request.load(wide, !request.inside);
  const links = pages.flatMap((page) => (page instanceof Error ? [] : page.items));
  const fitting = await fittingAmong(walk, conditions, links, judged === undefined);
  return pages.map((page) => (page instanceof Error ? page : cut(request, page, fitting, { first, total, most })));
}

/** A page is at hand once it is full and the next item known; a total needs all links. */
function cut(
  { name, instead }: FittingRequest,
  page: Page<Linked>,
  fitting: ReadonlySet<ResourceId>,
  { first, total, most }: { readonly first: number; readonly total: boolean; readonly most: number },
): Page<Linked> | Error {
  const indexes = page.items.flatMap(({ id }, index) => (fitting.has(id) ? [index] : []));
  if (page.next !== undefined && (total || indexes.length <= first)) {
    return new DirectoryError(
      'TOO_MANY',
      `${name}: with where, at most ${most} links of a resource are looked through here, and there are more; ask ${instead}`,
    );
  }
  const shown = indexes.slice(0, first);
  const { positions } = page;
  return {
    items: shown.map((index) => page.items[index] as Linked),
    ...(indexes.length > first && { next: 'more' }),
    ...(positions && { positions: shown.map((index) => positions[index] ?? '') }),
    ...(total && { total: indexes.length }),
  };
}

/** What fits among what links lead to, each resource judged once. */
async function fittingAmong(
  walk: Walk,
  conditions: readonly NodeCondition[],
  links: readonly Linked[],
  whole: boolean,
): Promise<ReadonlySet<ResourceId>> {
  const byId = new Map(links.map((link) => [link.id, link]));
  const fitting = conditions.map(async ({ type, filter }) => {
    const ofType = [...byId.values()].filter((link) => link.type === type.resourceType.name);
    if (filter === undefined || ofType.length === 0) return ofType;
    const judged = whole ? await readAll(walk, type, ofType) : ofType;
    return walk.context.session.matching<Linked | StoredResource>(type.resourceType, filter, judged);
  });
  return new Set((await Promise.all(fitting)).flat().map(({ id }) => id));
}

async function readAll(
  walk: Walk,
  type: NodeCondition['type'],
  links: readonly Linked[],
): Promise<readonly StoredResource[]> {
  const read = await readById(walk, type, new Set(links.map(({ id }) => id)));
  return [...read.values()].flatMap((resource) => {
    if (resource instanceof Error) throw resource;
    return resource ?? [];
  });
}
