import type { AdapterModule, Capabilities, DirectoryAdapter, PageRequest } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { EdgeName, Key, Ref, ResourceId } from '#model/resource.ts';
import { applyWrite, fail, type Held, inOrder, sameKey } from './apply-write.ts';

/** The smallest adapter that passes the contract: what may be off is off, and core does the rest. */
export const adapter: AdapterModule<object> = {
  options: { parse: (value) => Object(value) },
  open: async () => new MapAdapter(),
};

const NONE: Capabilities = {
  filter: {},
  logic: { not: false, element: false, linked: 'none' },
  sort: [],
  total: 'exact',
  atomic: [],
  nesting: 'levels',
  passwords: 'none',
  ids: 'given',
  stamps: false,
  retain: false,
  feed: false,
  writable: true,
};

class MapAdapter implements DirectoryAdapter {
  readonly name = 'map';
  readonly #tenants = new Map<string, Map<ResourceId, Held>>();
  #closed = false;

  capabilities: DirectoryAdapter['capabilities'] = () => NONE;

  getMany: DirectoryAdapter['getMany'] = async (call, type, ids) => {
    const held = this.#open(call);
    return ids.map((id) => (held.get(id)?.resource.type === type ? (held.get(id)?.resource ?? null) : null));
  };

  byKeys: DirectoryAdapter['byKeys'] = async (call, type, keys) => {
    const all = this.#ofType(call, type);
    const has = (held: Held, key: Key) => [...held.unique, ...held.lookup].some((other) => sameKey(other, key));
    return keys.map((key) => all.filter((held) => has(held, key)).map(({ resource }) => resource));
  };

  find: DirectoryAdapter['find'] = async (call, type, { filter, sort, retained, page }) => {
    if (filter || sort || retained) throw fail('UNSUPPORTED', 'this adapter neither filters nor sorts nor retains');
    return pageOf(
      this.#ofType(call, type).map(({ resource }) => resource),
      page,
    );
  };

  linked: DirectoryAdapter['linked'] = async (call, edge, direction, ids, { page, depth = 1, type, with: paths }) => {
    if (depth > 1) throw fail('UNSUPPORTED', 'this adapter answers direct links only');
    const held = this.#open(call);
    const toLinked = ({ resource: { id, type, attributes } }: Held) => ({
      id,
      type,
      depth: 1,
      ...(paths && { attributes }),
    });
    return ids.map((id) => {
      const ends = neighbours(held, edge, direction, id).filter(
        (end) => (type ?? end.resource.type) === end.resource.type,
      );
      return pageOf(ends.map(toLinked), page);
    });
  };

  areLinked: DirectoryAdapter['areLinked'] = async (call, edge, pairs, { transitive }) => {
    if (transitive) throw fail('UNSUPPORTED', 'this adapter answers direct links only');
    const held = this.#open(call);
    return pairs.map(({ from, to }) => neighbours(held, edge, 'out', from).some(({ resource }) => resource.id === to));
  };

  write: DirectoryAdapter['write'] = async (call, operations) => {
    const held = this.#open(call);
    return operations.map((operation) => {
      try {
        return applyWrite(held, operation);
      } catch (error) {
        if (error instanceof DirectoryError) return error;
        throw error;
      }
    });
  };

  secrets: DirectoryAdapter['secrets'] = async (call, type, ids) =>
    (await this.getMany(call, type, ids)).map((resource) => resource && {});

  changes: DirectoryAdapter['changes'] = async () => {
    throw fail('UNSUPPORTED', 'this adapter has no feed');
  };

  ping: DirectoryAdapter['ping'] = async (call) => void this.#open(call);

  close: DirectoryAdapter['close'] = async () => {
    this.#closed = true;
  };

  #open({ tenant, signal, deadline }: Call): Map<ResourceId, Held> {
    if (this.#closed) throw fail('UNAVAILABLE', 'closed');
    if (signal.aborted || Date.now() >= deadline) throw fail('TIMEOUT', 'too late');
    const held = this.#tenants.get(tenant) ?? new Map<ResourceId, Held>();
    this.#tenants.set(tenant, held);
    return held;
  }

  #ofType(call: Call, type: string): readonly Held[] {
    return inOrder(this.#open(call).values()).filter(({ resource }) => resource.type === type);
  }
}

function neighbours(
  all: ReadonlyMap<ResourceId, Held>,
  edge: EdgeName,
  direction: 'out' | 'in',
  id: ResourceId,
): readonly Held[] {
  const joined = (from: Held, to: ResourceId) =>
    edge === 'members' ? from.members.has(to) : from.resource.links.manager === to;
  const start = all.get(id);
  if (start === undefined) return [];
  return inOrder(all.values()).filter((held) =>
    direction === 'out' ? joined(start, held.resource.id) : joined(held, id),
  );
}

function pageOf<Item extends Ref>(items: readonly Item[], page: PageRequest) {
  const rest =
    'offset' in page ? items.slice(page.offset) : items.filter(({ id }) => page.after === undefined || id > page.after);
  const chosen = rest.slice(0, page.limit);
  const last = chosen.at(-1);
  return {
    items: chosen,
    ...(last && rest.length > chosen.length && { next: last.id }),
    ...(page.positions && { positions: chosen.map(({ id }) => id) }),
    ...(page.total && { total: items.length }),
  };
}
