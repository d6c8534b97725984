import type { DirectoryAdapter, LinkOptions, Page } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { compareRefs } from '#model/compare-refs.ts';
import type { AttributePath } from '#model/filter.ts';
import { projectAttributes } from '#model/project-attributes.ts';
import type { Attributes, EdgeName, Linked, Ref, ResourceId, ResourceTypeName } from '#model/resource.ts';
import { decodeRefs, encodeRefs } from '../protocol/encode.ts';
import { inwardName } from '../protocol/names.ts';
import type { EntryReader } from './entries.ts';
import type { Kind, ReadThrough } from './read-through.ts';
import { toBackend } from './to-backend.ts';

/** More direct links of one resource than that are not kept. */
const MOST_LINKS = 1_000;

/** Refs of all that link to a resource, directly, in the backend's order; null where they are too many to be kept. */
type Inward = readonly Ref[] | null;

interface Step extends Ref {
  readonly depth: number;
  readonly via?: ResourceId;
}

/** Who links to a resource. Direct links are kept, as references alone; further ones and names are put together from what is kept. */
export class InwardReader {
  readonly #inner: DirectoryAdapter;
  readonly #through: ReadThrough;
  readonly #entries: EntryReader;

  constructor(inner: DirectoryAdapter, through: ReadThrough, entries: EntryReader) {
    this.#inner = inner;
    this.#through = through;
    this.#entries = entries;
  }

  /** As the contract's `linked` inward. Whatever does not fit a first page is the backend's to answer, since positions are its own. */
  async read(
    call: Call,
    edge: EdgeName,
    ids: readonly ResourceId[],
    options: LinkOptions,
  ): Promise<readonly Page<Linked>[]> {
    const pages = isFirstPage(options) ? await this.#pages(call, edge, ids, options) : undefined;
    return pages ?? this.#inner.linked(toBackend(call), edge, 'in', ids, options);
  }

  async #pages(
    call: Call,
    edge: EdgeName,
    ids: readonly ResourceId[],
    { depth = 1, page, type, with: paths }: LinkOptions,
  ): Promise<readonly Page<Linked>[] | undefined> {
    const walked = await this.#walk(call, edge, ids, depth);
    if (walked === undefined) return undefined;
    const wanted = type === undefined ? walked : walked.map((steps) => steps.filter((step) => step.type === type));
    if (wanted.some((steps) => steps.length > page.limit)) return undefined;
    const attributes = paths === undefined ? undefined : await this.#attributes(call, wanted.flat(), paths);
    return wanted.map((steps) => {
      const items = steps.flatMap((step) => toLinked(step, attributes));
      return page.total === true ? { items, total: items.length } : { items };
    });
  }

  /** For each id the steps from it, nearest first, each resource once; one trip per level for all. */
  async #walk(
    call: Call,
    edge: EdgeName,
    ids: readonly ResourceId[],
    depth: number,
  ): Promise<readonly Step[][] | undefined> {
    const known = new Map<ResourceId, readonly Ref[]>();
    const found: Step[][] = ids.map(() => []);
    const seen = ids.map(() => new Set<ResourceId>());
    let open: (readonly (ResourceId | undefined)[])[] = ids.map((id) => [id]);
    for (let level = 1; level <= depth && open.some((each) => each.length > 0); level++) {
      if (!(await this.#know(call, edge, open.flat() as ResourceId[], known))) return undefined;
      open = open.map((from, at) => {
        const steps = from.flatMap((id) => stepsFrom(id as ResourceId, level, known, seen[at] as Set<ResourceId>));
        if (level > 1) steps.sort(compareRefs);
        found[at]?.push(...steps);
        return steps.map(({ id }) => id);
      });
    }
    return found;
  }

  /** False where one has too many links. */
  async #know(
    call: Call,
    edge: EdgeName,
    ids: readonly ResourceId[],
    known: Map<ResourceId, readonly Ref[]>,
  ): Promise<boolean> {
    const unknown = [...new Set(ids)].filter((id) => !known.has(id));
    const names = unknown.map((id) => inwardName(edge, id));
    const read = await this.#through.read(call, names, this.#direct(call, edge, unknown));
    read.forEach((refs, at) => {
      if (refs !== null) known.set(unknown[at] as ResourceId, refs);
    });
    return read.every((refs) => refs !== null);
  }

  #direct(call: Call, edge: EdgeName, ids: readonly ResourceId[]): Kind<Inward> {
    return {
      decode: decodeRefs,
      encode: (refs) => (refs === null ? undefined : encodeRefs(refs)),
      load: async (places) => {
        const asked = places.map((place) => ids[place] as ResourceId);
        const page = { limit: MOST_LINKS };
        const pages = await this.#inner.linked(toBackend(call), edge, 'in', asked, { page });
        return pages.map(({ items, next }) => (next === undefined ? items : null));
      },
    };
  }

  async #attributes(
    call: Call,
    refs: readonly Ref[],
    paths: readonly AttributePath[],
  ): Promise<ReadonlyMap<ResourceId, Attributes>> {
    const byType = Map.groupBy(new Map(refs.map((ref) => [ref.id, ref])).values(), ({ type }) => type);
    const read = [...byType].map(async ([type, of]: [ResourceTypeName, readonly Ref[]]) =>
      this.#entries.read(
        call,
        type,
        of.map(({ id }) => id),
      ),
    );
    const resources = (await Promise.all(read)).flat().filter((resource) => resource !== null);
    return new Map(resources.map(({ id, attributes }) => [id, projectAttributes(attributes, paths)]));
  }
}

function isFirstPage({ page }: LinkOptions): boolean {
  const { after, offset = 0 } = page as { readonly after?: string; readonly offset?: number };
  return after === undefined && offset === 0 && page.positions !== true && page.limit > 0;
}

function stepsFrom(
  id: ResourceId,
  depth: number,
  known: ReadonlyMap<ResourceId, readonly Ref[]>,
  seen: Set<ResourceId>,
): readonly Step[] {
  return (known.get(id) ?? []).flatMap((ref) => {
    if (seen.has(ref.id)) return [];
    seen.add(ref.id);
    return [{ id: ref.id, type: ref.type, depth, ...(depth > 1 && { via: id }) }];
  });
}

/** A link whose resource is gone meanwhile is gone as well. */
function toLinked(step: Step, attributes: ReadonlyMap<ResourceId, Attributes> | undefined): readonly Linked[] {
  if (attributes === undefined) return [step];
  const found = attributes.get(step.id);
  return found === undefined ? [] : [{ ...step, attributes: found }];
}
