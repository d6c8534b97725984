import { isDeepStrictEqual } from 'node:util';
import type { MemberChange, Write, Written } from '#adapters/adapter.ts';
import { DirectoryError, type ErrorCode } from '#model/errors.ts';
import type { Key, Ref, ResourceId, StoredResource, Version } from '#model/resource.ts';

/** All that a tenant has, by id. */
export type All = Map<ResourceId, Held>;

export interface Held {
  readonly resource: StoredResource;
  readonly unique: readonly Key[];
  readonly lookup: readonly Key[];
  readonly members: ReadonlySet<ResourceId>;
}

/** Past this many, an answer says `many`. */
const REFS_LIMIT = 1_000;

let serial = Date.now();

/** Everything is checked before anything is stored. @throws {DirectoryError} having left nothing behind */
export function applyWrite(all: All, operation: Write): Written {
  switch (operation.kind) {
    case 'create':
      return applyCreate(all, operation);
    case 'update':
      return applyUpdate(all, operation);
    case 'delete':
      return applyDelete(all, operation);
    case 'restore':
      throw fail('UNSUPPORTED', 'this adapter retains nothing');
  }
}

type Operation<Kind extends Write['kind']> = Extract<Write, { kind: Kind }>;

function applyCreate(all: All, { type, id, draft, members, stamps }: Operation<'create'>): Written {
  if (stamps || draft.secrets) throw fail('UNSUPPORTED', 'this adapter takes neither stamps nor passwords');
  if (id === undefined || all.has(id)) throw fail('UNIQUENESS', 'id is taken', ['id'], id ? [id] : []);
  checkDraft(all, type, id, draft);
  const after = membersAfter(all, id, new Set(), members);
  const { attributes, links, uniqueKeys: unique, lookupKeys: lookup } = structuredClone(draft);
  const resource = stamp({ id, type, attributes, links });
  all.set(id, { resource, unique, lookup, members: after });
  return { resource, changed: true, ...(members && { members: difference(all, new Set(), after) }) };
}

function applyUpdate(all: All, operation: Operation<'update'>): Written {
  const { type, id, content, members, stamps } = operation;
  const held = stored(all, operation);
  if (stamps || content?.draft.secrets) throw fail('UNSUPPORTED', 'this adapter takes neither stamps nor passwords');
  if (content && !sameContent(held.resource, content.before))
    throw fail('VERSION_MISMATCH', 'changed since it was read');
  if (content) checkDraft(all, type, id, content.draft);
  const after = membersAfter(all, id, held.members, members);
  const draft = structuredClone(content?.draft);
  const { attributes, links } = draft ?? held.resource;
  const moved = !isDeepStrictEqual(after, held.members);
  const changed = moved || !sameContent(held.resource, { attributes, links });
  const resource = changed ? stamp({ ...held.resource, attributes, links }) : held.resource;
  const answer = members && { members: difference(all, held.members, after) };
  all.set(id, {
    resource,
    unique: draft?.uniqueKeys ?? held.unique,
    lookup: draft?.lookupKeys ?? held.lookup,
    members: after,
  });
  return { resource, changed, ...answer };
}

function applyDelete(all: All, operation: Operation<'delete'>): Written {
  if (operation.retain) throw fail('UNSUPPORTED', 'this adapter retains nothing');
  const { id } = stored(all, operation).resource;
  all.delete(id);
  const touched: Ref[] = [];
  for (const held of inOrder(all.values())) {
    const { resource, members } = held;
    const isReport = resource.links.manager === id;
    if (!isReport && !members.has(id)) continue;
    const left = [...members].filter((member) => member !== id);
    const links = isReport ? {} : resource.links;
    all.set(resource.id, { ...held, resource: stamp({ ...resource, links }), members: new Set(left) });
    touched.push(refTo(all, resource.id));
  }
  return { resource: null, changed: true, touched: touched.length > REFS_LIMIT ? 'many' : touched };
}

function stored(all: All, { type, id, ifVersion }: Operation<'update' | 'delete'>): Held {
  const held = all.get(id);
  if (held?.resource.type !== type) throw fail('NOT_FOUND', 'no such resource', [], [id]);
  if (ifVersion !== undefined && ifVersion !== held.resource.version) {
    throw fail('VERSION_MISMATCH', 'changed since it was read');
  }
  return held;
}

function checkDraft(all: All, type: string, id: ResourceId, { links, uniqueKeys }: Operation<'create'>['draft']): void {
  for (const { resource, unique } of all.values()) {
    if (resource.id === id || resource.type !== type) continue;
    const taken = uniqueKeys.find((key) => unique.some((other) => sameKey(key, other)));
    if (taken) throw fail('UNIQUENESS', `${taken.attribute} is taken`, [taken.attribute], [resource.id]);
  }
  const { manager } = links;
  if (manager !== undefined && manager !== id && all.get(manager)?.resource.type !== 'User') {
    throw fail('INVALID_VALUE', 'manager must be a user that exists', ['manager'], [manager]);
  }
}

function membersAfter(
  all: All,
  group: ResourceId,
  before: ReadonlySet<ResourceId>,
  change: MemberChange = {},
): ReadonlySet<ResourceId> {
  const after = new Set(change.replace ? [] : before);
  for (const id of change.remove ?? []) after.delete(id);
  const add = change.add ?? [];
  const missing = add.filter(({ id, type }) => {
    const found = all.get(id)?.resource.type;
    return id !== group && (found === undefined || (type ?? found) !== found);
  });
  if (missing.length > 0) {
    throw fail(
      'INVALID_VALUE',
      'members must exist',
      ['members'],
      missing.map(({ id }) => id),
    );
  }
  for (const { id } of add) {
    if (contains(all, id, group, new Set())) throw fail('CYCLE', 'a group cannot contain itself', ['members'], [id]);
    after.add(id);
  }
  return after;
}

function contains(all: All, group: ResourceId, wanted: ResourceId, seen: Set<ResourceId>): boolean {
  if (group === wanted) return true;
  if (seen.has(group)) return false;
  seen.add(group);
  return [...(all.get(group)?.members ?? [])].some((member) => contains(all, member, wanted, seen));
}

function difference(
  all: All,
  before: ReadonlySet<ResourceId>,
  after: ReadonlySet<ResourceId>,
): NonNullable<Written['members']> {
  const added = [...after].filter((id) => !before.has(id)).map((id) => refTo(all, id));
  const removed = [...before].filter((id) => !after.has(id)).map((id) => refTo(all, id));
  return added.length + removed.length > REFS_LIMIT ? 'many' : { added, removed };
}

/** A new version for every change; a clock that is set back does not show. */
function stamp(
  content: Pick<StoredResource, 'id' | 'type' | 'attributes' | 'links'> & Partial<StoredResource>,
): StoredResource {
  const modifiedAt = new Date(Math.max(Date.now(), content.modifiedAt?.getTime() ?? 0));
  return { ...content, version: `v${serial++}` as Version, createdAt: content.createdAt ?? modifiedAt, modifiedAt };
}

type Content = Pick<StoredResource, 'attributes' | 'links'>;

function sameContent(a: Content, b: Content): boolean {
  return (
    a.links.manager === b.links.manager &&
    isDeepStrictEqual(structuredClone(a.attributes), structuredClone(b.attributes))
  );
}

export function sameKey(a: Key, b: Key): boolean {
  return a.attribute === b.attribute && a.value === b.value;
}

function refTo(all: All, id: ResourceId): Ref {
  return { id, type: all.get(id)?.resource.type ?? '' };
}

export function inOrder(all: Iterable<Held>): readonly Held[] {
  return [...all].sort((a, b) => (a.resource.id < b.resource.id ? -1 : 1));
}

export function fail(
  code: ErrorCode,
  detail: string,
  paths: readonly string[] = [],
  ids: readonly string[] = [],
): DirectoryError {
  return new DirectoryError(code, detail, { ids, faults: paths.map((path) => ({ path, expected: 'another value' })) });
}
