import type { LinkOptions, Page, PageRequest } from '#adapters/adapter.ts';
import { type Call, onPrimary } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Filter, Sort } from '#model/filter.ts';
import { fold } from '#model/fold.ts';
import type { Principal } from '#model/principal.ts';
import type { EdgeName, JsonObject, Linked, ResourceId, StoredResource } from '#model/resource.ts';
import { askInBatches } from './batches.ts';
import { carryOutMany } from './bulk/carry-out-many.ts';
import type { BulkAnswer, BulkOperation, BulkOptions } from './bulk/operation.ts';
import { type Affected, affectedBy } from './changes/affected.ts';
import { awaitChanges } from './changes/await-changes.ts';
import type { Change, ChangePage, ChangeSearch } from './changes/change-page.ts';
import { readChanges } from './changes/read-changes.ts';
import type { Directory } from './directory.ts';
import { type FilterOptions, readFilter } from './filter/read.ts';
import { resolveFilter } from './filter/resolve.ts';
import { keyAttributesOf } from './keys.ts';
import { type Loaders, openLoaders } from './loaders.ts';
import { arePairsLinked, type LinkPair, linkedPages } from './membership.ts';
import { checkOffered } from './offered.ts';
import type { PatchOperation } from './patch/operation.ts';
import { checkSearch } from './policy/check-search.ts';
import type { Outlook } from './policy/outlook.ts';
import { findRetained, restoreResource } from './retained.ts';
import type { ResourceType } from './schema/attribute.ts';
import { runsOf } from './search/across-runs.ts';
import { type CursorPage, type CursorSearch, findByCursor } from './search/cursor-page.ts';
import { findResources } from './search/find.ts';
import { findAcross } from './search/find-across.ts';
import { findByPrefix, type PrefixHit, type PrefixSearch } from './search/find-by-prefix.ts';
import { type FoundIds, findIds } from './search/find-ids.ts';
import { type ListCursors, openListCursors } from './search/list-cursors.ts';
import { matchAll } from './search/residue.ts';
import { resolveSort } from './search/sort-path.ts';
import { walkAcross } from './search/walk-across.ts';
import type { PatchOptions, Search, Session, WidePage, WideSearch, WriteOptions } from './session.ts';
import { carryOut, carryOutToResource } from './write/carry-out.ts';
import { createMany } from './write/create-many.ts';
import { type Plan, planCreate, planDelete, planPatch, planReplace } from './write/plan.ts';

export function openSession(outlook: Outlook, call: Call, principal: Principal): Session {
  return new DirectorySession(outlook, call, principal);
}

class DirectorySession implements Session {
  /** What the credential sees; only writes have the other. */
  readonly directory: Directory;
  private readonly writes: Directory;
  readonly call: Call;
  readonly principal: Principal;
  private openedLoaders: Loaders | undefined;
  private openedOnPrimary: Session | undefined;

  constructor({ reads, writes }: Outlook, call: Call, principal: Principal) {
    this.directory = reads;
    this.writes = writes;
    this.call = call;
    this.principal = principal;
  }

  get registry() {
    return this.directory.registry;
  }

  get visibility() {
    return this.directory.visibility;
  }

  get loaders(): Loaders {
    this.openedLoaders ??= openLoaders(this);
    return this.openedLoaders;
  }

  get onPrimary(): Session {
    if (this.call.consistency === 'primary') return this;
    this.openedOnPrimary ??= this.afresh();
    return this.openedOnPrimary;
  }

  afresh(): Session {
    return openSession({ reads: this.directory, writes: this.writes }, onPrimary(this.call), this.principal);
  }

  async get(type: ResourceType, id: ResourceId): Promise<StoredResource | null> {
    const [resource = null] = await this.directory.adapter.getMany(this.call, type.name, [id]);
    return resource;
  }

  getMany(type: ResourceType, ids: readonly ResourceId[]): Promise<readonly (StoredResource | null)[]> {
    const { adapter } = this.directory;
    return askInBatches(ids, (batch) => adapter.getMany(this.call, type.name, batch));
  }

  async byKeys(
    type: ResourceType,
    attribute: string,
    values: readonly string[],
  ): Promise<readonly (readonly StoredResource[])[]> {
    return this.findByKeys(this.directory, type, attribute, values);
  }

  async self(): Promise<StoredResource | null> {
    const type = this.registry.type('User');
    const { user } = this.principal;
    if (type === undefined || user === undefined) return null;
    const [[self] = []] = await this.findByKeys(this.writes, type, 'userName', [user]);
    return self === undefined ? null : this.seen(self);
  }

  private findByKeys(
    { adapter }: Directory,
    type: ResourceType,
    attribute: string,
    values: readonly string[],
  ): Promise<readonly (readonly StoredResource[])[]> {
    const key = keyAttributesOf(type).find(({ name }) => name === attribute);
    if (key === undefined) {
      throw new DirectoryError('INVALID_FILTER', `${type.name} is not looked up by ${attribute}; use a filter`);
    }
    const { comparison } = key.sub ?? key.attribute;
    const keys = values.map((value) => ({ attribute, value: String(fold(comparison, value)) }));
    return adapter.byKeys(this.call, type.name, keys);
  }

  find(type: ResourceType, search: Search): Promise<Page<StoredResource>> {
    return findResources(this.directory, this.call, type, search);
  }

  findIds(type: ResourceType, filter: Filter | undefined, limit: number): Promise<FoundIds> {
    return findIds(this.directory, this.call, type, filter, limit);
  }

  async matching<Resource extends StoredResource | Linked>(
    type: ResourceType,
    filter: Filter,
    resources: readonly Resource[],
  ): Promise<readonly Resource[]> {
    if (this.visibility !== undefined) checkSearch(this.visibility, type.name, { filter });
    return matchAll(this.directory, this.call, filter, resources);
  }

  findByCursor(type: ResourceType, search: CursorSearch): Promise<CursorPage> {
    return findByCursor(this, type, search);
  }

  cursorsOf(list: string): ListCursors {
    return openListCursors(this.directory.cursors, this.call, this.principal, list);
  }

  async findAcross(types: readonly ResourceType[], search: WideSearch): Promise<WidePage> {
    const runs = runsOf(types, search);
    const { from, limit } = search;
    if ('cursor' in from) return walkAcross(this, runs, { ...from, limit });
    return findAcross(this.directory, this.call, runs, { ...from, limit });
  }

  findByPrefix(search: PrefixSearch): Promise<readonly PrefixHit[]> {
    return findByPrefix(this.directory, this.call, search);
  }

  filter(type: ResourceType, text: string, options?: FilterOptions): Filter {
    return resolveFilter(type, readFilter([type], text, options), options);
  }

  sort(type: ResourceType, by: string, order: Sort['order']): Sort {
    return resolveSort(type, by, order);
  }

  linked(
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[],
    options: LinkOptions,
  ): Promise<readonly Page<Linked>[]> {
    return linkedPages(this.directory, this.call, edge, direction, ids, options);
  }

  areLinked(
    edge: EdgeName,
    pairs: readonly LinkPair[],
    options: { readonly transitive: boolean },
  ): Promise<readonly boolean[]> {
    return arePairsLinked(this.directory, this.call, edge, pairs, options);
  }

  changes(search: ChangeSearch): Promise<ChangePage> {
    return readChanges(this, search);
  }

  awaitChanges(search: ChangeSearch & { readonly after: string }): Promise<ChangePage> {
    return awaitChanges(this, search);
  }

  affected(changes: readonly Change[]): Promise<readonly (Affected | null)[]> {
    return affectedBy(this, changes);
  }

  async create(type: ResourceType, body: JsonObject): Promise<StoredResource> {
    checkOffered(type, 'create');
    return this.written(planCreate(this.writes, type, body));
  }

  async createMany(type: ResourceType, bodies: readonly JsonObject[]): Promise<readonly StoredResource[]> {
    return (await createMany(this.writes, this.call, type, bodies)).map((resource) => this.seen(resource));
  }

  async replace(
    type: ResourceType,
    id: ResourceId,
    body: JsonObject,
    options: WriteOptions = {},
  ): Promise<StoredResource> {
    checkOffered(type, 'replace');
    return this.written(planReplace(this.writes, { type, id, ...options }, body));
  }

  async patch(
    type: ResourceType,
    id: ResourceId,
    operations: readonly PatchOperation[],
    { oneChange, ...options }: PatchOptions = {},
  ): Promise<StoredResource> {
    checkOffered(type, 'patch');
    return this.written(planPatch(this.writes, { type, id, ...options }, operations, oneChange));
  }

  async delete(type: ResourceType, id: ResourceId, options: WriteOptions = {}): Promise<void> {
    checkOffered(type, 'delete');
    await carryOut(this.writes, this.call, planDelete(this.writes, { type, id, ...options }));
  }

  bulk(operations: readonly BulkOperation[], options: BulkOptions = {}): Promise<readonly (BulkAnswer | undefined)[]> {
    return carryOutMany(this.writes, this.call, operations, options);
  }

  private async written(plan: Plan): Promise<StoredResource> {
    return this.seen(await carryOutToResource(this.writes, this.call, plan));
  }

  private seen(resource: StoredResource): StoredResource {
    return this.visibility?.maskStored(resource) ?? resource;
  }

  retained(type: ResourceType, page: PageRequest): Promise<Page<StoredResource>> {
    return findRetained(this.directory, this.call, type, page);
  }

  async restore(type: ResourceType, id: ResourceId): Promise<StoredResource> {
    return this.seen(await restoreResource(this.writes, this.call, type, id));
  }
}
