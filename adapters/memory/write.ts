import { randomUUID } from 'node:crypto';
import type { Change, Draft, Secrets, Stamps, Write, Written } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Links, ResourceId, StoredResource } from '#model/resource.ts';
import { sameJson } from '#model/same-json.ts';
import { EDGE_ENDS, withEdge, withoutEdge } from './links/edges.ts';
import { capPlan, isEmptyPlan, type MemberPlan, planToRefs, REFS_LIMIT } from './links/member-plan.ts';
import { applyMembers, notFound, planMembers } from './links/membership.ts';
import { emptyRow, parseSerial, Row, type RowKeys, rowToRef, rowToResource, type StoredSecrets } from './row.ts';
import type { TenantStore } from './tenant-store.ts';
import type { Compactor } from './values/compact.ts';

type Operation<Kind extends Write['kind']> = Extract<Write, { kind: Kind }>;
type Update = Operation<'update'>;

/**
 * A tenant's writes. Each method checks everything before it changes anything and never pauses, which is what makes it atomic.
 * @throws {DirectoryError} having left nothing behind
 */
export class Writer {
  readonly #store: TenantStore;
  readonly #compactor: Compactor;
  readonly #call: Call;
  readonly #now = Date.now();

  constructor(store: TenantStore, compactor: Compactor, call: Call) {
    this.#store = store;
    this.#compactor = compactor;
    this.#call = call;
  }

  apply(operation: Write): Written {
    switch (operation.kind) {
      case 'create':
        return this.#create(operation);
      case 'update':
        return this.#update(operation);
      case 'delete':
        return this.#delete(operation);
      case 'restore':
        return this.#restore(operation);
    }
  }

  #create({ type, id = randomUUID() as ResourceId, draft, members, stamps }: Operation<'create'>): Written {
    const store = this.#store;
    if (store.live.has(id) || store.retained.has(id)) throw idTaken(id);
    checkSecrets(draft.secrets);
    const created = stamps?.createdAt.getTime() ?? this.#now;
    const row = new Row(store.type(type), id, this.#compactor.attributes(draft.attributes), created, created);
    const manager = this.#resolveManager(row, draft.links);
    const keys = this.#resolveKeys(row, draft);
    const plan = planMembers(store, { type, id, row: null }, members);

    assignKeys(row, keys);
    setManager(row, manager);
    if (plan) applyMembers(store, row, plan);
    this.#stamp(row, 'created', plan, stamps);
    if (draft.secrets) row.secrets = mergeSecrets(row, draft.secrets);
    store.add(row);
    return answer(row, true, plan);
  }

  #update(operation: Update): Written {
    const { type, id, content, members, ifVersion, stamps } = operation;
    const row = this.#row(type, id);
    if (ifVersion !== undefined && ifVersion !== row.version) throw versionMismatch(id);
    if (content) checkUnchanged(row, content.before);
    checkSecrets(content?.draft.secrets);
    const manager = content ? this.#resolveManager(row, content.draft.links) : row.manager;
    const keys = content && this.#resolveKeys(row, content.draft);
    const plan = planMembers(this.#store, { type, id, row }, members);

    const differs = content !== undefined && (manager !== row.manager || contentDiffers(row, content.draft));
    const moves = plan !== undefined && !isEmptyPlan(plan);
    if (keys) this.#setKeys(row, keys);
    if (!differs && !moves) return answer(row, false, plan);
    this.#store.change(row, () => {
      if (content && differs) this.#setContent(row, content.draft.attributes, manager);
      if (plan) applyMembers(this.#store, row, plan);
      this.#stamp(row, 'updated', plan, stamps);
      if (content?.draft.secrets) row.secrets = mergeSecrets(row, content.draft.secrets);
    });
    return answer(row, true, plan);
  }

  #delete({ type, id, ifVersion, retain }: Operation<'delete'>): Written {
    const store = this.#store;
    const row = this.#row(type, id);
    if (ifVersion !== undefined && ifVersion !== row.version) throw versionMismatch(id);
    const groups = [...(row.memberOf ?? [])];
    const reports = [...(row.reports ?? [])].filter((report) => report !== row);

    store.remember(row);
    store.remove(row);
    this.#stamp(row, 'deleted');
    this.#dropOutward(row);
    for (const group of groups) this.#touch(group, { added: [], removed: [row] });
    for (const report of reports) this.#clearManager(report);
    if (retain) store.retained.set(id, row);
    else emptyRow(row);
    const touched = [...groups, ...reports];
    if (touched.length === 0) return { resource: null, changed: true };
    return { resource: null, changed: true, touched: touched.length > REFS_LIMIT ? 'many' : touched.map(rowToRef) };
  }

  #restore({ type, id }: Operation<'restore'>): Written {
    const row = this.#store.retained.get(id);
    if (row?.type !== type) throw gone(type, id);
    this.#store.type(type).keys.checkFree({ layout: row.keyLayout, values: row.keyValues }, null);
    this.#store.retained.delete(id);
    this.#stamp(row, 'restored');
    this.#store.add(row);
    return answer(row, true, undefined);
  }

  #row(type: string, id: ResourceId): Row {
    const row = this.#store.find(type, id);
    if (row === undefined) throw gone(type, id);
    return row;
  }

  /** A user may manage himself, even from the moment of creation. */
  #resolveManager(row: Row, { manager: id }: Links): Row | null {
    if (id === undefined) return null;
    const manager = id === row.id ? row : this.#store.live.get(id);
    const fits = manager !== undefined && EDGE_ENDS.manager.to.includes(manager.type);
    if (!fits || row.type !== EDGE_ENDS.manager.from) throw notFound('manager', 'the id of a user that exists', [id]);
    return manager;
  }

  #resolveKeys(row: Row, draft: Draft): RowKeys {
    const index = this.#store.type(row.type).keys;
    const keys = index.pack(draft, this.#compactor);
    index.checkFree(keys, row);
    return keys;
  }

  #setKeys(row: Row, keys: RowKeys): void {
    if (keys.layout === row.keyLayout && sameJson(keys.values, row.keyValues)) return;
    const index = this.#store.type(row.type).keys;
    index.remove(row);
    assignKeys(row, keys);
    index.add(row);
  }

  #setContent(row: Row, attributes: StoredResource['attributes'], manager: Row | null): void {
    if (!sameJson(attributes, row.attributes)) row.attributes = this.#compactor.attributes(attributes);
    if (row.manager !== null) this.#store.remember(row.manager);
    if (manager !== null) this.#store.remember(manager);
    setManager(row, manager);
  }

  /** Of a row that leaves: its own edges, whose far ends keep their versions. */
  #dropOutward(row: Row): void {
    if (row.manager !== null) this.#store.remember(row.manager);
    setManager(row, null);
    for (const member of row.members ?? []) {
      this.#store.remember(member);
      member.memberOf = withoutEdge(member.memberOf, row);
    }
    row.members = null;
  }

  #touch(group: Row, plan: MemberPlan): void {
    this.#store.change(group, () => {
      applyMembers(this.#store, group, plan);
      this.#stamp(group, 'updated', plan);
    });
  }

  #clearManager(report: Row): void {
    this.#store.change(report, () => {
      setManager(report, null);
      this.#stamp(report, 'updated');
    });
  }

  /** Records the change and dates the row by it; time given by the caller aside, a clock set back does not show. */
  #stamp(row: Row, kind: Change['kind'], plan?: MemberPlan, stamps?: Stamps): void {
    row.created = stamps?.createdAt.getTime() ?? row.created;
    row.modified = stamps?.modifiedAt.getTime() ?? Math.max(row.modified, this.#now);
    const moved = plan !== undefined && !isEmptyPlan(plan);
    row.serial = this.#store.log.append(this.#call, kind, row, moved ? capPlan(plan) : undefined);
  }
}

function answer(row: Row, changed: boolean, plan: MemberPlan | undefined): Written {
  const resource = rowToResource(row);
  return plan === undefined ? { resource, changed } : { resource, changed, members: planToRefs(plan) };
}

function assignKeys(row: Row, { layout, values }: RowKeys): void {
  row.keyLayout = layout;
  row.keyValues = values;
}

function setManager(row: Row, manager: Row | null): void {
  if (row.manager === manager) return;
  if (row.manager !== null) row.manager.reports = withoutEdge(row.manager.reports, row);
  row.manager = manager;
  if (manager !== null) manager.reports = withEdge(manager.reports, row);
}

/** Members may have changed since `before` was read; its attributes, links and secrets may not. */
function checkUnchanged(row: Row, before: StoredResource): void {
  const same = before.links.manager === row.manager?.id && sameJson(before.attributes, row.attributes);
  if (!same || secretsChangedSince(row, before)) throw versionMismatch(row.id);
}

function secretsChangedSince({ secrets, home }: Row, before: StoredResource): boolean {
  if (secrets === null) return false;
  const readAt = parseSerial(before.version, home.epoch);
  return readAt === undefined || readAt < secrets.serial;
}

function contentDiffers(row: Row, draft: Draft): boolean {
  return draft.secrets !== undefined || !sameJson(draft.attributes, row.attributes);
}

function mergeSecrets({ secrets, serial }: Row, given: Secrets): StoredSecrets {
  return { ...secrets, ...given, serial };
}

function checkSecrets(secrets: Secrets | undefined): void {
  if (secrets?.password === undefined) return;
  throw new DirectoryError('UNSUPPORTED', 'the memory backend stores password hashes, never passwords');
}

function gone(type: string, id: ResourceId): DirectoryError {
  return new DirectoryError('NOT_FOUND', `no ${type} has this id`, { ids: [id] });
}

function idTaken(id: ResourceId): DirectoryError {
  return new DirectoryError('UNIQUENESS', 'id is taken by another resource', {
    ids: [id],
    faults: [{ path: 'id', expected: 'an id that no resource has or had' }],
  });
}

function versionMismatch(id: ResourceId): DirectoryError {
  return new DirectoryError(
    'VERSION_MISMATCH',
    'the resource has changed since it was read; read it again and repeat the change',
    { ids: [id] },
  );
}
