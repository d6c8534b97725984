import type { Capabilities, DirectoryAdapter, LinkOptions, Query, Write, Written } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { DirectoryError } from '#model/errors.ts';
import type { EdgeName, Key, ResourceId, ResourceTypeName, TenantId } from '#model/resource.ts';

/** Decides when a write is sent, and whether. */
export type PassWrite = (
  call: Call,
  operations: readonly Write[],
  send: () => Promise<readonly (Written | DirectoryError)[]>,
) => Promise<readonly (Written | DirectoryError)[]>;

/** The same adapter with something before its writes. Every method is named, since a spread would let a new one pass. */
export class FencedAdapter implements DirectoryAdapter {
  readonly name: string;
  readonly #inner: DirectoryAdapter;
  readonly #pass: PassWrite;

  constructor(inner: DirectoryAdapter, pass: PassWrite) {
    this.name = inner.name;
    this.#inner = inner;
    this.#pass = pass;
  }

  capabilities(tenant: TenantId, type: ResourceTypeName): Capabilities {
    return this.#inner.capabilities(tenant, type);
  }

  getMany(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): ReturnType<DirectoryAdapter['getMany']> {
    return this.#inner.getMany(call, type, ids);
  }

  byKeys(call: Call, type: ResourceTypeName, keys: readonly Key[]): ReturnType<DirectoryAdapter['byKeys']> {
    return this.#inner.byKeys(call, type, keys);
  }

  find(call: Call, type: ResourceTypeName, query: Query): ReturnType<DirectoryAdapter['find']> {
    return this.#inner.find(call, type, query);
  }

  linked(
    call: Call,
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[],
    options: LinkOptions,
  ): ReturnType<DirectoryAdapter['linked']> {
    return this.#inner.linked(call, edge, direction, ids, options);
  }

  areLinked(
    call: Call,
    edge: EdgeName,
    pairs: readonly { readonly from: ResourceId; readonly to: ResourceId }[],
    options: { readonly transitive: boolean },
  ): ReturnType<DirectoryAdapter['areLinked']> {
    return this.#inner.areLinked(call, edge, pairs, options);
  }

  write(call: Call, operations: readonly Write[]): ReturnType<DirectoryAdapter['write']> {
    return this.#pass(call, operations, () => this.#inner.write(call, operations));
  }

  secrets(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): ReturnType<DirectoryAdapter['secrets']> {
    return this.#inner.secrets(call, type, ids);
  }

  changes(call: Call, after: string | null, limit: number): ReturnType<DirectoryAdapter['changes']> {
    return this.#inner.changes(call, after, limit);
  }

  ping(call: Call): Promise<void> {
    return this.#inner.ping(call);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
