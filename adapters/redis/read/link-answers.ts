import { type Filter, type LinkTerm, linkTermsOf } from '#model/filter.ts';
import type { LinkLookup } from '#model/matches.ts';
import type { EdgeName, ResourceId, StoredResource } from '#model/resource.ts';
import { edgeKey, recordKey } from '../keys.ts';
import { edgeToRef } from '../links/edge.ts';
import type { Store } from '../store.ts';
import { decodeText } from '../text.ts';

/** What a filter asks of links, answered for one resource after the other; those linked to given ids are read once. */
export class LinkAnswers implements LinkLookup {
  readonly #store: Store;
  readonly #filter: Filter;
  readonly #terms: readonly LinkTerm[];
  readonly #fitting = new Map<LinkTerm, ReadonlySet<ResourceId>>();
  #resource: StoredResource | undefined;

  private constructor(store: Store, filter: Filter) {
    this.#store = store;
    this.#filter = filter;
    this.#terms = linkTermsOf(filter);
  }

  static async open(store: Store, filter: Filter): Promise<LinkAnswers> {
    const answers = new LinkAnswers(store, filter);
    for (const term of answers.#terms) {
      if (term.ids !== undefined) answers.#fitting.set(term, await linkedTo(store, term, term.ids));
    }
    return answers;
  }

  /** To be called before `ask` of any of these. */
  async prepare(resources: readonly StoredResource[]): Promise<void> {
    for (const term of this.#terms) {
      if (term.ids === undefined) this.#fitting.set(term, await linkedAtAll(this.#store, term, resources));
    }
  }

  ask(resource: StoredResource): LinkLookup {
    this.#resource = resource;
    return this;
  }

  /** Ids among which all matches are; undefined where every resource might match. */
  candidates(): readonly ResourceId[] | undefined {
    const conjuncts = this.#filter.kind === 'and' ? this.#filter.operands : [this.#filter];
    const sets = conjuncts.map((term) =>
      term.kind === 'linked' && term.ids !== undefined ? this.#fitting.get(term) : undefined,
    );
    const [least] = sets.filter((set) => set !== undefined).sort((a, b) => a.size - b.size);
    return least && [...least];
  }

  linked(
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[] | undefined,
    transitive: boolean,
  ): boolean {
    const id = this.#resource?.id;
    for (const [term, fitting] of this.#fitting) {
      if (term.ids === ids && term.edge === edge && term.direction === direction && term.transitive === transitive) {
        return id !== undefined && fitting.has(id);
      }
    }
    return false;
  }
}

/** Whatever is linked to any of `ids`, directly or over others. */
async function linkedTo(store: Store, term: LinkTerm, ids: readonly ResourceId[]): Promise<ReadonlySet<ResourceId>> {
  const found = new Set<ResourceId>();
  for (let open = ids; open.length > 0; ) {
    const next = (await neighbours(store, term, open)).filter((id) => !found.has(id));
    for (const id of next) found.add(id);
    open = term.transitive ? [...new Set(next)] : [];
  }
  return found;
}

/** Of a set of any size no more than this is read at once. */
const EDGES_PER_READ = 5_000;

async function neighbours(
  store: Store,
  { edge, direction }: LinkTerm,
  ids: readonly ResourceId[],
): Promise<readonly ResourceId[]> {
  const back = direction === 'out' ? 'in' : 'out';
  const keys = ids.map((id) => edgeKey(edge, back, id));
  if (keys.some((key) => key === undefined)) return managersOf(store, ids);
  const found: ResourceId[] = [];
  let open = keys.map((key) => ({ key: key as string, after: '-' }));
  while (open.length > 0) {
    const replies = (await store.ask(
      open.map(({ key, after }) => ({
        name: 'zrangebylex',
        args: [store.key(key), after, '+', 'LIMIT', 0, EDGES_PER_READ],
      })),
    )) as string[][];
    for (const edges of replies) for (const each of edges) found.push(edgeToRef(each).id);
    open = open.flatMap(({ key }, at) => {
      const edges = replies[at] ?? [];
      return edges.length < EDGES_PER_READ ? [] : [{ key, after: `(${edges.at(-1)}` }];
    });
  }
  return found;
}

async function managersOf(store: Store, ids: readonly ResourceId[]): Promise<readonly ResourceId[]> {
  const replies = await store.ask(ids.map((id) => ({ name: 'hget', args: [store.key(recordKey(id, false)), 'm'] })));
  return replies.flatMap((reply) => (typeof reply === 'string' ? [decodeText(reply) as ResourceId] : []));
}

async function linkedAtAll(
  store: Store,
  { edge, direction }: LinkTerm,
  resources: readonly StoredResource[],
): Promise<ReadonlySet<ResourceId>> {
  if (edge === 'manager' && direction === 'out') {
    return new Set(resources.filter(({ links }) => links.manager !== undefined).map(({ id }) => id));
  }
  const exists = await store.ask(
    resources.map(({ id }) => ({ name: 'exists', args: [store.key(edgeKey(edge, direction, id) ?? '')] })),
  );
  return new Set(resources.filter((_, at) => exists[at] === 1).map(({ id }) => id));
}
