import type {
  AdapterModule,
  Capabilities,
  Change,
  DirectoryAdapter,
  Inspection,
  LinkOptions,
  Page,
  Query,
  Secrets,
  Write,
  Written,
} from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { AttributePath } from '#model/filter.ts';
import type { EdgeName, Key, Linked, ResourceId, ResourceTypeName, StoredResource, TenantId } from '#model/resource.ts';
import { openPool } from './connection/open-pool.ts';
import type { LdapPool } from './connection/pool.ts';
import { wholeAnswers } from './connection/whole-answers.ts';
import { Feed } from './feed/feed.ts';
import { filterAbilities } from './filter/push-down.ts';
import { EVERYTHING } from './filter/terms.ts';
import { areLinked, linked } from './links/linked.ts';
import { type ContainerOptions, type LdapOptions, parseLdapOptions } from './options/options.ts';
import { byKeys } from './read/by-keys.ts';
import { find } from './read/find.ts';
import { idTerms, Reader } from './read/reader.ts';
import { windowsOf } from './read/select-ahead.ts';
import { toDirectoryError } from './result-error.ts';
import { Fitness } from './server/fitness.ts';
import { inspectServer } from './server/inspect.ts';
import { type Container, checkHomes, TenantView } from './tenant-view.ts';
import { isUnique } from './write/keys.ts';
import { Writer } from './write/writer.ts';

type Shape = Parameters<AdapterModule<LdapOptions>['open']>[1];

/** An existing directory: its people and groups as they are, changed where a client changes them. */
export const ldap: AdapterModule<LdapOptions> = {
  options: { parse: parseLdapOptions },
  discover: async (...asked) => (await import('./discover/discover.ts')).discoverLdap(...asked),
  open: async (options, shape) => new LdapAdapter(options, shape, openWholePool(options)),
};

function openWholePool({ pool, users }: LdapOptions): LdapPool {
  const opened = openPool(pool);
  const { pieces } = users.dialect;
  return pieces === undefined ? opened : wholeAnswers(opened, pieces);
}

class LdapAdapter implements DirectoryAdapter {
  readonly name = 'ldap';
  readonly #options: LdapOptions;
  readonly #shape: Shape;
  readonly #pool: LdapPool;
  readonly #feed: Feed | undefined;
  readonly #views = new Map<TenantId, TenantView>();
  readonly #fitness = new Map<TenantView, Fitness>();
  #closed = false;

  constructor(options: LdapOptions, shape: Shape, pool: LdapPool) {
    this.#options = options;
    this.#shape = shape;
    this.#pool = pool;
    this.#feed = options.feed && new Feed(pool, options, options.feed);
  }

  /** @throws UNSUPPORTED where an attribute of the type has no place, or a second tenant would share the first one's entries */
  capabilities(tenant: TenantId, type: ResourceTypeName): Capabilities {
    const options = this.#optionsOf(type);
    this.#view(tenant);
    const shape = this.#shape(tenant, type);
    if (options !== undefined) checkHomes(options, shape);
    // Announced for the tenant as a whole: only users have a password, and of other types nothing changes.
    const passwords = this.#options.users.password === undefined ? 'none' : 'hashes';
    return capabilitiesOf(options, shape, { passwords, feed: this.#feed !== undefined });
  }

  getMany(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): Promise<readonly (StoredResource | null)[]> {
    return this.#read(call, async (reader) => {
      const container = this.#container(reader, call, type);
      if (container === undefined || ids.length === 0) return ids.map(() => null);
      const asked = new Set(ids);
      const terms = idTerms([container], ids);
      const resources = await reader.resources(container, terms, ids, ({ id }) => asked.has(id));
      const byId = new Map(resources.map((resource) => [resource.id, resource]));
      return ids.map((id) => byId.get(id) ?? null);
    });
  }

  byKeys(call: Call, type: ResourceTypeName, keys: readonly Key[]): Promise<readonly (readonly StoredResource[])[]> {
    return this.#read(call, async (reader) => {
      const container = this.#container(reader, call, type);
      if (container === undefined || keys.length === 0) return keys.map(() => []);
      return byKeys(reader, container, this.#shape(call.tenant, type), keys);
    });
  }

  find(call: Call, type: ResourceTypeName, query: Query): Promise<Page<StoredResource>> {
    return this.#read(call, async (reader) => {
      const container = this.#container(reader, call, type);
      if (container !== undefined) return find(reader, container, query);
      return { items: [], ...(query.page.positions && { positions: [] }), ...(query.page.total && { total: 0 }) };
    });
  }

  linked(
    call: Call,
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[],
    options: LinkOptions,
  ): Promise<readonly Page<Linked>[]> {
    return this.#read(call, (reader) => linked(reader, edge, direction, ids, options));
  }

  areLinked(
    call: Call,
    edge: EdgeName,
    pairs: readonly { readonly from: ResourceId; readonly to: ResourceId }[],
    options: { readonly transitive: boolean },
  ): Promise<readonly boolean[]> {
    return this.#read(call, (reader) => areLinked(reader, edge, pairs, options));
  }

  async write(call: Call, operations: readonly Write[]): Promise<readonly (Written | DirectoryError)[]> {
    const reader = await this.#asked(async () => this.#reader(call));
    for (const type of new Set(operations.map((operation) => operation.type))) this.#container(reader, call, type);
    const writer = new Writer(reader, (type) => this.#shape(call.tenant, type));
    const answers: (Written | DirectoryError)[] = [];
    for (const operation of operations) answers.push(await this.#apply(call, writer, operation));
    // A server says that something has changed a moment after it has.
    windowsOf(reader.view).clear();
    return answers;
  }

  secrets(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): Promise<readonly (Secrets | null)[]> {
    return this.#read(call, async (reader) => {
      const container = this.#container(reader, call, type);
      const found = container === undefined ? new Map() : await reader.byIds(container, ids);
      return ids.map((id) => (found.has(id) ? {} : null));
    });
  }

  async changes(
    call: Call,
    after: string | null,
    limit: number,
  ): Promise<{ readonly changes: readonly Change[]; readonly next: string }> {
    this.#checkOpen(call);
    if (this.#feed !== undefined) return this.#feed.changes(call, this.#view(call.tenant), after, limit);
    throw new DirectoryError('UNSUPPORTED', 'the LDAP backend follows no changes; set `changes: syncrepl`');
  }

  ping(call: Call): Promise<void> {
    const rootDse = { base: '', scope: 'base', filter: EVERYTHING, attributes: ['1.1'] } as const;
    return this.#asked(async () => {
      this.#checkOpen(call);
      await this.#pool.search(call, rootDse);
      // Portico's own name stands for no tenant: whether there is a server at all.
      if (!isPorticosOwn(call.tenant)) await this.#fitnessOf(this.#view(call.tenant)).check(this.#pool.server, call);
    });
  }

  inspect(call: Call): Promise<Inspection> {
    return this.#asked(async () => {
      this.#checkOpen(call);
      return inspectServer(this.#pool, call, this.#view(call.tenant));
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#feed?.close();
    await this.#pool.close();
  }

  async #apply(call: Call, writer: Writer, operation: Write): Promise<Written | DirectoryError> {
    // Where the names of members are live they need not be looked up.
    if ('members' in operation) this.#feed?.start();
    const answered = this.#feed?.writes(call, operation);
    let written: Written | undefined;
    try {
      written = await writer.apply(operation);
      return written;
    } catch (error) {
      return asValue(error);
    } finally {
      answered?.(written);
    }
  }

  async #read<T>(call: Call, work: (reader: Reader) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#reader(call));
    } catch (error) {
      throw toDirectoryError(error);
    }
  }

  async #asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toDirectoryError(error);
    }
  }

  /** @throws UNAVAILABLE where the server that is in use cannot do what the options ask of it */
  #reader(call: Call): Reader | Promise<Reader> {
    this.#checkOpen(call);
    const view = this.#view(call.tenant);
    const reader = new Reader(this.#pool, view, call);
    const fitness = this.#fitnessOf(view);
    const { server } = this.#pool;
    return fitness.isKnown(server) ? reader : fitness.check(server, call).then(() => reader);
  }

  #fitnessOf(view: TenantView): Fitness {
    const known = this.#fitness.get(view);
    if (known !== undefined) return known;
    const fitness = new Fitness((limits) => inspectServer(this.#pool, limits, view));
    this.#fitness.set(view, fitness);
    return fitness;
  }

  /** @throws UNAVAILABLE after close, TIMEOUT */
  #checkOpen(call: Call): void {
    if (this.#closed) throw new DirectoryError('UNAVAILABLE', 'the LDAP backend is closed');
    if (call.signal.aborted || Date.now() >= call.deadline) {
      throw new DirectoryError('TIMEOUT', 'the time was over before the directory was asked');
    }
  }

  /** Schemas change while they are served, so that what has a place is asked each time. */
  #container({ view }: Reader, { tenant }: Call, type: ResourceTypeName): Container | undefined {
    const container = view.container(type);
    if (container !== undefined) checkHomes(container, this.#shape(tenant, type));
    return container;
  }

  /** @throws UNSUPPORTED for a second tenant where the bases do not tell tenants apart, and for Portico's own */
  #view(tenant: TenantId): TenantView {
    let view = this.#views.get(tenant);
    if (view !== undefined) return view;
    if (isPorticosOwn(tenant)) {
      throw new DirectoryError(
        'UNSUPPORTED',
        'a directory does not keep what Portico has to remember; name another backend as system.backend',
      );
    }
    const { users, groups } = this.#options;
    const apart = [users, groups].every(({ base }) => base.includes('{tenant}'));
    if (!apart && this.#views.size > 0) {
      const detail = `tenant "${tenant}" would share the entries of another one; write {tenant} into users.base and groups.base, or give it a backend of its own`;
      throw new DirectoryError('UNSUPPORTED', detail, {
        faults: [{ path: 'users.base', expected: 'a DN with {tenant}' }],
      });
    }
    view = new TenantView(this.#options, tenant, this.#feed);
    this.#feed?.serve(view);
    this.#views.set(tenant, view);
    return view;
  }

  #optionsOf(type: ResourceTypeName): ContainerOptions | undefined {
    return [this.#options.users, this.#options.groups].find((options) => options.type === type);
  }
}

function isPorticosOwn(tenant: TenantId): boolean {
  return tenant.startsWith('_');
}

function capabilitiesOf(
  options: ContainerOptions | undefined,
  shape: readonly AttributePath[],
  ofTenant: Pick<Capabilities, 'passwords' | 'feed'>,
): Capabilities {
  return {
    filter: options === undefined ? {} : filterAbilities(options, shape),
    logic: { not: true, element: false, linked: 'transitive', coarseLinks: true },
    sort: 'any',
    total: 'counted',
    atomic: atomicOf(options),
    nesting: 'levels',
    ids: options?.id.given === true ? 'given' : 'assigned',
    stamps: false,
    retain: false,
    writable: options !== undefined,
    ...ofTenant,
  };
}

function atomicOf(options: ContainerOptions | undefined): Capabilities['atomic'] {
  if (options === undefined) return ['version'];
  const compares = options.dialect.asserts || options.guard !== undefined;
  return [...(compares ? (['version'] as const) : []), ...(isNameUnique(options) ? (['uniqueness'] as const) : [])];
}

/** The server itself lets no two entries share a name. */
function isNameUnique(options: ContainerOptions): boolean {
  const name = options.type === 'User' ? 'userName' : 'displayName';
  const home = options.map.homes.get(JSON.stringify([name]));
  return home?.attributes.every((attribute) => isUnique(options, attribute)) ?? false;
}

function asValue(error: unknown): DirectoryError {
  const known = asDirectoryError(error);
  if (known === undefined) throw error;
  return known;
}
