import type { LinkRequest } from '#core/loaders.ts';
import type { AttributePath } from '#model/filter.ts';
import type { ResourceId } from '#model/resource.ts';
import { type ConnectionSelection, connectionSelection } from './connection-selection.ts';
import { expandPages } from './expand-pages.ts';
import { type ConnectionList, forwardPage, type LinkList, linkRequest } from './link-list.ts';
import { type LinkCursors, linkCursors, linkPages } from './link-pages.ts';
import { loadById } from './load-by-id.ts';
import type { LoadRequest } from './loaded-field.ts';
import { neededAttributes } from './needed-attributes.ts';
import { oncePerPosition } from './once-per-position.ts';
import type { Connection, KnownResource, Place, Related } from './place.ts';
import { type KnownPage, knownPages } from './read-linked.ts';
import type { Walk } from './walk.ts';

/** One connection per resource, or an error that concerns this field of this resource alone. */
export async function loadLinks(list: ConnectionList, request: LoadRequest): Promise<readonly (Connection | Error)[]> {
  const { walk, nodes, args, resources } = request;
  const { limit, cursor } = forwardPage(list, args);
  const selection = connectionSelection(walk, list.connection, nodes);
  const attributes = neededAttributes(walk, list.nodes, selection.nodes);
  const cursors = linkCursors(list, request, cursor);
  const asked = linkRequest(list, args['type'], askedOf(selection, limit, attributes));
  const pages = await knownPages(walk, list.nodes, await linkPages(list, request, asked, cursors), attributes);
  const places = await expandPages(walk, pages, selection.nodes);
  const vias = await loadVias(walk, list, selection, pages);
  return resources.map((resource, index) => connectionOf(resource, pages[index], places[index], vias, cursors));
}

function askedOf(
  { positions, total, onlyTotal }: ConnectionSelection,
  limit: number,
  attributes: readonly AttributePath[] | undefined,
): Pick<LinkRequest, 'first' | 'total' | 'positions' | 'with'> {
  const first = onlyTotal ? 0 : limit;
  return { first, total, positions, ...(attributes?.length && { with: attributes }) };
}

function connectionOf(
  resource: KnownResource,
  page: KnownPage | Error | undefined,
  places: readonly Place[] | Error | undefined,
  vias: ReadonlyMap<ResourceId, Related>,
  { after, of }: LinkCursors,
): Connection | Error {
  if (page instanceof Error) return page;
  if (page === undefined || places === undefined || places instanceof Error) {
    throw new Error(`the links of ${resource.type} ${resource.id} were not answered`);
  }
  const { positions, total, next, links } = page;
  return {
    places,
    ...(positions && { positions }),
    ...(total !== undefined && { total }),
    links: { items: links, vias },
    hasNextPage: next !== undefined,
    hasPreviousPage: after !== undefined,
    cursorOf: oncePerPosition((position) => of(resource).seal(position)),
  };
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
