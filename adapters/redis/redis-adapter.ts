import { randomUUID } from 'node:crypto';
import type {
  AdapterModule,
  Capabilities,
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
import type { EdgeName, Key, Linked, ResourceId, ResourceTypeName, StoredResource } from '#model/resource.ts';
import { RedisConnection } from './connection/connection.ts';
import { tooLate } from './connection/errors.ts';
import { Bell } from './feed/bell.ts';
import { type Changes, presentPosition, readChanges } from './feed/changes.ts';
import { keysKey, LOG, recordKey } from './keys.ts';
import { areLinked, linked } from './links/linked.ts';
import { parseRedisOptions, type RedisStoreOptions } from './options.ts';
import { find } from './read/find.ts';
import { WRITE_SCRIPT } from './scripts/write.ts';
import { inspectServer } from './server/inspect.ts';
import { Store } from './store.ts';
import { AFTER_SEPARATOR, encodeText, SEPARATOR } from './text.ts';
import { readAnswer } from './write/answer.ts';
import { encodeWrite, type WriteOfId } from './write/encode.ts';

/** Redis as the system of record: one script per write, one round trip per call wherever an index leads. */
export const redis: AdapterModule<RedisStoreOptions> = {
  options: { parse: parseRedisOptions },
  open: async (options) => new RedisAdapter(options),
};

const CAPABILITIES: Capabilities = {
  filter: { '*': { operators: ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'] } },
  logic: { not: true, element: true, linked: 'transitive' },
  sort: 'any',
  total: 'exact',
  atomic: ['version', 'uniqueness', 'existence', 'cycle'],
  nesting: 'levels',
  passwords: 'stores-hash',
  ids: 'given',
  stamps: true,
  retain: true,
  feed: true,
  writable: true,
};

/** Writes that are sent at once; the next ones wait for their answers. */
const WRITES_PER_TRIP = 200;
/** A look at the changes takes no longer, however long its caller waits for one. */
const READ_LIMIT_MS = 5_000;

interface Prepared {
  readonly operation: WriteOfId;
  readonly args: readonly string[];
}

class RedisAdapter implements DirectoryAdapter {
  readonly name = 'redis';
  readonly #options: RedisStoreOptions;
  readonly #connection: RedisConnection;
  readonly #bell: Bell;
  #closed = false;

  constructor(options: RedisStoreOptions) {
    this.#options = options;
    this.#connection = new RedisConnection(options.connection);
    this.#bell = new Bell(this.#connection);
  }

  capabilities(): Capabilities {
    return CAPABILITIES;
  }

  async getMany(
    call: Call,
    type: ResourceTypeName,
    ids: readonly ResourceId[],
  ): Promise<readonly (StoredResource | null)[]> {
    const records = await this.#store(call).records(ids);
    return records.map((record) => (record?.type === type ? record : null));
  }

  async byKeys(
    call: Call,
    type: ResourceTypeName,
    keys: readonly Key[],
  ): Promise<readonly (readonly StoredResource[])[]> {
    const found = await this.#store(call).slices(
      keys.map(({ attribute, value }) => {
        const start = encodeText(attribute) + SEPARATOR + encodeText(value);
        const [from, to] = [`[${start}${SEPARATOR}`, `(${start}${AFTER_SEPARATOR}`];
        return { key: keysKey(type), command: 'ZRANGEBYLEX', from, to, count: 0 };
      }),
    );
    return found.map(({ items }) => items.map(({ resource }) => resource));
  }

  async find(call: Call, type: ResourceTypeName, query: Query): Promise<Page<StoredResource>> {
    return find(this.#store(call), type, query);
  }

  async linked(
    call: Call,
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[],
    options: LinkOptions,
  ): Promise<readonly Page<Linked>[]> {
    return linked(this.#store(call), edge, direction, ids, options);
  }

  async areLinked(
    call: Call,
    edge: EdgeName,
    pairs: readonly { readonly from: ResourceId; readonly to: ResourceId }[],
    { transitive }: { readonly transitive: boolean },
  ): Promise<readonly boolean[]> {
    return areLinked(this.#store(call), edge, pairs, transitive);
  }

  async write(call: Call, operations: readonly Write[]): Promise<readonly (Written | DirectoryError)[]> {
    const store = this.#store(call);
    const answers: (Written | DirectoryError)[] = [];
    for (let at = 0; at < operations.length; at += WRITES_PER_TRIP) {
      const part = operations.slice(at, at + WRITES_PER_TRIP);
      answers.push(...(await this.#writePart(store, call, part).catch((error) => refuseRest(error, at, part))));
    }
    return answers;
  }

  async secrets(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): Promise<readonly (Secrets | null)[]> {
    const store = this.#store(call);
    const replies = await store.ask(
      ids.map((id) => ({ name: 'hmget', args: [store.key(recordKey(id, false)), 't', 's'] })),
    );
    return (replies as [string | null, string | null][]).map(([found, hash]) => {
      if (found !== encodeText(type)) return null;
      return hash === null ? {} : { passwordHash: hash };
    });
  }

  async changes(call: Call, after: string | null, limit: number): Promise<Changes> {
    if (after === null) return { changes: [], next: await presentPosition(this.#store(call)) };
    this.#check(call);
    const first = await readChanges(this.#patientStore(call), after, limit);
    if (first.changes.length > 0) return first;
    const channel = this.#patientStore(call).key(LOG);
    await Promise.race([this.#bell.listen(channel), aborted(call.signal)]);
    while (!call.signal.aborted) {
      const found = await readChanges(this.#patientStore(call), after, limit);
      if (found.changes.length > 0) return found;
      await this.#bell.next(channel, call.signal);
      if (this.#closed) throw closed();
    }
    return { changes: [], next: after };
  }

  async ping(call: Call): Promise<void> {
    const store = this.#store(call);
    await store.ask([{ name: 'exists', args: [store.key(LOG)] }]);
  }

  async inspect(call: Call): Promise<Inspection> {
    this.#check(call);
    return inspectServer(this.#connection, call);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#bell.close();
    this.#connection.close();
  }

  async #writePart(
    store: Store,
    call: Call,
    operations: readonly Write[],
  ): Promise<readonly (Written | DirectoryError)[]> {
    const prepared = operations.map((operation) => this.#prepare(call, operation));
    const sent = prepared.filter((each): each is Prepared => !(each instanceof DirectoryError));
    const replies = await store.write(sent.map(({ args }) => store.script(WRITE_SCRIPT, ...args)));
    const byWrite = new Map(sent.map((each, at) => [each, replies[at]]));
    return prepared.map((each) => {
      if (each instanceof DirectoryError) return each;
      const reply = byWrite.get(each);
      return reply instanceof DirectoryError ? reply : readAnswer(each.operation, reply);
    });
  }

  #prepare(call: Call, given: Write): Prepared | DirectoryError {
    const id = given.id ?? (randomUUID() as string as ResourceId);
    const operation: WriteOfId = { ...given, id };
    try {
      return { operation, args: encodeWrite(call, operation, this.#options.changesKept) };
    } catch (error) {
      const refusal = asDirectoryError(error);
      if (refusal !== undefined) return refusal;
      throw error;
    }
  }

  #store(call: Call): Store {
    this.#check(call);
    return new Store(this.#connection, this.#options.prefix, call);
  }

  /** Of one who waits: being given up ends the waiting, not the reading. */
  #patientStore(call: Call): Store {
    if (this.#closed) throw closed();
    const limits = { deadline: Date.now() + READ_LIMIT_MS, signal: NEVER };
    return new Store(this.#connection, this.#options.prefix, call, limits);
  }

  /** @throws UNAVAILABLE after close, TIMEOUT */
  #check(call: Call): void {
    if (this.#closed) throw closed();
    if (call.signal.aborted) throw tooLate('asked');
    if (Date.now() >= call.deadline) throw tooLate('answered');
  }
}

const NEVER = new AbortController().signal;

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** What was thrown before anything of a later part was sent is the answer to each of it. */
function refuseRest(error: unknown, sent: number, part: readonly Write[]): readonly DirectoryError[] {
  const refusal = asDirectoryError(error);
  if (sent === 0 || refusal === undefined) throw error;
  return part.map(() => refusal);
}

function closed(): DirectoryError {
  return new DirectoryError('UNAVAILABLE', 'the redis backend is closed');
}
