import type { LinkRequest } from '#core/loaders.ts';
import type { ListCursors } from '#core/search/list-cursors.ts';
import type { Page } from '#core/session.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Linked, ResourceId } from '#model/resource.ts';
import { type ConnectionSelection, connectionSelection } from './connection-selection.ts';
import { expandPages } from './expand-pages.ts';
import { fittingPages } from './fitting-pages.ts';
import { type LinkList, linkRequest } from './link-list.ts';
import { loadById } from './load-by-id.ts';
import type { LoadRequest } from './loaded-field.ts';
import { neededAttributes } from './needed-attributes.ts';
import { nodeConditions } from './node-conditions.ts';
import { type PageAsked, pageAsked } from './paging.ts';
import type { Connection, KnownResource, Related } from './place.ts';
import { type KnownPage, knownPages } from './read-linked.ts';
import type { Walk } from './walk.ts';

/** A list that is paged. */
export interface ConnectionList extends LinkList {
  /** The name of its type. */
  readonly connection: string;
  /** The condition by which Query finds the same nodes: `memberOf` for members. */
  readonly opposite: string;
  /** Whether its `where` has an entry for each type of node. */
  readonly perType?: boolean;
}

/** One connection per resource, or an error that concerns this field of this resource alone. */
export async function loadLinks(list: ConnectionList, request: LoadRequest): Promise<readonly (Connection | Error)[]> {
  const { walk, nodes, args, resources } = request;
  const selection = connectionSelection(walk, list.connection, nodes);
  const attributes = neededAttributes(walk, list.nodes, selection.nodes);
  const { positions, total, onlyTotal } = selection;
  const { limit, cursor } = forwardPage(list, args);
  const cursorsOf = cursorsFor(list, request);
  const asked = linkRequest(list, args['type'], {
    first: onlyTotal ? 0 : limit,
    total,
    positions,
    ...(attributes?.length && { with: attributes }),
  });
  const conditions = await nodeConditions(request, list.nodes, list.perType === true);
  const load = (each: LinkRequest, fromStart: boolean) =>
    loadPages(walk, each, resources, cursorsOf, fromStart ? undefined : cursor);
  const pages = await (conditions === undefined
    ? load(asked, false)
    : fittingPages(walk, {
        name: list.name,
        conditions,
        asked,
        resources: resources.length,
        inside: cursor !== undefined,
        instead: insteadOf(list),
        load,
      }));
  const known = await knownPages(walk, list.nodes, pages, attributes);
  const places = await expandPages(walk, known, selection.nodes);
  const vias = await loadVias(walk, list, selection, known);
  return known.map((page, index) => {
    const own = places[index] ?? [];
    if (page instanceof Error) return page;
    if (own instanceof Error) return own;
    return {
      places: own,
      ...(page.positions && { positions: page.positions }),
      ...(page.total !== undefined && { total: page.total }),
      links: { items: page.links, vias },
      hasNextPage: page.next !== undefined,
      hasPreviousPage: cursor !== undefined,
      cursorOf: (position) => cursorsOf(resources[index] as KnownResource).seal(position),
    };
  });
}

/** No backend walks links backwards, nearest last. @throws {DirectoryError} UNSUPPORTED */
function forwardPage({ name }: ConnectionList, args: LoadRequest['args']): PageAsked {
  const page = pageAsked(args, name);
  if (!page.backward) return page;
  throw new DirectoryError('UNSUPPORTED', `${name}: links are walked forwards alone; use first and after`);
}

/** How Query is asked for the same. */
function insteadOf({ nodes, opposite, depth }: ConnectionList): string {
  const transitive = depth > 1 ? ', transitive: true' : '';
  return nodes.map(({ many }) => `${many}(where: { ${opposite}: { eq: "<id>"${transitive} } })`).join(' or ');
}

/** A cursor belongs to one resource's list and to the arguments that decide what is in it. */
function cursorsFor({ name, depth }: LinkList, { walk, args }: LoadRequest): (resource: KnownResource) => ListCursors {
  return ({ id }) =>
    walk.context.session.cursorsOf(`${name} ${JSON.stringify([id, String(depth), args['type'], args['where']])}`);
}

/** A cursor of another resource's list is an error of this one's field alone. */
async function loadPages(
  { context }: Walk,
  request: LinkRequest,
  resources: readonly KnownResource[],
  cursorsOf: (resource: KnownResource) => ListCursors,
  after: string | undefined,
): Promise<readonly (Page<Linked> | Error)[]> {
  const { loaders } = context.session;
  if (after === undefined) return loaders.linked(request).loadMany(resources.map(({ id }) => id));
  const pages = resources.map(async (resource) => {
    const position = cursorsOf(resource).open(after);
    return loaders.linked({ ...request, after: position }).load(resource.id);
  });
  return (await Promise.allSettled(pages)).map((page) =>
    page.status === 'fulfilled' ? page.value : (page.reason as Error),
  );
}

async function loadVias(
  walk: Walk,
  { between }: LinkList,
  { vias }: ConnectionSelection,
  pages: readonly (KnownPage | Error)[],
): Promise<ReadonlyMap<ResourceId, Related>> {
  if (vias.length === 0 || between === undefined) return new Map();
  const links = pages.flatMap((page) => (page instanceof Error ? [] : page.links));
  const ids = links.map(({ via }) => via);
  return loadById(walk, between, ids, vias);
}
