import type { Capabilities, DirectoryAdapter, LinkOptions, Query, Write } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { EdgeName, Key, ResourceId, ResourceTypeName, TenantId } from '#model/resource.ts';

/**
 * The connection breaks during the adapter's n-th call. With `sent: 0` nothing went out; else the first `sent` operations of a write
 * happen, and the answer to the last of them is lost.
 */
export interface InjectedFault {
  /** Counted from 1, over all methods that ask the backend. */
  readonly call: number;
  readonly sent: number;
}

/** The same adapter with one fault to come; `null` arms none. Every method is named, as in any decorator. */
export function faultInjecting(adapter: DirectoryAdapter, fault: InjectedFault | null): DirectoryAdapter {
  return new FaultInjectingAdapter(adapter, fault);
}

class FaultInjectingAdapter implements DirectoryAdapter {
  readonly name: string;
  readonly #inner: DirectoryAdapter;
  readonly #fault: InjectedFault | null;
  #calls = 0;

  constructor(inner: DirectoryAdapter, fault: InjectedFault | null) {
    this.name = inner.name;
    this.#inner = inner;
    this.#fault = fault;
  }

  capabilities(tenant: TenantId, type: ResourceTypeName): Capabilities {
    return this.#inner.capabilities(tenant, type);
  }

  async getMany(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]) {
    this.#breakRead();
    return this.#inner.getMany(call, type, ids);
  }

  async byKeys(call: Call, type: ResourceTypeName, keys: readonly Key[]) {
    this.#breakRead();
    return this.#inner.byKeys(call, type, keys);
  }

  async find(call: Call, type: ResourceTypeName, query: Query) {
    this.#breakRead();
    return this.#inner.find(call, type, query);
  }

  async linked(call: Call, edge: EdgeName, direction: 'out' | 'in', ids: readonly ResourceId[], options: LinkOptions) {
    this.#breakRead();
    return this.#inner.linked(call, edge, direction, ids, options);
  }

  async areLinked(
    call: Call,
    edge: EdgeName,
    pairs: Parameters<DirectoryAdapter['areLinked']>[2],
    options: { readonly transitive: boolean },
  ) {
    this.#breakRead();
    return this.#inner.areLinked(call, edge, pairs, options);
  }

  async write(call: Call, operations: readonly Write[]) {
    if (!this.#isNext()) return this.#inner.write(call, operations);
    const sent = Math.min(this.#fault?.sent ?? 0, operations.length);
    if (sent === 0) throw broken();
    const answers = await this.#inner.write(call, operations.slice(0, sent));
    return operations.map((_, i) => (i < sent - 1 ? (answers[i] ?? broken()) : i < sent ? lost() : broken()));
  }

  async secrets(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]) {
    this.#breakRead();
    return this.#inner.secrets(call, type, ids);
  }

  async changes(call: Call, after: string | null, limit: number) {
    this.#breakRead();
    return this.#inner.changes(call, after, limit);
  }

  async ping(call: Call) {
    this.#breakRead();
    return this.#inner.ping(call);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  #isNext(): boolean {
    this.#calls++;
    return this.#calls === this.#fault?.call;
  }

  #breakRead(): void {
    if (this.#isNext()) throw broken();
  }
}

function broken(): DirectoryError {
  return new DirectoryError('UNAVAILABLE', 'the connection to the backend is broken');
}

function lost(): DirectoryError {
  return new DirectoryError('OUTCOME_UNKNOWN', 'the connection broke before the answer came');
}
