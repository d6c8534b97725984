import type { AdapterModule, Capabilities, DirectoryAdapter, Write, Written } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { isObject } from '#model/values.ts';
import { Connection } from './connection.ts';
import { type FromBackend, type Method, sentToAnswer, sentToError } from './messages.ts';

interface RemoteOptions {
  /** The path of the socket at which `backend-process.ts` listens. */
  readonly socket: string;
  /** Which of its stores; each is empty at first. */
  readonly store: string;
}

/** A backend in a process of its own, so that it can be killed: what a driver of a database is, at its smallest. */
export const adapter: AdapterModule<RemoteOptions> = {
  options: { parse: parseOptions },
  async open(options) {
    const model = await memory.open(memory.options.parse(undefined), () => []);
    return new RemoteAdapter(options, model.capabilities.bind(model));
  },
};

function parseOptions(value: unknown): RemoteOptions {
  const { socket, store = 'one' } = isObject(value as never) ? (value as { socket?: unknown; store?: unknown }) : {};
  if (typeof socket === 'string' && typeof store === 'string') return { socket, store };
  throw new DirectoryError('INVALID_VALUE', 'the options have faults', {
    faults: [{ path: 'socket', expected: 'the path of a socket' }],
  });
}

class RemoteAdapter implements DirectoryAdapter {
  readonly name = 'remote';
  readonly capabilities: () => Capabilities;
  readonly #options: RemoteOptions;
  #connection: Promise<Connection> | undefined;
  #closed = false;

  constructor(options: RemoteOptions, capabilities: DirectoryAdapter['capabilities']) {
    this.#options = options;
    this.capabilities = () => capabilities('' as never, '');
  }

  getMany: DirectoryAdapter['getMany'] = (call, ...args) => this.#read('getMany', call, args);
  byKeys: DirectoryAdapter['byKeys'] = (call, ...args) => this.#read('byKeys', call, args);
  find: DirectoryAdapter['find'] = (call, ...args) => this.#read('find', call, args);
  linked: DirectoryAdapter['linked'] = (call, ...args) => this.#read('linked', call, args);
  areLinked: DirectoryAdapter['areLinked'] = (call, ...args) => this.#read('areLinked', call, args);
  secrets: DirectoryAdapter['secrets'] = (call, ...args) => this.#read('secrets', call, args);
  ping: DirectoryAdapter['ping'] = (call) => this.#read('ping', call, []);

  /** Whoever gives up waiting has got what there is: nothing. */
  async changes(call: Call, after: string | null, limit: number): ReturnType<DirectoryAdapter['changes']> {
    checkInTime(call);
    return this.#read<Awaited<ReturnType<DirectoryAdapter['changes']>>>('changes', call, [after, limit]).catch(
      (error) => {
        if (after === null || !call.signal.aborted) throw error;
        return { changes: [], next: after };
      },
    );
  }

  /** What was sent may have happened: then each operation's outcome is unknown, unless its answer comes. */
  async write(call: Call, operations: readonly Write[]): Promise<readonly (Written | DirectoryError)[]> {
    const answer = await this.#ask('write', call, [operations]);
    return 'lost' in answer ? operations.map(() => unknownOutcome()) : (answer.value as Written[]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    (await this.#connection?.catch(() => undefined))?.close();
  }

  async #read<T>(method: Method, call: Call, args: readonly unknown[]): Promise<T> {
    const answer = await this.#ask(method, call, args);
    if ('lost' in answer) throw answer.lost;
    return answer.value as T;
  }

  /** `lost` where the question went out and no answer came. @throws {DirectoryError} where nothing went out, or the answer is an error */
  async #ask(
    method: Method,
    call: Call,
    args: readonly unknown[],
  ): Promise<{ readonly value: unknown } | { readonly lost: DirectoryError }> {
    checkInTime(call);
    const connection = await this.#connected();
    checkInTime(call);
    const { signal, tenant, actor, requestId, deadline, consistency } = call;
    const sent = { tenant, actor, requestId, deadline, consistency };
    return new Promise((resolve, reject) => {
      const settled = () => signal.removeEventListener('abort', abort);
      const abort = () => {
        settled();
        connection.giveUp(id);
        resolve({ lost: new DirectoryError('TIMEOUT', 'the request was given up before the backend answered') });
      };
      const id = connection.ask(
        { method, call: sent, args },
        {
          answered: (message: FromBackend) => {
            settled();
            if ('error' in message) reject(sentToError(message.error));
            else resolve({ value: sentToAnswer(method, message.value) });
          },
          broken: () => {
            settled();
            resolve({ lost: unavailable('the connection to the backend broke') });
          },
        },
      );
      signal.addEventListener('abort', abort);
    });
  }

  /** One connection for all calls; after a break the next call opens another. */
  async #connected(): Promise<Connection> {
    if (this.#closed) throw unavailable('the adapter is closed');
    const known = await this.#connection?.catch(() => undefined);
    if (this.#closed) throw unavailable('the adapter is closed');
    if (known !== undefined && !known.isBroken) return known;
    const opening = Connection.open(this.#options.socket, this.#options.store);
    this.#connection = opening;
    return opening.catch((cause: unknown) => {
      throw unavailable('the backend cannot be reached', cause);
    });
  }
}

function checkInTime({ signal, deadline }: Call): void {
  if (signal.aborted || Date.now() >= deadline) throw new DirectoryError('TIMEOUT', 'the request has no time left');
}

function unavailable(detail: string, cause?: unknown): DirectoryError {
  return new DirectoryError('UNAVAILABLE', detail, { retryAfterMs: 2_000, cause });
}

function unknownOutcome(): DirectoryError {
  return new DirectoryError('OUTCOME_UNKNOWN', 'the connection broke before the answer to the write came');
}
