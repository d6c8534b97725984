import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '#model/resource.ts';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { type RedisServer, startRedis } from '#test/support/redis.ts';
import { type ScimClient, scimClient } from '#test/support/scim-client.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { endBeginning } from './end-beginning.ts';

const TOKEN = 'a-token-of-the-tests-for-caches';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
/** What the issue of a directory promises is 100 ms; the machine may have other things to do. */
const SOON = { timeout: 2_000, interval: 10 };

describe('three gateways before one directory and one cache', () => {
  let slapd: Slapd;
  let redis: RedisServer;
  let gateways: readonly PorticoProcess[];
  let clients: readonly ScimClient[];

  beforeAll(async () => {
    [slapd, redis] = await Promise.all([startSlapd(), startRedis()]);
    const yaml = JSON.stringify(configuration(slapd, redis));
    const start = () => startPortico(yaml, { LDAP_PASSWORD: slapd.adminPassword });
    gateways = await Promise.all([start(), start(), start()]);
    clients = gateways.map(({ url }) => scimClient(`${url}/scim/v2`, TOKEN));
    await clients[0]?.get('/Users/nobody');
    await endBeginning(redis);
  });
  afterAll(async () => {
    await Promise.all((gateways ?? []).map((gateway) => gateway.stop()));
    await Promise.all([slapd?.stop(), redis?.stop()]);
  });

  const [first, second, third] = [0, 1, 2].map((at) => () => clients[at] as ScimClient) as [
    () => ScimClient,
    () => ScimClient,
    () => ScimClient,
  ];
  const create = async (client: ScimClient, path: string, body: JsonObject) => {
    const answer = await client.post(path, body);
    expect(answer.status).toBe(201);
    return String(answer.body['id']);
  };
  const titleFrom = async (client: ScimClient, id: string) => (await client.get(`/Users/${id}`)).body['title'];

  test('what one has read the directory is not asked again, by any of them', async () => {
    const id = await create(first(), '/Users', { schemas: [USER], userName: 'ada', name: { familyName: 'L' } });
    await create(first(), '/Groups', { schemas: [GROUP], displayName: 'Staff', members: [{ value: id }] });
    const ada = { id, userName: 'ada', groups: [{ display: 'Staff' }] };
    expect((await second().get(`/Users/${id}`)).body).toMatchObject(ada);
    const searches = async () => {
      const counts = await slapd.countOperations(async () => {
        for (const client of clients) expect((await client.get(`/Users/${id}`)).body).toMatchObject(ada);
      });
      return counts['SRCH'] ?? 0;
    };
    // What was read is kept a moment after it was answered.
    await expect.poll(searches, SOON).toBe(0);
  });

  test('what one writes the others answer at once', async () => {
    const id = await create(first(), '/Users', { schemas: [USER], userName: 'bob', name: { familyName: 'B' } });
    for (const [at, writer] of [first, second, third, first].entries()) {
      for (const client of clients) await titleFrom(client, id);
      const path = `/Users/${id}`;
      expect((await writer().patch(path, [{ op: 'replace', path: 'title', value: `t${at}` }])).status).toBeLessThan(
        300,
      );
      for (const client of clients) expect(await titleFrom(client, id)).toBe(`t${at}`);
    }
  });

  test('what others change in the directory shows in all of them, long before the cache forgets', async () => {
    const id = await create(first(), '/Users', { schemas: [USER], userName: 'cyd', name: { familyName: 'C' } });
    const group = await create(first(), '/Groups', {
      schemas: [GROUP],
      displayName: 'Readers',
      members: [{ value: id }],
    });
    for (const client of clients) expect((await client.get(`/Users/${id}`)).body['groups']).toHaveLength(1);
    const dn = (await slapd.ldapsearch('(uid=cyd)', 'dn')).match(/^dn: (.*)$/m)?.[1];
    await slapd.ldapmodify(`dn: ${dn}\nchangetype: modify\nreplace: title\ntitle: theirs\n`);
    for (const client of clients) await expect.poll(() => titleFrom(client, id), SOON).toBe('theirs');
    await slapd.ldapmodify(`dn: cn=Readers,${slapd.groups}\nchangetype: delete\n`);
    const groupsFrom = async (client: ScimClient) => (await client.get(`/Users/${id}`)).body['groups'];
    for (const client of clients) await expect.poll(() => groupsFrom(client), SOON).toBeUndefined();
    expect((await third().get(`/Groups/${group}`)).status).toBe(404);
  });

  test('metrics tell what was found', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const metrics = await (await fetch(`${gateways[0]?.url}/metrics`, { headers })).text();
    expect(metrics).toMatch(/portico_cache_events_total\{event="hit"\} [1-9]/);
  });
});

function configuration(slapd: Slapd, redis: RedisServer) {
  return {
    server: { port: 0, drainSeconds: 0 },
    system: { backend: 'memory' },
    tenants: { acme: { backend: 'corp' } },
    cache: { backend: 'redis', timeoutMs: 500 },
    backends: {
      memory: { adapter: 'memory' },
      redis: { adapter: 'redis', url: redis.url },
      corp: {
        adapter: 'ldap',
        url: slapd.url,
        bindDn: slapd.adminDn,
        bindPassword: { env: 'LDAP_PASSWORD' },
        users: { base: slapd.people, without: '*' },
        groups: { base: slapd.groups, without: '*' },
      },
    },
    auth: {
      tokens: [
        { name: 'tests', tenant: 'acme', scopes: ['scim:read', 'scim:write', 'admin'], sha256: hash('sha256', TOKEN) },
      ],
    },
  };
}
