import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type {
  Capabilities,
  DirectoryAdapter,
  LinkOptions,
  MemberChange,
  Page,
  Query,
  Write,
  Written,
} from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { DirectoryError, ErrorCode } from '#model/errors.ts';
import type { AttributePath } from '#model/filter.ts';
import type {
  Attributes,
  EdgeName,
  Linked,
  Links,
  Ref,
  ResourceId,
  ResourceTypeName,
  StoredResource,
  TenantId,
} from '#model/resource.ts';
import { draftOf, keyOf } from './sample.ts';

export const TENANT = 'one' as TenantId;
export const OTHER_TENANT = 'two' as TenantId;

type Group = ResourceId | Ref;
type Failure = { code: ErrorCode; ids?: readonly ResourceId[]; path?: string };

/** More than any test stores: a `next` that leads in a circle must fail, not hang. */
const RUNAWAY = 100_000;
/** A deadline far enough that no test meets it by accident. */
const PATIENCE_MS = 300_000;

export function callOf(change: Partial<Call> = {}): Call {
  return {
    tenant: TENANT,
    actor: 'suite',
    requestId: 'request-1',
    deadline: Date.now() + PATIENCE_MS,
    signal: new AbortController().signal,
    consistency: 'primary',
    ...change,
  };
}

/** An empty backend under test, with the few verbs in which the chapters are written. */
export class Subject {
  readonly adapter: DirectoryAdapter;
  readonly capabilities: Capabilities;
  readonly tenant: TenantId;

  constructor(adapter: DirectoryAdapter, tenant: TenantId = TENANT) {
    this.adapter = adapter;
    this.tenant = tenant;
    this.capabilities = adapter.capabilities(tenant, 'User');
  }

  in(tenant: TenantId): Subject {
    return new Subject(this.adapter, tenant);
  }

  get call(): Call {
    return callOf({ tenant: this.tenant });
  }

  /** Core assigns the id unless the backend must. */
  newId(): { readonly id?: ResourceId } {
    return this.capabilities.ids === 'given' ? { id: randomUUID() as string as ResourceId } : {};
  }

  createOf(
    type: ResourceTypeName,
    attributes: Attributes,
    links: Links = {},
    members?: MemberChange,
  ): Extract<Write, { kind: 'create' }> {
    const draft = draftOf(type, attributes, links);
    return { kind: 'create', type, ...this.newId(), draft, ...(members && { members }) };
  }

  user(userName: string, more: Attributes = {}, links: Links = {}): Promise<StoredResource> {
    return this.stored(this.createOf('User', { userName, ...more }, links));
  }

  async users<const Names extends readonly string[]>(
    ...names: Names
  ): Promise<{ [Index in keyof Names]: StoredResource }> {
    const users = await Promise.all(names.map((userName) => this.user(userName)));
    return users as { [Index in keyof Names]: StoredResource };
  }

  group(displayName: string, members: readonly Ref[] = []): Promise<StoredResource> {
    const add = members.map(({ id }) => ({ id }));
    return this.stored(this.createOf('Group', { displayName }, {}, add.length > 0 ? { add } : undefined));
  }

  membersOf(group: Group, change: MemberChange): Write {
    return { kind: 'update', type: 'Group', id: idOf(group), members: change };
  }

  addMembers(group: Group, ...members: readonly Ref[]): Promise<Written> {
    return this.done(this.membersOf(group, { add: members.map(({ id }) => ({ id })) }));
  }

  removeMembers(group: Group, ...members: readonly Ref[]): Promise<Written> {
    return this.done(this.membersOf(group, { remove: members.map(({ id }) => id) }));
  }

  /** A write of the whole content, as core makes it from what it has read. */
  contentOf(
    before: StoredResource,
    attributes: Attributes,
    links: Links = before.links,
  ): Extract<Write, { kind: 'update' }> {
    const { type, id } = before;
    return { kind: 'update', type, id, content: { before, draft: draftOf(type, attributes, links) } };
  }

  change(before: StoredResource, attributes: Attributes, links?: Links): Promise<Written> {
    return this.done(this.contentOf(before, { ...before.attributes, ...attributes }, links));
  }

  delete({ type, id }: Ref): Promise<Written> {
    return this.done({ kind: 'delete', type, id });
  }

  /** One operation that must succeed. */
  async done(operation: Write): Promise<Written> {
    const answer = await this.attempt(operation);
    if ('changed' in answer) return answer;
    throw answer;
  }

  async stored(operation: Write): Promise<StoredResource> {
    const { resource } = await this.done(operation);
    if (resource === null) throw new Error('the answer to this write must hold the resource');
    return resource;
  }

  async attempt(operation: Write): Promise<Written | DirectoryError> {
    const answers = await this.adapter.write(this.call, [operation]);
    expect(answers).toHaveLength(1);
    const [answer] = answers;
    if (answer === undefined) throw new Error('every operation is answered');
    return answer;
  }

  /** One operation that must be answered by an error, which is a value and not thrown. */
  async refused(operation: Write, { code, ids, path }: Failure): Promise<void> {
    const answer = await this.attempt(operation);
    expectFailure(answer, code);
    if (ids !== undefined) expect([...answer.ids].sort()).toEqual([...ids].sort());
    if (path !== undefined) expect(answer.faults[0]?.path).toBe(path);
  }

  async get({ type, id }: Ref): Promise<StoredResource | null> {
    const [found] = await this.adapter.getMany(this.call, type, [id]);
    return found ?? null;
  }

  /** The present state of a resource that must exist. */
  async now(ref: Ref): Promise<StoredResource> {
    const found = await this.get(ref);
    if (found === null) throw new Error(`${ref.type} ${ref.id} must exist`);
    return found;
  }

  async byKey(type: ResourceTypeName, path: AttributePath, value: string): Promise<readonly ResourceId[]> {
    const [found = []] = await this.adapter.byKeys(this.call, type, [keyOf(path, value)]);
    return found.map(({ id }) => id);
  }

  find(type: ResourceTypeName, query: Partial<Query> = {}): Promise<Page<StoredResource>> {
    return this.adapter.find(this.call, type, { page: { limit: 1_000 }, ...query });
  }

  async foundIds(type: ResourceTypeName, query: Partial<Query> = {}): Promise<readonly ResourceId[]> {
    const { items } = await this.find(type, query);
    return items.map(({ id }) => id);
  }

  /** All ids of a query, read in pages of `limit` by their `next`. */
  async pagedIds(type: ResourceTypeName, query: Partial<Query>, limit: number): Promise<readonly ResourceId[]> {
    const ids: ResourceId[] = [];
    let next: string | undefined;
    do {
      const page = next === undefined ? { limit } : { limit, after: next };
      const found = await this.find(type, { ...query, page });
      expect(found.items.length).toBeLessThanOrEqual(limit);
      ids.push(...found.items.map(({ id }) => id));
      if (ids.length > RUNAWAY) throw new Error('pages that follow each other by `next` come to an end');
      next = found.next;
    } while (next !== undefined);
    return ids;
  }

  async linked(
    edge: EdgeName,
    direction: 'out' | 'in',
    { id }: Ref,
    options: Partial<LinkOptions> = {},
  ): Promise<Page<Linked>> {
    const [page] = await this.adapter.linked(this.call, edge, direction, [id], { page: { limit: 2_000 }, ...options });
    if (page === undefined) throw new Error('one page per id');
    return page;
  }

  async linkedIds(
    edge: EdgeName,
    direction: 'out' | 'in',
    ref: Ref,
    options?: Partial<LinkOptions>,
  ): Promise<readonly ResourceId[]> {
    const { items } = await this.linked(edge, direction, ref, options);
    return items.map(({ id }) => id);
  }

  /** As `pagedIds`, of one resource's links. */
  async pagedLinkIds(
    edge: EdgeName,
    direction: 'out' | 'in',
    ref: Ref,
    options: Partial<LinkOptions>,
    limit: number,
  ): Promise<readonly ResourceId[]> {
    const ids: ResourceId[] = [];
    let next: string | undefined;
    do {
      const page = next === undefined ? { limit } : { limit, after: next };
      const found = await this.linked(edge, direction, ref, { ...options, page });
      expect(found.items.length).toBeLessThanOrEqual(limit);
      ids.push(...found.items.map(({ id }) => id));
      if (ids.length > RUNAWAY) throw new Error('pages that follow each other by `next` come to an end');
      next = found.next;
    } while (next !== undefined);
    return ids;
  }

  /** Members and groups as seen from both ends, which must agree. */
  async members(group: Ref): Promise<readonly ResourceId[]> {
    const { items } = await this.linked('members', 'out', group);
    for (const member of items) expect(await this.linkedIds('members', 'in', member)).toContain(group.id);
    return items.map(({ id }) => id);
  }
}

/** @throws unless `answer` is, or `promise` rejects with, a DirectoryError of this code; recognised by `code` alone */
export function expectFailure(answer: unknown, code: ErrorCode): asserts answer is DirectoryError {
  expect(answer).toBeInstanceOf(Error);
  expect(answer).toMatchObject({ name: 'DirectoryError', code });
}

export async function expectRejection(promise: Promise<unknown>, code: ErrorCode): Promise<void> {
  const outcome = await promise.then(
    () => 'no error at all',
    (error: unknown) => error,
  );
  expectFailure(outcome, code);
}

export function idsOf(refs: readonly Ref[]): readonly ResourceId[] {
  return refs.map(({ id }) => id);
}

/** For lists whose order the contract leaves to the backend. */
export function sorted(ids: readonly ResourceId[]): readonly ResourceId[] {
  return [...ids].sort();
}

export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000' as ResourceId;

function idOf(group: Group): ResourceId {
  return typeof group === 'string' ? group : group.id;
}
