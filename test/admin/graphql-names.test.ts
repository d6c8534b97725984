import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import { attribute, put, schemaPath } from './documents.ts';
import { type AdminGateway, openAdminGateway } from './gateway.ts';

const ADAPTER = fileURLToPath(new URL('../support/shared-adapter.ts', import.meta.url));

const urnOf = (organisation: string) => `urn:${organisation}:params:scim:schemas:extension:badge:1.0:User`;
const badgeOf = (organisation: string): { readonly [name: string]: Json } => ({
  id: urnOf(organisation),
  name: 'Badge',
  attributes: [attribute(`of-${organisation}`)],
});

/** A gateway over the shared backend whose configuration names these extensions, in this order. */
function gatewayOver(backend: string, ...organisations: readonly string[]): Promise<AdminGateway> {
  const files = Object.fromEntries(organisations.map((each) => [`${each}.json`, JSON.stringify(badgeOf(each))]));
  return openAdminGateway({
    acme: `{ schemas: [${Object.keys(files).join(', ')}] }`,
    more: `system: { refreshSeconds: 0.1 }\nbackends: { shared: { adapter: ${ADAPTER}, name: ${backend} } }`,
    files,
  });
}

/** The name and type of each badge of User, by the attribute that it has. */
async function badgesOf(gateway: AdminGateway): Promise<{ readonly [attribute: string]: string }> {
  const { data } = await gateway.query('{ __type(name: "User") { fields { name type { name fields { name } } } } }');
  type Field = { name: string; type: { name: string | null; fields: readonly { name: string }[] | null } };
  const { fields } = (data as { __type: { fields: readonly Field[] } }).__type;
  const badges = fields.filter(({ name }) => /badge/i.test(name));
  return Object.fromEntries(badges.map(({ name, type }) => [type.fields?.[0]?.name, `${name}: ${type.name}`]));
}

const ACME = { ofAcme: 'badge: BadgeUser' };
const OTHER = { ofOther: 'otherBadge: OtherBadgeUser' };

test('two gateways that load extensions of one name in different orders give them the same names', async () => {
  const backend = randomUUID();
  const [one, two] = [await gatewayOver(backend, 'acme', 'other'), await gatewayOver(backend, 'other', 'acme')];
  const first = await badgesOf(one);
  expect(first).toEqual({ ...ACME, ...OTHER });
  expect(await badgesOf(two)).toEqual(first);
});

test('two gateways that give names at the same time give the same', async () => {
  const backend = randomUUID();
  const gateways = [await gatewayOver(backend, 'acme', 'other'), await gatewayOver(backend, 'other', 'acme')];
  const [one, two] = await Promise.all(gateways.map(badgesOf));
  expect(Object.keys(one ?? {}).sort()).toEqual(['ofAcme', 'ofOther']);
  expect(two).toEqual(one);
});

test('an extension keeps its name when the other one goes and comes back, over starts', async () => {
  const backend = randomUUID();
  const before = await gatewayOver(backend, 'acme', 'other');
  expect(await badgesOf(before)).toEqual({ ...ACME, ...OTHER });
  await before.close();
  const without = await gatewayOver(backend, 'other');
  expect(await badgesOf(without)).toEqual(OTHER);
  await without.close();
  expect(await badgesOf(await gatewayOver(backend, 'third', 'other', 'acme'))).toEqual({
    ...ACME,
    ...OTHER,
    ofThird: 'thirdBadge: ThirdBadgeUser',
  });
});

test('extensions that come and go at run time keep their names, on every gateway', async () => {
  const backend = randomUUID();
  const [one, two] = [await gatewayOver(backend), await gatewayOver(backend)];
  await put(one.admin(), schemaPath(urnOf('acme')), badgeOf('acme'));
  expect(await badgesOf(one)).toEqual(ACME);
  await put(one.admin(), schemaPath(urnOf('other')), badgeOf('other'));
  expect(await badgesOf(one)).toEqual({ ...ACME, ...OTHER });
  expect((await one.admin().delete(schemaPath(urnOf('acme')))).status).toBe(204);
  await put(one.admin(), schemaPath(urnOf('third')), badgeOf('third'));
  const left = { ...OTHER, ofThird: 'thirdBadge: ThirdBadgeUser' };
  expect(await badgesOf(one)).toEqual(left);
  await expect.poll(() => badgesOf(two), { timeout: 10_000 }).toEqual(left);
  await put(two.admin(), schemaPath(urnOf('acme')), badgeOf('acme'));
  expect(await badgesOf(two)).toEqual({ ...ACME, ...left });
});

test('names of one tenant are nothing to another', async () => {
  const gateway = await gatewayOver(randomUUID());
  await put(gateway.admin(), schemaPath(urnOf('acme')), badgeOf('acme'));
  expect(await badgesOf(gateway)).toEqual(ACME);
  await put(gateway.admin('zeta-admin'), schemaPath(urnOf('other')), badgeOf('other'));
  const { data } = await gateway.query('{ __type(name: "User") { fields { name } } }', 'zeta');
  expect(JSON.stringify(data)).toContain('"badge"');
});
