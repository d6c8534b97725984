import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { type Filter, type LinkTerm, linkTermsOf } from '#model/filter.ts';
import { compileFilter, type LinkLookup } from '#model/matches.ts';
import type { Linked, ResourceId, StoredResource } from '#model/resource.ts';
import { mapInTurns } from '#model/turns.ts';
import { PAIRS_PER_CALL } from '../batches.ts';
import type { Directory } from '../directory.ts';
import { arePairsLinked, linkedPages } from '../membership.ts';

/** A resource in full, or what a link brought along of it: all that the filter reads. */
type Candidate = StoredResource | Linked;

/**
 * The resources that a filter lets through, in order; each of its `linked` terms costs one adapter call for all of them.
 * @throws {DirectoryError} TIMEOUT once nobody waits for the answer
 */
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
  const test = (resource: Resource) => fits(asStored(resource), lookupOf(answers, resource.id));
  const fitting = await mapInTurns(resources, test, () => checkWanted(call));
  return resources.filter((_, index) => fitting[index]);
}

function checkWanted({ signal }: Call): void {
  if (signal.aborted) throw new DirectoryError('TIMEOUT', 'the request ran out of time while resources were compared');
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
  term: LinkTerm,
  ids: readonly ResourceId[],
): Promise<ReadonlySet<ResourceId>> {
  const { edge, direction, ids: targets, transitive } = term;
  if (targets === undefined) {
    const pages = await linkedPages(directory, call, edge, direction, ids, { page: { limit: 1 } });
    return new Set(ids.filter((_, index) => (pages[index]?.items.length ?? 0) > 0));
  }
  if (ids.length * targets.length > PAIRS_PER_CALL) return climbedAmong(directory, call, term, ids, targets);
  const pairs = ids.flatMap((id) =>
    targets.map((target) => (direction === 'out' ? { from: id, to: target } : { from: target, to: id })),
  );
  const answers = await arePairsLinked(directory, call, edge, pairs, { transitive });
  return new Set(
    ids.filter((_, index) => answers.slice(index * targets.length, (index + 1) * targets.length).includes(true)),
  );
}

/** Of too many pairs for one question, from the end that has few links: a resource is in few groups and has one manager. */
async function climbedAmong(
  directory: Directory,
  call: Call,
  { edge, direction, transitive }: LinkTerm,
  ids: readonly ResourceId[],
  targets: readonly ResourceId[],
): Promise<ReadonlySet<ResourceId>> {
  const upwards = edge === 'members' ? 'in' : 'out';
  const [below, above] = direction === upwards ? [ids, targets] : [targets, ids];
  const page = { limit: Number.MAX_SAFE_INTEGER };
  const options = { page, ...(transitive && { depth: Number.POSITIVE_INFINITY }) };
  const pages = await linkedPages(directory, call, edge, upwards, below, options);
  const wanted = new Set(above);
  const reached = pages.map(({ items }) => items.filter(({ id }) => wanted.has(id)));
  if (below === ids) return new Set(ids.filter((_, index) => (reached[index]?.length ?? 0) > 0));
  return new Set(reached.flat().map(({ id }) => id));
}
