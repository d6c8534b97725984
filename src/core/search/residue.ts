import type { Call } from '#model/call.ts';
import { type Filter, type LinkTerm, linkTermsOf } from '#model/filter.ts';
import { compileFilter } from '#model/matches.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { arePairsLinked, linkedPages } from '../membership.ts';

/** The resources that a filter lets through, in order; each of its `linked` terms costs one adapter call for all of them. */
export async function matchAll(
  directory: Directory,
  call: Call,
  filter: Filter,
  resources: readonly StoredResource[],
): Promise<readonly StoredResource[]> {
  if (resources.length === 0) return resources;
  const terms = linkTermsOf(filter);
  const ids = resources.map(({ id }) => id);
  const linked = new Map<string, ReadonlySet<ResourceId>>();
  for (const term of terms) linked.set(nameOf(term), await linkedAmong(directory, call, term, ids));
  const fits = compileFilter(filter);
  return resources.filter((resource) =>
    fits(resource, {
      linked: (edge, direction, targets, transitive) => {
        const term = { edge, direction, transitive, ...(targets && { ids: targets }) };
        return linked.get(nameOf(term))?.has(resource.id) === true;
      },
    }),
  );
}

function nameOf({ edge, direction, ids, transitive }: Omit<LinkTerm, 'kind'>): string {
  return `${edge} ${direction} ${transitive} ${ids?.join(' ') ?? '*'}`;
}

/** Which of the resources the term holds for. */
async function linkedAmong(
  directory: Directory,
  call: Call,
  { edge, direction, ids: targets, transitive }: LinkTerm,
  ids: readonly ResourceId[],
): Promise<ReadonlySet<ResourceId>> {
  if (targets === undefined) {
    const pages = await linkedPages(directory, call, edge, direction, ids, { page: { limit: 1 } });
    return new Set(ids.filter((_, index) => (pages[index]?.items.length ?? 0) > 0));
  }
  const pairs = ids.flatMap((id) =>
    targets.map((target) => (direction === 'out' ? { from: id, to: target } : { from: target, to: id })),
  );
  const answers = await arePairsLinked(directory, call, edge, pairs, { transitive });
  return new Set(
    ids.filter((_, index) => answers.slice(index * targets.length, (index + 1) * targets.length).includes(true)),
  );
}
