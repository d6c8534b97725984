import type { LinkRequest } from '#core/loaders.ts';
import type { ListCursors } from '#core/search/list-cursors.ts';
import type { Page } from '#core/session.ts';
import type { Linked, ResourceId } from '#model/resource.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { TypeFields } from '../fields/field.ts';
import { type ConnectionSelection, connectionSelection } from './connection-selection.ts';
import { loadById } from './load-by-id.ts';
import type { FieldLink, LoadRequest } from './loaded-field.ts';
import { neededAttributes } from './needed-attributes.ts';
import { checkFirst } from './paging.ts';
import type { Connection, KnownResource, Related } from './place.ts';
import { asKnownPages, type KnownPage, readLinked } from './read-linked.ts';
import type { Walk } from './walk.ts';

/** A list of links as the schema has it. */
interface LinkList {
  /** The field's name. */
  readonly name: string;
  readonly link: FieldLink;
  /** The connection's type. */
  readonly connection: string;
  /** The types of its nodes. */
  readonly nodes: readonly TypeFields[];
  /** The type of what can lie between, where the edges have a `via`. */
  readonly between?: TypeFields;
}

/** One connection per resource, or an error that concerns this field of this resource alone. */
export async function loadLinks(
  list: LinkList,
  { walk, nodes, args, resources }: LoadRequest,
): Promise<readonly (Connection | Error)[]> {
  const selection = connectionSelection(walk, list.connection, nodes);
  const attributes = neededAttributes(walk, list.nodes, selection.nodes);
  const request = linkRequest(list, selection, args, attributes);
  const cursorsOf = ({ id }: KnownResource) =>
    walk.context.session.cursorsOf(`${list.name} ${JSON.stringify([id, args['transitive'], args['type']])}`);
  const after = typeof args['after'] === 'string' ? args['after'] : undefined;
  const pages = await loadPages(walk, request, resources, cursorsOf, after);
  const known = attributes === undefined ? await readLinked(walk, list.nodes, pages) : asKnownPages(pages);
  const connections = await connectionsOf(walk, list, selection, known);
  return connections.map((connection, index) =>
    connection instanceof Error
      ? connection
      : {
          ...connection,
          hasPreviousPage: after !== undefined,
          cursorOf: (position) => cursorsOf(resources[index] as KnownResource).seal(position),
        },
  );
}

function linkRequest(
  { name, link, nodes }: LinkList,
  { positions, total, onlyTotal }: ConnectionSelection,
  args: LoadRequest['args'],
  attributes: LinkRequest['with'],
): LinkRequest {
  const first = checkFirst(args['first'], name);
  const only = args['type'];
  const type = nodes.find((each) => each.name === only)?.resourceType.name;
  if (typeof only === 'string' && type === undefined) {
    throw badUserInput(`${name}: type must be ${nodes.map((each) => each.name).join(' or ')}`);
  }
  return {
    edge: link.edge,
    direction: link.direction,
    first: onlyTotal ? 0 : first,
    total,
    positions,
    transitive: args['transitive'] === true,
    ...(type !== undefined && { type }),
    ...(attributes !== undefined && attributes.length > 0 && { with: attributes }),
  };
}

/** A cursor belongs to one resource's list; for the others it is an error. */
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

type LinkedConnection = Omit<Connection, 'hasPreviousPage' | 'cursorOf'>;

/** All items of all pages are expanded together; each page then takes its own. */
async function connectionsOf(
  walk: Walk,
  list: LinkList,
  selection: ConnectionSelection,
  pages: readonly (KnownPage | Error)[],
): Promise<readonly (LinkedConnection | Error)[]> {
  const whole = pages.filter(isKnown);
  const places = await walk.expand(
    whole.flatMap(({ items }) => items),
    selection.nodes,
  );
  const vias = await loadVias(
    walk,
    list,
    selection,
    whole.flatMap(({ links }) => links),
  );
  let from = 0;
  return pages.map((page) => {
    if (page instanceof Error) return page;
    const own = places.slice(from, from + page.items.length);
    from += page.items.length;
    const { positions, total } = page;
    return {
      places: own,
      ...(positions && { positions }),
      ...(total !== undefined && { total }),
      hasNextPage: page.next !== undefined,
      links: { items: page.links, vias },
    };
  });
}

function isKnown(page: KnownPage | Error): page is KnownPage {
  return !(page instanceof Error);
}

async function loadVias(
  walk: Walk,
  { between }: LinkList,
  { vias }: ConnectionSelection,
  links: readonly Linked[],
): Promise<ReadonlyMap<ResourceId, Related>> {
  if (vias.length === 0 || between === undefined) return new Map();
  return loadById(
    walk,
    between,
    links.map(({ via }) => via),
    vias,
  );
}
