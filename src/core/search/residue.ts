import type { Call } from '#model/call.ts';
import { type Filter, type LinkTerm, linkTermsOf } from '#model/filter.ts';
import { compileFilter, type LinkLookup } from '#model/matches.ts';
import type { Linked, ResourceId, StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { arePairsLinked, linkedPages } from '../membership.ts';

/** A resource in full, or what a link brought along of it: all that the filter reads. */
type Candidate = StoredResource | Linked;

/** The resources that a filter lets through, in order; each of its `linked` terms costs one adapter call for all of them. */
export async function matchAll<Resource extends Candidate>(
  directory: Directory,
  call: Call,
  filter: Filter,
  resources: readonly Resource[],
): Promise<readonly Resource[]> {
  if (resources.length === 0) return resources;
  const ids = [...new Set(resources.map(({ id }) => id))];
  const answers: TermAnswer[] = [];
  for (const term of linkTermsOf(filter)) {
    answers.push({ term, holders: await linkedAmong(directory, call, term, ids) });
  }
  const fits = compileFilter(filter);
  return resources.filter((resource) => fits(asStored(resource), lookupOf(answers, resource.id)));
}

interface TermAnswer {
  readonly term: LinkTerm;
  readonly holders: ReadonlySet<ResourceId>;
}

/** A term is known by its own list of ids, which may be long. */
function lookupOf(answers: readonly TermAnswer[], id: ResourceId): LinkLookup {
  return {
    linked: (edge, direction, targets, transitive) =>
      answers.some(
        ({ term, holders }) =>
          term.ids === targets &&
          term.edge === edge &&
          term.direction === direction &&
          term.transitive === transitive &&
          holders.has(id),
      ),
  };
}

/** A link that brought nothing along has no attributes at all. */
function asStored(resource: Candidate): StoredResource {
  return (resource.attributes === undefined ? { ...resource, attributes: {} } : resource) as StoredResource;
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
