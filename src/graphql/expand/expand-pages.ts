import type { FieldNode } from 'graphql';
import type { Place } from './place.ts';
import type { KnownPage } from './read-linked.ts';
import type { Walk } from './walk.ts';

/** The places of each page, all expanded together; a page that is an error stays one. */
export async function expandPages(
  walk: Walk,
  pages: readonly (KnownPage | Error)[],
  nodes: readonly FieldNode[],
): Promise<readonly (readonly Place[] | Error)[]> {
  const items = pages.flatMap((page) => (page instanceof Error ? [] : page.items));
  const places = await walk.expand(items, nodes);
  let from = 0;
  return pages.map((page) => {
    if (page instanceof Error) return page;
    const own = places.slice(from, from + page.items.length);
    from += page.items.length;
    return own;
  });
}
