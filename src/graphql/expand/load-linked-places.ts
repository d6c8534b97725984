import { expandPages } from './expand-pages.ts';
import { type LinkList, linkRequest } from './link-list.ts';
import type { LoadRequest } from './loaded-field.ts';
import { neededAttributes } from './needed-attributes.ts';
import { checkFirst } from './paging.ts';
import type { Place } from './place.ts';
import { knownPages } from './read-linked.ts';

/** The first of what each resource links to, as a plain list, or an error that concerns this field of this resource alone. */
export async function loadLinkedPlaces(
  list: LinkList,
  { walk, nodes, args, resources }: LoadRequest,
): Promise<readonly (readonly Place[] | Error)[]> {
  const first = checkFirst(args['first'], list.name);
  const attributes = neededAttributes(walk, list.nodes, nodes);
  const asked = { first, total: false, positions: false, ...(attributes?.length && { with: attributes }) };
  const { loaders } = walk.context.session;
  const pages = await loaders.linked(linkRequest(list, undefined, asked)).loadMany(resources.map(({ id }) => id));
  return expandPages(walk, await knownPages(walk, list.nodes, pages, attributes), nodes);
}
