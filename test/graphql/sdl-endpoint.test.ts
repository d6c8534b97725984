import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { BADGES } from './badges.ts';
import { Gateway, type GatewayOptions } from './gateway.ts';

const SOURCES = [{ name: 'badges.json', content: BADGES }];

function open(options: GatewayOptions = {}) {
  return Gateway.open({ sources: SOURCES, token: 'open sesame', ...options });
}

function get({ url }: Gateway, headers: { readonly [name: string]: string } = {}, method = 'GET'): Promise<Response> {
  const authorization = 'Bearer open sesame';
  return fetch(`${url}/graphql/schema.graphql`, { method, headers: { authorization, ...headers } });
}

describe('GET /graphql/schema.graphql', () => {
  test("is the tenant's own schema, as introspection has it", async () => {
    await using gateway = await open();
    const response = await get(gateway);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    const schema = buildSchema(await response.text());
    expect(schema.getType('BadgeOfficeUser')?.toString()).toBe('BadgeOfficeUser');
    const authorization = 'Bearer open sesame';
    const { data } = await gateway.post(JSON.stringify({ query: '{ __schema { types { name } } }' }), {
      authorization,
    });
    const introspected = JSON.parse(JSON.stringify(data)) as { __schema: { types: readonly { name: string }[] } };
    const names = Object.keys(schema.getTypeMap());
    expect(names.sort()).toEqual(introspected.__schema.types.map(({ name }) => name).sort());
  });

  test('is not sent again to whoever has it, until it changes', async () => {
    await using gateway = await open();
    const first = await get(gateway);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const again = await get(gateway, { 'if-none-match': `"other", W/${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    gateway.change([]);
    const changed = await get(gateway, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(await changed.text()).not.toContain('BadgeOffice');
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  test('needs a credential that may query, and one that may read the schema', async () => {
    await using gateway = await open({ settings: { introspection: 'admin' } });
    const refused = await get(gateway);
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { errors: [{ message: expect.any(String), extensions: { code: 'INTROSPECTION_DISABLED' } }] },
    ]);
    const body = JSON.stringify({ query: '{ __schema { types { name } } }' });
    const introspected = await gateway.post(body, { authorization: 'Bearer open sesame' });
    expect(introspected.errors?.[0]?.extensions).toEqual({ code: 'INTROSPECTION_DISABLED' });
    expect((await get(gateway, { authorization: 'Bearer wrong' })).status).toBe(401);
    await using admin = await open({
      settings: { introspection: 'admin' },
      scopes: new Set(['graphql:read', 'admin']),
    });
    expect((await get(admin)).status).toBe(200);
  });

  test('is read and nothing else', async () => {
    await using gateway = await open();
    const posted = await get(gateway, {}, 'POST');
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const head = await get(gateway, {}, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(gateway.log.map(({ outcome }) => outcome.operation)).toEqual(['schema', 'schema']);
    expect(gateway.bugs).toEqual([]);
  });
});
