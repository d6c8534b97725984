import type { LinkRequest } from '#core/loaders.ts';
import type { ListCursors } from '#core/search/list-cursors.ts';
import type { Page } from '#core/session.ts';
import type { Linked, ResourceId } from '#model/resource.ts';
import { type ConnectionSelection, connectionSelection } from './connection-selection.ts';
import { expandPages } from './expand-pages.ts';
import { type LinkList, linkRequest } from './link-list.ts';
import { loadById } from './load-by-id.ts';
import type { LoadRequest } from './loaded-field.ts';
import { neededAttributes } from './needed-attributes.ts';
import { checkFirst } from './paging.ts';
import type { Connection, KnownResource, Related } from './place.ts';
import { type KnownPage, knownPages } from './read-linked.ts';
import type { Walk } from './walk.ts';

/** A list that is paged; `connection` is the name of its type. */
export interface ConnectionList extends LinkList {
  readonly connection: string;
}

/** One connection per resource, or an error that concerns this field of this resource alone. */
export async function loadLinks(list: ConnectionList, request: LoadRequest): Promise<readonly (Connection | Error)[]> {
  const { walk, nodes, args, resources } = request;
  const selection = connectionSelection(walk, list.connection, nodes);
  const attributes = neededAttributes(walk, list.nodes, selection.nodes);
  const { positions, total, onlyTotal } = selection;
  const first = checkFirst(args['first'], list.name);
  const cursorsOf = cursorsFor(list, request);
  const after = typeof args['after'] === 'string' ? args['after'] : undefined;
  const asked = linkRequest(list, args['type'], {
    first: onlyTotal ? 0 : first,
    total,
    positions,
    ...(attributes?.length && { with: attributes }),
  });
  const pages = await loadPages(walk, asked, resources, cursorsOf, after);
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
      hasPreviousPage: after !== undefined,
      cursorOf: (position) => cursorsOf(resources[index] as KnownResource).seal(position),
    };
  });
}

/** A cursor belongs to one resource's list and to the arguments that decide what is in it. */
function cursorsFor({ name, depth }: LinkList, { walk, args }: LoadRequest): (resource: KnownResource) => ListCursors {
  return ({ id }) => walk.context.session.cursorsOf(`${name} ${JSON.stringify([id, String(depth), args['type']])}`);
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
