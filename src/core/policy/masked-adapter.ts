import type { Capabilities, Change, DirectoryAdapter, LinkOptions, Page, Query } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { EdgeName, Key, Linked, ResourceId, ResourceTypeName, StoredResource, TenantId } from '#model/resource.ts';
import { keyAttributesOf } from '../keys.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import { checkEdge } from './check-search.ts';
import { hiddenRefusal } from './refusal.ts';
import type { Visibility } from './visibility.ts';

/**
 * The adapter as a credential with a policy reads it: whatever comes out is masked, so that nothing built upon it can show what is
 * hidden, and a question by a hidden key or link is refused. What stands in a filter is checked before it gets here, as a whole.
 * It only reads: writes need what is stored. Every method is named, as in any decorator.
 */
export function masked(adapter: DirectoryAdapter, registry: SchemaRegistry, visibility: Visibility): DirectoryAdapter {
  return new MaskedAdapter(adapter, registry, visibility);
}

class MaskedAdapter implements DirectoryAdapter {
  readonly name: string;
  readonly #inner: DirectoryAdapter;
  readonly #registry: SchemaRegistry;
  readonly #visibility: Visibility;

  constructor(inner: DirectoryAdapter, registry: SchemaRegistry, visibility: Visibility) {
    this.name = inner.name;
    this.#inner = inner;
    this.#registry = registry;
    this.#visibility = visibility;
  }

  capabilities(tenant: TenantId, type: ResourceTypeName): Capabilities {
    return this.#inner.capabilities(tenant, type);
  }

  async getMany(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]) {
    const found = await this.#inner.getMany(call, type, ids);
    return found.map((resource) => resource && this.#visibility.maskStored(resource));
  }

  async byKeys(call: Call, type: ResourceTypeName, keys: readonly Key[]) {
    for (const { attribute } of keys) this.#checkKey(type, attribute);
    const found = await this.#inner.byKeys(call, type, keys);
    return found.map((resources) => resources.map(this.#visibility.maskStored));
  }

  async find(call: Call, type: ResourceTypeName, query: Query): Promise<Page<StoredResource>> {
    const page = await this.#inner.find(call, type, query);
    return { ...page, items: page.items.map(this.#visibility.maskStored) };
  }

  async linked(
    call: Call,
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[],
    options: LinkOptions,
  ): Promise<readonly Page<Linked>[]> {
    checkEdge(this.#visibility, edge);
    const pages = await this.#inner.linked(call, edge, direction, ids, options);
    return pages.map((page) => ({ ...page, items: page.items.map(this.#visibility.maskLinked) }));
  }

  async areLinked(
    call: Call,
    edge: EdgeName,
    pairs: Parameters<DirectoryAdapter['areLinked']>[2],
    options: { readonly transitive: boolean },
  ) {
    checkEdge(this.#visibility, edge);
    return this.#inner.areLinked(call, edge, pairs, options);
  }

  write(): never {
    throw new TypeError('what is masked is not written through');
  }

  secrets(): never {
    throw new TypeError('secrets are no part of what is seen');
  }

  async changes(call: Call, after: string | null, limit: number) {
    const { changes, next } = await this.#inner.changes(call, after, limit);
    return { changes: this.#visibility.hidesEdge('members') ? changes.map(withoutMembers) : changes, next };
  }

  ping(call: Call): Promise<void> {
    return this.#inner.ping(call);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  #checkKey(typeName: ResourceTypeName, key: string): void {
    const type = this.#registry.type(typeName);
    const found = type && keyAttributesOf(type).find(({ name }) => name === key);
    const place = found && { schema: found.schema, name: found.attribute.name, sub: found.sub?.name };
    if (place && !this.#visibility.hides(typeName, place)) return;
    throw hiddenRefusal(this.#visibility, key, 'looked up by');
  }
}

function withoutMembers({ members: _, ...change }: Change): Change {
  return change;
}
