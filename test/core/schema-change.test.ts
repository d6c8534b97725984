import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter, Written } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { openDirectory } from '#core/directory.ts';
import { Conflicts } from '#core/schema-change/conflicts.ts';
import { openTenantSchemas, type TenantSchemas } from '#core/schema-change/tenant-schemas.ts';
import { openCursors } from '#core/search/cursor.ts';
import type { Session } from '#core/session.ts';
import { openSystemRegistry } from '#core/system/system-registry.ts';
import { openSystemStore } from '#core/system/system-store.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { SCOPES } from '#model/principal.ts';
import type { Json, StoredResource, TenantId } from '#model/resource.ts';
import { attribute, BADGE, badge } from '../admin/documents.ts';
import { LENIENT } from '../support/lenient.ts';

const ACME = 'acme' as TenantId;
const cursors = openCursors('a secret of the tests, 32 bytes or more');
const call: Call = {
  tenant: ACME,
  actor: 'a test',
  requestId: 'a test',
  deadline: Date.now() + 600_000,
  signal: AbortSignal.timeout(600_000),
  consistency: 'primary',
};
const guard = () => undefined;

let backend: DirectoryAdapter;
/** Runs before each call of the change itself, and before each of clients. */
let before: (method: string) => Promise<void>;
let beforeClient: (method: string) => Promise<void>;
let schemas: TenantSchemas;

beforeEach(async () => {
  backend = await memory.open(memory.options.parse(undefined), () => []);
  before = async () => undefined;
  beforeClient = async () => undefined;
  const adapter = new Proxy(backend, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name === 'capabilities') return member.bind(target);
      return async (...args: readonly unknown[]) => {
        const [{ requestId }] = args as [Call];
        await (requestId === 'change' ? before : beforeClient)(String(name));
        return member.apply(target, args);
      };
    },
  });
  const store = openSystemStore({ adapter, registry: openSystemRegistry(), cursors, leniency: LENIENT });
  schemas = openTenantSchemas({
    tenant: ACME,
    adapter,
    registry: {},
    store,
    openDirectory: (registry, fenced) =>
      openDirectory({ tenant: ACME, adapter: fenced, registry, leniency: LENIENT, cursors }),
  });
  await schemas.adopt({ documents: [] });
});

const set = (...attributes: readonly Json[]) =>
  schemas.put({ ...call, requestId: 'change' }, 'schema', BADGE, badge(...attributes), guard);
const session = (): Session =>
  schemas.directory.session(call, { name: 'a test', tenant: ACME, scopes: new Set(SCOPES) });

function create(as: Session, userName: string, extension: { readonly [name: string]: Json }): Promise<StoredResource> {
  const type = as.registry.type('User');
  if (type === undefined) throw new Error('no User');
  return as.create(type, { userName, [BADGE]: extension });
}

async function allUsers(): Promise<readonly StoredResource[]> {
  return (await backend.find(call, 'User', { page: { limit: 10_000 } })).items;
}

const free = attribute('a');
const unique = attribute('a', { uniqueness: 'server' });

describe('what is written while stored data is looked at', () => {
  test('after everything was read, is looked at once more', async () => {
    await set(free);
    const written: StoredResource[] = [];
    // The second read of the change is that of what DELETE has retained: the live ones are behind it.
    let reads = 0;
    before = async (method) => {
      if (method === 'find' && ++reads === 2) written.push(await create(session(), 'zoe', { a: 'x' }));
    };
    const conflicts = await set(attribute('b'));
    expect((conflicts as Conflicts).named).toMatchObject([{ id: written[0]?.id, path: `${BADGE}:a` }]);
  });

  test('and is still under way when everything was looked at, is waited for', async () => {
    await set(free);
    const [under, looked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    beforeClient = async (method) => {
      if (method === 'write') await under.promise;
    };
    const creating = create(session(), 'zoe', { a: 'x' });
    before = async (method) => {
      if (method === 'find') looked.resolve();
      if (method === 'write') expect.unreachable('stored before the write ended');
    };
    const setting = set(attribute('b'));
    await looked.promise;
    setImmediate(under.resolve);
    expect(((await setting) as Conflicts).named).toMatchObject([{ id: (await creating).id }]);
  });

  test('gets its keys, and is refused where it has a value twice', async () => {
    await set(free);
    await create(session(), 'ada', { a: 'x' });
    let rekeying = false;
    before = async (method) => {
      if (method !== 'write' || rekeying) return;
      rekeying = true;
      await create(session(), 'bea', { a: 'y' });
    };
    expect(await set(unique)).toMatchObject({ created: false });
    await expect(create(session(), 'cem', { a: 'Y' })).rejects.toMatchObject({ code: 'UNIQUENESS' });
    await expect(create(session(), 'cem', { a: 'X' })).rejects.toMatchObject({ code: 'UNIQUENESS' });
  });

  test('and keys that clash with it are taken back', async () => {
    await set(free);
    const ada = await create(session(), 'ada', { a: 'x' });
    let reads = 0;
    before = async (method) => {
      if (method === 'find' && ++reads === 4) await create(session(), 'bea', { a: 'X' });
    };
    const conflicts = await set(unique);
    expect(conflicts).toBeInstanceOf(Conflicts);
    expect(JSON.stringify((conflicts as Conflicts).named)).toContain(ada.id);
    before = async () => undefined;
    await create(session(), 'cem', { a: 'x' });
  });
});

describe('a write that began under schemas that went', () => {
  test('is refused where they allowed more, and was not carried out', async () => {
    await set(free);
    const old = session();
    await set(attribute('b'));
    await expect(create(old, 'ada', { a: 'x' })).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 1_000 });
    expect(await allUsers()).toEqual([]);
  });

  test('is carried out where the change only added', async () => {
    await set(free);
    const old = session();
    await set(free, attribute('b'));
    await create(old, 'ada', { a: 'x' });
    expect(await allUsers()).toHaveLength(1);
  });
});

test('a document that cannot be stored leaves schemas and keys as they were', async () => {
  const exact = attribute('a', { uniqueness: 'server', caseExact: true });
  await set(unique);
  await create(session(), 'ada', { a: 'X' });
  let writes = 0;
  before = async (method) => {
    // The first write stores keys, the second the document.
    if (method === 'write' && ++writes === 2) throw new DirectoryError('UNAVAILABLE', 'the server is gone');
  };
  await expect(set(exact)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(schemas.find('schema', BADGE).document['attributes']).toMatchObject([{ caseExact: false }]);
  await expect(create(session(), 'bea', { a: 'x' })).rejects.toMatchObject({ code: 'UNIQUENESS' });
});

test('whatever clients write meanwhile, what is in force and what is stored agree', async () => {
  const rejections: unknown[] = [];
  let done = false;
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let number = 0; !done; number++) {
      const extension = { a: `${(writer * 7 + number) % 50}`, b: 'x' };
      await create(session(), `u${writer}-${number}`, extension).catch((error: unknown) => rejections.push(error));
      await nextTurn();
    }
  });
  const held: Written[] = [];
  for (const attributes of [[free], [unique], [free, attribute('b')], [unique], [free], [unique, attribute('b')]]) {
    const outcome = await set(...attributes);
    const users = await allUsers();
    if ('inForce' in outcome) checkAll(users, attributes);
    for (const { id, type, version } of users.slice(0, 40)) {
      const [answer] = await backend.write(call, [{ kind: 'delete', type, id, ifVersion: version }]);
      if (answer !== undefined && !(answer instanceof Error)) held.push(answer);
    }
  }
  done = true;
  await Promise.all(writers);
  expect(held.length).toBeGreaterThan(0);
  for (const error of rejections) expect(['UNIQUENESS', 'UNAVAILABLE']).toContain((error as DirectoryError).code);
});

function checkAll(users: readonly StoredResource[], attributes: readonly Json[]): void {
  const names = attributes.map((each) => (each as { name: string }).name);
  for (const { attributes: stored } of users) {
    for (const name of Object.keys((stored[BADGE] as object | undefined) ?? {})) expect(names).toContain(name);
  }
  if (!attributes.includes(unique)) return;
  const values = users.flatMap((user) => (user.attributes[BADGE] as { a?: string } | undefined)?.a ?? []);
  expect(new Set(values).size).toBe(values.length);
}
