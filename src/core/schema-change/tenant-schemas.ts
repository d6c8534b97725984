import { isDeepStrictEqual } from 'node:util';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { type Call, withOwnTime } from '#model/call.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { Json, TenantId } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { openRegistry, type RegistryOptions, type SchemaRegistry } from '../schema/registry.ts';
import type { StoredDocument, StoredDocuments, SystemStore } from '../system/system-store.ts';
import { changeRegistry } from './change-registry.ts';
import { type Conflicts, DataConflict } from './conflicts.ts';
import {
  type DocumentInForce,
  type DocumentKind,
  documentIn,
  isNamed,
  type Origin,
  openWithStored,
  readDocument,
  versionOf,
} from './documents.ts';
import { typeChangesOf } from './type-changes.ts';
import { WriteFence } from './write-fence.ts';

/** What the client knows of the document that it changes. @throws {DirectoryError} VERSION_MISMATCH where it is another */
export type Guard = (current: DocumentInForce | undefined) => void;

/** The schemas and resource types of one tenant, which change while it is served. */
export interface TenantSchemas {
  readonly tenant: TenantId;
  /** The directory under the schemas in force; a request takes it once and keeps it. @throws {DirectoryError} UNAVAILABLE until what is stored could be read */
  readonly directory: Directory;
  /** The schemas in force, or what the configuration gives until what is stored could be read. */
  readonly registry: SchemaRegistry;
  list(kind: DocumentKind): readonly DocumentInForce[];
  /** @throws {DirectoryError} NOT_FOUND */
  find(kind: DocumentKind, name: string): DocumentInForce;
  /**
   * Sets a document, unless stored data stands against it. It is carried through even where the client leaves.
   * @throws {DirectoryError} INVALID_VALUE with all faults, READ_ONLY for what does not come from here, VERSION_MISMATCH by the
   *   guard or where others change too much too fast, TOO_LARGE, UNAVAILABLE
   */
  put(call: Call, kind: DocumentKind, name: string, body: Json, guard: Guard): Promise<Put | Conflicts>;
  /** Undefined once it is done. @throws {DirectoryError} NOT_FOUND, INVALID_VALUE where others need it, and as `put` */
  remove(call: Call, kind: DocumentKind, name: string, guard: Guard): Promise<Conflicts | undefined>;
  /** Takes over what another gateway has stored, or what could not be read at the start. @throws {DirectoryError} INVALID_VALUE where it does not go with the configuration's files */
  adopt(stored: StoredDocuments): Promise<void>;
}

export interface Put {
  readonly created: boolean;
  readonly inForce: DocumentInForce;
}

export interface TenantSchemasOptions {
  readonly tenant: TenantId;
  readonly adapter: DirectoryAdapter;
  /** What the configuration gives. */
  readonly registry: RegistryOptions;
  readonly store: SystemStore;
  openDirectory(registry: SchemaRegistry, adapter: DirectoryAdapter): Directory;
}

/** Gateways that change the same tenant at the same time read again and try anew. */
const ATTEMPTS = 5;
/** Looking at a million resources takes half a minute, and storing their keys anew another minute. */
const CHANGE_MS = 600_000;

const STANDARD = openRegistry();

export function openTenantSchemas(options: TenantSchemasOptions): TenantSchemas {
  return new StoredTenantSchemas(options);
}

class StoredTenantSchemas implements TenantSchemas {
  readonly tenant: TenantId;
  readonly #options: TenantSchemasOptions;
  readonly #configured: SchemaRegistry;
  readonly #fence = new WriteFence();
  #stored: StoredDocuments = { documents: [] };
  #directory: Directory | undefined;
  #generation = 0;
  /** Changes of one tenant happen one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: TenantSchemasOptions) {
    this.tenant = options.tenant;
    this.#options = options;
    this.#configured = openRegistry(options.registry);
  }

  get directory(): Directory {
    if (this.#directory !== undefined) return this.#directory;
    throw new DirectoryError('UNAVAILABLE', `the schemas of the tenant ${this.tenant} could not be read yet`);
  }

  get registry(): SchemaRegistry {
    return this.#directory?.registry ?? this.#configured;
  }

  list(kind: DocumentKind): readonly DocumentInForce[] {
    const { registry } = this.directory;
    const names = kind === 'schema' ? registry.schemas.map(({ id }) => id) : registry.types.map(({ name }) => name);
    return names.map((name) => this.find(kind, name));
  }

  find(kind: DocumentKind, name: string): DocumentInForce {
    const found = this.#find(kind, name);
    if (found !== undefined) return found;
    throw new DirectoryError('NOT_FOUND', `there is no ${wordOf(kind)} ${name.slice(0, 300)}`);
  }

  put(call: Call, kind: DocumentKind, name: string, body: Json, guard: Guard): Promise<Put | Conflicts> {
    return this.#change(async () => {
      const current = this.#find(kind, name);
      guard(current);
      const fresh = readDocument(kind, name, body);
      // A resource type that comes from elsewhere is added to here, and stays what it is.
      if (kind === 'schema' && current !== undefined) this.#checkStored(kind, name, current.origin);
      const documents = [...this.#others(kind, name), fresh];
      const registry = openWithStored(this.#options.registry, documents, fresh);
      const same = isDeepStrictEqual(documentIn(registry, kind, name), current?.document);
      if (!same || !this.#isStored(kind, name)) await this.#enforce(call, documents, registry);
      return { created: current === undefined, inForce: this.find(kind, name) };
    });
  }

  remove(call: Call, kind: DocumentKind, name: string, guard: Guard): Promise<Conflicts | undefined> {
    return this.#change(async () => {
      const current = this.find(kind, name);
      guard(current);
      this.#checkStored(kind, name, current.origin);
      const documents = this.#others(kind, name);
      await this.#enforce(call, documents, openWithStored(this.#options.registry, documents));
      return undefined;
    });
  }

  adopt(stored: StoredDocuments): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#directory !== undefined && stored.resource?.version === this.#stored.resource?.version) return;
      this.#follow(stored);
    });
  }

  #find(kind: DocumentKind, name: string): DocumentInForce | undefined {
    const document = documentIn(this.directory.registry, kind, name);
    if (document === undefined) return undefined;
    const stored = this.#stored.documents.find(isNamed(kind, name));
    return {
      document,
      origin: this.#originOf(kind, name),
      version: versionOf(document),
      ...(stored && { changedAt: stored.changedAt }),
    };
  }

  #originOf(kind: DocumentKind, name: string): Origin {
    if (documentIn(STANDARD, kind, name) !== undefined) return 'standard';
    return documentIn(this.#configured, kind, name) === undefined ? 'runtime' : 'file';
  }

  #isStored(kind: DocumentKind, name: string): boolean {
    return this.#stored.documents.some(isNamed(kind, name));
  }

  #others(kind: DocumentKind, name: string): readonly StoredDocument[] {
    const isIt = isNamed(kind, name);
    return this.#stored.documents.filter((document) => !isIt(document));
  }

  /** @throws {DirectoryError} READ_ONLY for what does not come from here */
  #checkStored(kind: DocumentKind, name: string, origin: Origin): void {
    if (this.#isStored(kind, name)) return;
    const remedy =
      origin === 'file'
        ? 'comes from a file of the configuration: change it there'
        : "is RFC 7643's own and stays as it is: put attributes into a schema of your own";
    throw new DirectoryError('READ_ONLY', `the ${wordOf(kind)} ${name} ${remedy}`);
  }

  /** Again with what another gateway has stored meanwhile. */
  async #change<T>(attempt: () => Promise<T>): Promise<T | Conflicts> {
    return this.#inTurn(async () => {
      for (let count = 1; ; count++) {
        try {
          return await attempt();
        } catch (error) {
          if (error instanceof DataConflict) return error.conflicts;
          if (!(error instanceof Outrun)) throw error;
          if (count === ATTEMPTS) throw error.cause;
          this.#follow(error.stored);
        }
      }
    });
  }

  /** Whoever stored it has looked at the data; what is under way here may have been made under other schemas. */
  #follow(stored: StoredDocuments): void {
    const registry = openWithStored(this.#options.registry, stored.documents);
    const before = this.#directory?.registry;
    this.#switch(registry, stored, before !== undefined && typeChangesOf(before, registry).length > 0);
  }

  async #enforce(call: Call, documents: readonly StoredDocument[], registry: SchemaRegistry): Promise<void> {
    const { adapter, tenant, store } = this.#options;
    let stored = this.#stored;
    const { registry: before, leniency } = this.directory;
    await changeRegistry({
      before,
      after: registry,
      adapter,
      leniency,
      call: withOwnTime(call, CHANGE_MS),
      fence: this.#fence,
      confirm: async () => {
        stored = await this.#save(call, store, tenant, documents);
      },
      enforce: (breaking) => this.#switch(registry, stored, breaking),
    });
  }

  async #save(call: Call, store: SystemStore, tenant: TenantId, documents: readonly StoredDocument[]) {
    try {
      return await store.write(call, tenant, this.#stored, documents);
    } catch (error) {
      if (asDirectoryError(error)?.code !== 'VERSION_MISMATCH') throw error;
      const [stored] = await store.read(call, [tenant]);
      throw stored === undefined ? error : new Outrun(stored, error);
    }
  }

  /** In one step for whoever asks for the directory next; requests under way keep the one that they have. */
  #switch(registry: SchemaRegistry, stored: StoredDocuments, breaking: boolean): void {
    const { adapter, openDirectory } = this.#options;
    this.#generation += 1;
    if (breaking) this.#fence.retireBefore(this.#generation);
    this.#directory = openDirectory(registry, this.#fence.guard(adapter, this.#generation));
    this.#stored = stored;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Another gateway has stored something first. */
class Outrun extends Error {
  override readonly name = 'Outrun';
  readonly stored: StoredDocuments;

  constructor(stored: StoredDocuments, cause: unknown) {
    super('another gateway has stored something first', { cause });
    this.stored = stored;
  }
}

function wordOf(kind: DocumentKind): string {
  return kind === 'schema' ? 'schema' : 'resource type';
}
