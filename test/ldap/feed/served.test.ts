import { hash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EventStream, type StreamEvent } from '#test/graphql/event-stream.ts';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { scimClient } from '#test/support/scim-client.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';

const TOKEN = 'a-token-of-the-tests-for-followers';
const FOLLOW = `subscription ($after: String) { resourceChanged(after: $after) {
  cursor kind id actor resource { ... on User { userName title } ... on Group { displayName } } } }`;

const dnOf = (uid: string) => `uid=${uid},ou=people,dc=example,dc=com`;
const person = (uid: string) => `dn: ${dnOf(uid)}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\n`;
const retitle = (uid: string, title: string) =>
  `dn: ${dnOf(uid)}\nchangetype: modify\nreplace: title\ntitle: ${title}\n`;

interface Changed {
  readonly cursor: string;
  readonly kind: string;
  readonly id: string;
  readonly actor: string | null;
  readonly resource: { readonly userName?: string; readonly title?: string | null } | null;
}

const changedOf = ({ data }: StreamEvent) => (data as { resourceChanged: Changed } | null | undefined)?.resourceChanged;

describe('two gateways before one directory', () => {
  let slapd: Slapd;
  let gateways: readonly [PorticoProcess, PorticoProcess];
  const streams: EventStream[] = [];

  beforeAll(async () => {
    slapd = await startSlapd();
    const env = {
      LDAP_PASSWORD: slapd.adminPassword,
      CURSOR_SECRET: 'one secret of both gateways, so that cursors are common',
    };
    const start = () => startPortico(JSON.stringify(configuration(slapd)), env);
    gateways = await Promise.all([start(), start()]);
  });
  afterEach(async () => {
    for (const stream of streams.splice(0)) await stream[Symbol.asyncDispose]();
  });
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await slapd.stop();
  });

  const follow = async (gateway: PorticoProcess, after?: string) => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const stream = await EventStream.open(gateway.url, { query: FOLLOW, variables: { after }, headers });
    streams.push(stream);
    return stream;
  };
  const take = async (stream: EventStream, count: number) => (await stream.take(count)).map(changedOf);
  const ask = async (gateway: PorticoProcess, query: string) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const answer = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return answer.json() as Promise<{ data: { changes: { hasMore: boolean; endCursor: string; changes: Changed[] } } }>;
  };

  test('a change made with ldapmodify is an event of both, and shows over SCIM, in less than a tenth of a second', async ({
    annotate,
  }) => {
    const both = await Promise.all(gateways.map((gateway) => follow(gateway)));
    const scim = scimClient(`${gateways[0].url}/scim/v2`, TOKEN);
    await slapd.ldapmodify(person('ada'));
    const [created, same] = (await Promise.all(both.map((stream) => take(stream, 1)))).flat();
    expect(created).toMatchObject({ kind: 'CREATED', actor: null, resource: { userName: 'ada' } });
    expect(same).toMatchObject({ kind: 'CREATED', id: created?.id, resource: { userName: 'ada' } });
    const delays: number[] = [];
    for (let at = 0; at < 9; at += 1) {
      await slapd.ldapmodify(retitle('ada', `t${at}`));
      const acknowledged = performance.now();
      const { body } = await scim.get(`/Users/${created?.id}`);
      expect(body['title']).toBe(`t${at}`);
      const events = await Promise.all(both.map((stream) => take(stream, 1)));
      delays.push(performance.now() - acknowledged);
      expect(events).toMatchObject([[{ kind: 'UPDATED', resource: { title: `t${at}` } }], [{ kind: 'UPDATED' }]]);
    }
    const list = await scim.get('/Users?filter=userName%20eq%20%22ada%22');
    expect(list.body).toMatchObject({ totalResults: 1, Resources: [{ title: 't8' }] });
    const sorted = delays.toSorted((a, b) => a - b);
    await annotate(`from ldapmodify's end to a GET and both events: median ${sorted[4]?.toFixed(1)} ms of 9`);
    // One quiet attempt is enough to show that nothing waits for a clock.
    expect(sorted[0]).toBeLessThan(100);
  });

  test('a cursor of one is good in the other that follows as well, and asked at once both say that nothing more has happened', async () => {
    const [one, other] = gateways;
    const [stream] = await Promise.all([follow(one), follow(other)]);
    await slapd.ldapmodify([person('bob'), retitle('bob', 'T'), person('cyd')].join('\n'));
    const [first, , last] = await take(stream, 3);
    const resumed = await take(await follow(other, first?.cursor), 2);
    expect(resumed.map((change) => change?.id)).toEqual([first?.id, last?.id]);
    for (const gateway of gateways) {
      const began = performance.now();
      const { data } = await ask(gateway, `{ changes(since: "${last?.cursor}") { hasMore endCursor changes { id } } }`);
      expect(data.changes).toMatchObject({ hasMore: false, changes: [] });
      expect(performance.now() - began).toBeLessThan(2_500);
    }
  });

  test('what one of them writes is told by both, and the writer knows by whom', async () => {
    const both = await Promise.all(gateways.map((gateway) => follow(gateway)));
    const scim = scimClient(`${gateways[0].url}/scim/v2`, TOKEN);
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
    const { body } = await scim.post('/Users', { schemas, userName: 'eve', name: { familyName: 'M' } });
    await scim.delete(`/Users/${body['id']}`);
    const [ours, theirs] = await Promise.all(both.map((stream) => take(stream, 2)));
    expect(ours).toMatchObject([
      { kind: 'CREATED', id: body['id'], actor: 'followers' },
      { kind: 'DELETED', id: body['id'], actor: 'followers', resource: null },
    ]);
    expect(theirs).toMatchObject([
      { kind: 'CREATED', id: body['id'], actor: null },
      { kind: 'DELETED', id: body['id'], actor: null },
    ]);
  });

  test('a restart of the directory in the middle of a subscription loses nothing and tells nothing twice', async () => {
    const stream = await follow(gateways[0]);
    await slapd.ldapmodify(person('before'));
    const [before] = await take(stream, 1);
    await slapd.kill();
    await slapd.start();
    await slapd.ldapmodify([retitle('before', 'T'), person('after')].join('\n'));
    const events = await take(stream, 2);
    expect(events.find((change) => change?.kind === 'UPDATED')).toMatchObject({
      id: before?.id,
      resource: { title: 'T' },
    });
    expect(events.find((change) => change?.kind === 'CREATED')).toMatchObject({ resource: { userName: 'after' } });
    await slapd.ldapmodify(person('last'));
    expect(await take(stream, 1)).toMatchObject([{ kind: 'CREATED', resource: { userName: 'last' } }]);
  });
});

function configuration(slapd: Slapd) {
  return {
    server: { port: 0, drainSeconds: 0, secret: { env: 'CURSOR_SECRET' } },
    system: { backend: 'memory' },
    tenants: { acme: { backend: 'corp' } },
    backends: {
      memory: { adapter: 'memory' },
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
        {
          name: 'followers',
          tenant: 'acme',
          scopes: ['scim:read', 'scim:write', 'graphql:read'],
          sha256: hash('sha256', TOKEN),
        },
      ],
    },
  };
}
