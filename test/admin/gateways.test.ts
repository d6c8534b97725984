import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { attribute, BADGE, badge, createUser, put, schemaPath } from './documents.ts';
import { type AdminGateway, openAdminGateway } from './gateway.ts';

const ADAPTER = fileURLToPath(new URL('../support/shared-adapter.ts', import.meta.url));

function shared(name: string, options = ''): Promise<AdminGateway> {
  const backends = `backends: { shared: { adapter: ${ADAPTER}, name: ${name}${options} } }`;
  return openAdminGateway({ more: `system: { refreshSeconds: 0.1 }\n${backends}` });
}

describe.each([
  ['that tells of its changes', ''],
  ['that is asked now and then', ', feed: false'],
])('two gateways over one backend %s', (_what, options) => {
  test('have the same schemas soon after one of them was changed, and still after a start', async () => {
    const name = randomUUID();
    const [one, two] = [await shared(name, options), await shared(name, options)];
    const seen = async (gateway: AdminGateway) => (await gateway.scim().get(`/Schemas/${BADGE}`)).status;
    await put(one.admin(), schemaPath(BADGE), badge(attribute('a')));
    await expect.poll(() => seen(two), { timeout: 10_000 }).toBe(200);
    const id = await createUser(two.scim(), 'ada', { a: 'x' });
    expect((await one.scim().get(`/Users/${id}`)).body[BADGE]).toEqual({ a: 'x' });
    expect(await two.admin().delete(schemaPath(BADGE))).toMatchObject({ status: 409, body: { conflicts: [{ id }] } });
    await one.close();
    const three = await shared(name, options);
    expect(await seen(three)).toBe(200);
    await three.scim().delete(`/Users/${id}`);
    expect((await three.admin().delete(schemaPath(BADGE))).status).toBe(204);
    await expect.poll(() => seen(two), { timeout: 10_000 }).toBe(404);
  });

  test('that are changed at the same time keep both changes', async () => {
    const name = randomUUID();
    const gateways = [await shared(name, options), await shared(name, options)];
    const urns = Array.from(
      { length: 12 },
      (_, number) => `urn:acme:params:scim:schemas:extension:e${number}:1.0:User`,
    );
    const puts = urns.map((urn, index) =>
      (gateways[index % 2] as AdminGateway).admin().put(schemaPath(urn), { id: urn, attributes: [attribute('a')] }),
    );
    expect((await Promise.all(puts)).map(({ status }) => status)).toEqual(urns.map(() => 201));
    for (const gateway of gateways) {
      const listed = async () => (await gateway.scim().get('/ResourceTypes/User')).body['schemaExtensions'];
      await expect.poll(listed, { timeout: 10_000 }).toHaveLength(13);
    }
  });
});

test('until what is stored could be read, a tenant answers 503 and says why; then it serves with it', async () => {
  const name = randomUUID();
  const before = await shared(name);
  await put(before.admin(), schemaPath(BADGE), badge(attribute('a')));
  await before.close();
  const gateway = await shared(name, ', down: 30');
  const [scim, admin, graphql] = await Promise.all([
    gateway.scim().get('/Users'),
    gateway.admin().get('/schemas'),
    gateway.query('{ users { nodes { id } } }'),
  ]);
  const detail = 'the schemas of the tenant acme could not be read yet';
  expect(scim).toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) }, body: { detail } });
  expect(admin).toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) }, body: { detail } });
  expect(graphql.errors).toMatchObject([{ message: detail }]);
  await expect.poll(async () => (await gateway.scim().get(`/Schemas/${BADGE}`)).status, { timeout: 10_000 }).toBe(200);
});

test('a start is refused where what is stored does not go with the files, and says what', async () => {
  const name = randomUUID();
  const before = await shared(name);
  await put(before.admin(), schemaPath(BADGE), badge(attribute('a')));
  await before.close();
  const files = { 'badge.json': JSON.stringify(badge(attribute('a'))) };
  const backends = `backends: { shared: { adapter: ${ADAPTER}, name: ${name} } }`;
  await expect(openAdminGateway({ acme: '{ schemas: [badge.json] }', more: backends, files })).rejects.toMatchObject({
    code: 'INVALID_VALUE',
    faults: [{ path: `_system: acme: ${BADGE}: id`, got: JSON.stringify(BADGE) }],
  });
});
