import { expect, onTestFinished, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { openDirectory } from '#core/directory.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { openCursors } from '#core/search/cursor.ts';
import { openSystemCall } from '#http/system-call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { JsonObject, ResourceId, TenantId } from '#model/resource.ts';
import { USER } from '#test/scim/people.ts';
import { faultInjecting } from '#test/support/fault-injecting-adapter.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { LENIENT } from '#test/support/lenient.ts';

/** A tenant of the adapter, as a gateway serves it with the setting. */
function serve(adapter: DirectoryAdapter, uniqueEmails: boolean) {
  const registry = openRegistry({ uniqueEmails });
  const user = registry.type('User');
  if (user === undefined) throw new Error('the registry has no User');
  const directory = openDirectory({
    tenant: 'acme' as TenantId,
    adapter,
    registry,
    leniency: LENIENT,
    lifeCycle: { onDelete: 'retain' },
    cursors: openCursors('a secret of the tests, 32 bytes or more'),
  });
  const principal = { name: 'a test', tenant: directory.tenant, scopes: new Set<never>() };
  const session = directory.session(openSystemCall(directory.tenant, 10_000), principal);
  const emails = [{ value: 'office@example.com' }];
  return {
    create: (userName: string) => session.create(user, { schemas: [USER], userName, emails } as JsonObject),
    delete: (id: ResourceId) => session.delete(user, id),
    restore: (id: ResourceId) => session.restore(user, id),
    get: (id: ResourceId) => session.get(user, id),
    retained: async () => (await session.retained(user, { limit: 10 })).items.map(({ id }) => id),
  };
}

async function open() {
  const adapter = await memory.open(memory.options.parse(undefined), () => []);
  onTestFinished(() => adapter.close());
  const ada = await serve(adapter, false).create('ada');
  await serve(adapter, false).delete(ada.id);
  const after = serve(adapter, true);
  return { adapter, after, ada: ada.id, eve: (await after.create('eve')).id };
}

async function refusalOf(work: Promise<unknown>): Promise<DirectoryError> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof DirectoryError)) throw new Error('it was not refused', { cause: error });
  return error;
}

test('what became unique since a resource was deleted is claimed by its restoration', async () => {
  const { after, ada, eve } = await open();
  const refused = await refusalOf(after.restore(ada));
  expect(refused).toMatchObject({ code: 'UNIQUENESS', ids: [eve] });
  expect(refused.message).toContain('emails.value');
  expect(await after.get(ada)).toBeNull();
  expect(await after.retained()).toEqual([ada]);
  await after.delete(eve);
  const restored = await after.restore(ada);
  expect(await after.get(ada)).toEqual(restored);
  expect(await refusalOf(after.create('bob'))).toMatchObject({ code: 'UNIQUENESS', ids: [ada] });
});

test('it costs two calls to the backend', async () => {
  const { adapter, after, ada, eve } = await open();
  await after.delete(eve);
  const calls: string[] = [];
  await serve(
    hooked(adapter, (method) => calls.push(method)),
    true,
  ).restore(ada);
  expect(calls).toEqual(['write', 'write']);
});

test.each([1, 2])('where the backend breaks at write %i, nothing is restored', async (call) => {
  const { adapter, after, ada, eve } = await open();
  await after.delete(eve);
  const broken = serve(faultInjecting(adapter, { call, sent: 0 }), true);
  expect(await refusalOf(broken.restore(ada))).toMatchObject({ code: 'UNAVAILABLE' });
  expect(await after.get(ada)).toBeNull();
  expect((await after.retained()).toSorted()).toEqual([ada, eve].toSorted());
});
