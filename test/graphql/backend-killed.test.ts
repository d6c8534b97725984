import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tokenSha256 } from '#config/token.ts';
import type { Json } from '#model/resource.ts';
import { createGroup, createUser, ENTERPRISE, USER } from '#test/scim/people.ts';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { type BackendProcess, openBackendPlace, REMOTE_ADAPTER } from '#test/support/remote-backend/start-backend.ts';
import { type ScimClient, scimClient } from '#test/support/scim-client.ts';
import type { Answer } from './gateway.ts';
import { withNulls } from './with-nulls.ts';

const TOKEN = 'a-token-of-the-tests';
const NAMES = ['ada', 'bob', 'cyd', 'dan'];
/** What a request may take at most, GraphQL's own deadline; a dead backend is to be noticed long before. */
const DEADLINE_MS = 15_000;
const DEEP = `{
  users(orderBy: [{ field: USER_NAME }]) {
    totalCount
    nodes {
      userName
      manager { userName }
      memberOf(transitive: true) { nodes { displayName meta { resourceType } memberOf { totalCount } } }
    }
  }
  viewer { name }
}`;

describe('a backend that is killed, in a process of its own behind a gateway in another', () => {
  const place = openBackendPlace();
  let backend: BackendProcess;
  let portico: PorticoProcess;
  let scim: ScimClient;

  beforeAll(async () => {
    backend = await place.start();
    portico = await startPortico(`
server: { port: 0, drainSeconds: 1 }
tenants: { acme: {} }
backends: { people: { adapter: '${REMOTE_ADAPTER}', socket: '${place.socket}' } }
auth: { tokens: [{ name: idp, tenant: acme, scopes: ['scim:read', 'scim:write', 'graphql:read', admin], sha256: ${tokenSha256(TOKEN)} }] }
system: { refreshSeconds: 0.2 }`);
    scim = scimClient(`${portico.url}/scim/v2`, TOKEN);
    const ids: string[] = [];
    for (const userName of NAMES) {
      const [manager] = ids;
      const enterprise = manager === undefined ? {} : { [ENTERPRISE]: { manager: { value: manager } } };
      ids.push(await createUser(scim, userName, enterprise));
    }
    await createGroup(scim, 'Everyone', [await createGroup(scim, 'Staff', ids)]);
  }, 60_000);
  afterAll(async () => {
    await backend.kill();
    place.remove();
  });

  beforeEach(async () => {
    if (backend.isGone) backend = await place.start();
  });

  const ask = async (query: string): Promise<Answer & { readonly retryAfter: string | null }> => {
    const response = await fetch(`${portico.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      ...((await response.json()) as object),
    };
  };
  const whole = async () => {
    await expect.poll(async () => (await ask(DEEP)).errors, { timeout: 30_000 }).toBeUndefined();
    return (await ask(DEEP)).data;
  };
  const restart = async (holds?: string) => {
    await backend.kill();
    backend = await place.start(holds);
  };

  test.each([
    ['linked', ['memberOf', 'manager']],
    ['getMany', ['manager', 'memberOf']],
  ])(
    'in the middle of a query, in %s: what had come is answered in time, the rest is null and says when to try again',
    async (holds, fields) => {
      const before = await whole();
      await restart(holds);
      await expect
        .poll(async () => (await ask('{ users { totalCount } }')).errors, { timeout: 30_000 })
        .toBeUndefined();
      const answer = ask(DEEP);
      await backend.held();
      await backend.kill();
      const { status, data, errors = [] } = await answer;
      expect(status).toBe(200);
      const paths = errors.map(({ path = [] }) => path);
      expect(data).toEqual(withNulls(before as Json, paths));
      expect(data).toMatchObject({ users: { totalCount: 4, nodes: NAMES.map((userName) => ({ userName })) } });
      const broken = paths.filter((path) => path[3] === fields[0]);
      expect(broken.length).toBeGreaterThanOrEqual(3);
      for (const { path = [], extensions, message } of errors) {
        expect(extensions).toEqual({ code: 'UNAVAILABLE', retryAfter: expect.any(Number) });
        expect(fields).toContain(path[3]);
        expect(message).not.toContain(place.socket);
      }
    },
    90_000,
  );

  test('the gateway lives on meanwhile, refuses at once, and serves what comes back without a restart', async () => {
    const before = await whole();
    await backend.kill();
    await expect
      .poll(async () => (await ask('{ users { totalCount } }')).errors?.[0]?.extensions['code'])
      .toBe('UNAVAILABLE');
    const { status, data, errors } = await ask('{ users { totalCount } groups { totalCount } viewer { name } }');
    expect([status, data]).toEqual([200, { users: null, groups: null, viewer: { name: 'idp' } }]);
    expect(errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['users'], 'UNAVAILABLE'],
      [['groups'], 'UNAVAILABLE'],
    ]);
    const refused = await scim.post('/Users', { schemas: [USER], userName: 'late' });
    expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([503, true]);
    expect((await fetch(`${portico.url}/livez`)).status).toBe(200);
    expect((await fetch(`${portico.url}/readyz`)).status).toBe(503);
    backend = await place.start();
    expect(await whole()).toEqual(before);
    expect((await scim.get('/Users?filter=userName%20eq%20%22late%22')).body['totalResults']).toBe(0);
  }, 90_000);

  test('no write that was acknowledged is lost, and every other is there or is not', async () => {
    const acknowledged: string[] = [];
    const statuses = new Set<number>();
    const write = async (number: number) => {
      const answer = await scim.post('/Users', { schemas: [USER], userName: `writer ${number}` });
      statuses.add(answer.status);
      if (answer.status === 201) acknowledged.push(String(answer.body['id']));
      if (acknowledged.length === 20) await backend.kill();
    };
    for (let number = 0; number < 100; number += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, at) => write(number + at)));
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    expect([...statuses].sort()).toEqual([201, 503]);
    backend = await place.start();
    await whole();
    const answer = await ask(`{ nodes(ids: ${JSON.stringify(acknowledged)}) { id } }`);
    expect(answer.data).toEqual({ nodes: acknowledged.map((id) => ({ id })) });
  }, 90_000);

  test('nothing is left waiting: every call to the backend has ended, and the gateway ends when it is told to', async () => {
    const metrics = await (
      await fetch(`${portico.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
    ).text();
    expect(metrics).toMatch(/portico_adapter_calls_total\{[^}]*method="linked"[^}]*code="UNAVAILABLE"[^}]*\} [1-9]/);
    expect(portico.output()).not.toMatch(/unhandled|TypeError/i);
    const begun = performance.now();
    expect(await portico.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(DEADLINE_MS);
  }, 30_000);
});
