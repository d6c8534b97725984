import type { LinkRequest } from '#core/loaders.ts';
import type { ListCursors } from '#core/search/list-cursors.ts';
import type { Page } from '#core/session.ts';
import type { Linked } from '#model/resource.ts';
import { fittingPages } from './fitting-pages.ts';
import { type ConnectionList, insteadOf } from './link-list.ts';
import type { LoadRequest } from './loaded-field.ts';
import { nodeConditions } from './node-conditions.ts';
import type { KnownResource } from './place.ts';

/** Where the pages of one field begin, and how cursors are made of positions. */
export interface LinkCursors {
  /** Absent at the start of each list. */
  readonly after?: string;
  /** Those of one resource's list. */
  of(resource: KnownResource): ListCursors;
}

/** A cursor belongs to one resource's list and to the arguments that decide what is in it. */
export function linkCursors(
  { name, depth }: ConnectionList,
  { walk, args }: LoadRequest,
  after: string | undefined,
): LinkCursors {
  const { session } = walk.context;
  const list = (id: string) => `${name} ${JSON.stringify([id, String(depth), args['type'], args['where']])}`;
  return { ...(after !== undefined && { after }), of: ({ id }) => session.cursorsOf(list(id)) };
}

/** One page per resource, of all links or, with `where`, of those that lead to what fits. */
export async function linkPages(
  list: ConnectionList,
  request: LoadRequest,
  asked: LinkRequest,
  cursors: LinkCursors,
): Promise<readonly (Page<Linked> | Error)[]> {
  const conditions = await nodeConditions(request, list.nodes, list.perType === true);
  if (conditions === undefined) return loadPages(request, asked, cursors);
  return fittingPages(request.walk, {
    name: list.name,
    conditions,
    asked,
    resources: request.resources.length,
    inside: cursors.after !== undefined,
    instead: insteadOf(
      list,
      conditions.map(({ type }) => type),
    ),
    load: (wide, fromStart) => loadPages(request, wide, fromStart ? { of: cursors.of } : cursors),
  });
}

/** A cursor of another resource's list is an error of this one's field alone. */
async function loadPages(
  { walk, resources }: LoadRequest,
  asked: LinkRequest,
  { after, of }: LinkCursors,
): Promise<readonly (Page<Linked> | Error)[]> {
  const { loaders } = walk.context.session;
  if (after === undefined) return loaders.linked(asked).loadMany(resources.map(({ id }) => id));
  const pages = resources.map(async (resource) => {
    const position = of(resource).open(after);
    return loaders.linked({ ...asked, after: position }).load(resource.id);
  });
  return (await Promise.allSettled(pages)).map((page) =>
    page.status === 'fulfilled' ? page.value : (page.reason as Error),
  );
}
