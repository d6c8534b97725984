import type { Page } from '#core/session.ts';
import type { AttributePath } from '#model/filter.ts';
import type { Linked, ResourceId, StoredResource } from '#model/resource.ts';
import type { TypeFields } from '../fields/field.ts';
import { readById } from './load-by-id.ts';
import type { KnownResource } from './place.ts';
import type { Walk } from './walk.ts';

/** A page of links with the resources that they lead to, side by side. */
export interface KnownPage extends Page<KnownResource> {
  readonly links: readonly Linked[];
}

/** Pages with their resources; `attributes` are those that links had to bring along, undefined where only the whole resource will do. */
export async function knownPages(
  walk: Walk,
  types: readonly TypeFields[],
  pages: readonly (Page<Linked> | Error)[],
  attributes: readonly AttributePath[] | undefined,
): Promise<readonly (KnownPage | Error)[]> {
  if (attributes === undefined) return readLinked(walk, types, pages);
  return pages.map((page) => (page instanceof Error ? page : { ...page, links: page.items }));
}

/**
 * Reads what links lead to, each resource once, one backend call per type. A resource deleted since its link was read is left
 * out; a page is an error if one of its resources could not be read. @throws {GraphQLError} TOO_MANY_EDGES before anything is read
 */
async function readLinked(
  walk: Walk,
  types: readonly TypeFields[],
  pages: readonly (Page<Linked> | Error)[],
): Promise<readonly (KnownPage | Error)[]> {
  const links = pages.flatMap((page) => (page instanceof Error ? [] : page.items));
  walk.context.budget.checkEdges(links.length);
  const read = await Promise.all(
    types.map((type) => {
      const ids = links.filter((link) => link.type === type.resourceType.name).map(({ id }) => id);
      return ids.length === 0 ? new Map<ResourceId, never>() : readById(walk, type, new Set(ids));
    }),
  );
  const byId = new Map(read.flatMap((some) => [...some]));
  return pages.map((page) => (page instanceof Error ? page : knownPage(page, byId)));
}

function knownPage(
  page: Page<Linked>,
  byId: ReadonlyMap<ResourceId, StoredResource | Error | null>,
): KnownPage | Error {
  const items: StoredResource[] = [];
  const links: Linked[] = [];
  const positions: string[] = [];
  for (const [index, link] of page.items.entries()) {
    const resource = byId.get(link.id) ?? null;
    if (resource instanceof Error) return resource;
    if (resource === null) continue;
    items.push(resource);
    links.push(link);
    positions.push(page.positions?.[index] ?? '');
  }
  return { ...page, items, links, ...(page.positions && { positions }) };
}
