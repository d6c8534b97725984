import type { Capabilities, DirectoryAdapter, Inspection, LinkOptions, Query, Write } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { EdgeName, Key, ResourceId, ResourceTypeName, TenantId } from '#model/resource.ts';

/** `method` is the contract's name; `errorCode` is a DirectoryError's code, or `UNEXPECTED` for a bug. */
export type ObserveCall = (method: string, seconds: number, errorCode?: string) => void;

/**
 * The same adapter, telling how long each call took and how it failed. It is on every request: one timer, no closure.
 * Every method is named, since a spread would let a new one pass unobserved. `changes` waits by design, `inspect` and `close` happen
 * once, so their times would say nothing about the backend.
 */
export function observed(adapter: DirectoryAdapter, observe: ObserveCall): DirectoryAdapter {
  return new ObservedAdapter(adapter, observe);
}

class ObservedAdapter implements DirectoryAdapter {
  readonly name: string;
  readonly #inner: DirectoryAdapter;
  readonly #observe: ObserveCall;

  constructor(inner: DirectoryAdapter, observe: ObserveCall) {
    this.name = inner.name;
    this.#inner = inner;
    this.#observe = observe;
  }

  capabilities(tenant: TenantId, type: ResourceTypeName): Capabilities {
    return this.#inner.capabilities(tenant, type);
  }

  getMany(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): ReturnType<DirectoryAdapter['getMany']> {
    return this.#time('getMany', performance.now(), this.#inner.getMany(call, type, ids));
  }

  byKeys(call: Call, type: ResourceTypeName, keys: readonly Key[]): ReturnType<DirectoryAdapter['byKeys']> {
    return this.#time('byKeys', performance.now(), this.#inner.byKeys(call, type, keys));
  }

  find(call: Call, type: ResourceTypeName, query: Query): ReturnType<DirectoryAdapter['find']> {
    return this.#time('find', performance.now(), this.#inner.find(call, type, query));
  }

  linked(
    call: Call,
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[],
    options: LinkOptions,
  ): ReturnType<DirectoryAdapter['linked']> {
    return this.#time('linked', performance.now(), this.#inner.linked(call, edge, direction, ids, options));
  }

  areLinked(
    call: Call,
    edge: EdgeName,
    pairs: Parameters<DirectoryAdapter['areLinked']>[2],
    options: { readonly transitive: boolean },
  ): ReturnType<DirectoryAdapter['areLinked']> {
    return this.#time('areLinked', performance.now(), this.#inner.areLinked(call, edge, pairs, options));
  }

  write(call: Call, operations: readonly Write[]): ReturnType<DirectoryAdapter['write']> {
    return this.#time('write', performance.now(), this.#inner.write(call, operations));
  }

  secrets(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): ReturnType<DirectoryAdapter['secrets']> {
    return this.#time('secrets', performance.now(), this.#inner.secrets(call, type, ids));
  }

  changes(call: Call, after: string | null, limit: number): ReturnType<DirectoryAdapter['changes']> {
    return this.#inner.changes(call, after, limit);
  }

  ping(call: Call): Promise<void> {
    return this.#time('ping', performance.now(), this.#inner.ping(call));
  }

  /** What has nothing to say of itself says whether it serves. */
  async inspect(call: Call): Promise<Inspection> {
    if (this.#inner.inspect !== undefined) return this.#inner.inspect(call);
    await this.#inner.ping(call);
    return { faults: [], notices: [] };
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  async #time<Answer>(method: string, start: number, answer: Promise<Answer>): Promise<Answer> {
    try {
      const value = await answer;
      this.#observe(method, (performance.now() - start) / 1_000);
      return value;
    } catch (error) {
      this.#observe(method, (performance.now() - start) / 1_000, codeOf(error));
      throw error;
    }
  }
}

/** By `code`, since a third-party adapter may load its own copy of DirectoryError. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return error instanceof Error && error.name === 'DirectoryError' && typeof code === 'string' ? code : 'UNEXPECTED';
}
