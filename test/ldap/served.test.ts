import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { type ScimClient, scimClient } from '#test/support/scim-client.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { operationsOf, PATIENT } from './directory.ts';

const TOKEN = 'a-token-of-the-tests-for-a-directory';

const PEOPLE = [
  ['ada', 'Ada Lovelace', ''],
  ['bob', 'Bob Stone', 'manager: uid=ada,ou=people,dc=example,dc=com\n'],
  ['cyd', 'Cyd Moss', 'manager: uid=ada,ou=people,dc=example,dc=com\n'],
].map(
  ([uid, cn, more]) =>
    `dn: uid=${uid},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${cn}\nsn: ${cn?.split(' ')[1]}\nmail: ${uid}@example.com\n${more}`,
);
const STAFF = `dn: cn=staff,ou=groups,dc=example,dc=com
objectClass: groupOfNames
cn: staff
member: uid=ada,ou=people,dc=example,dc=com
member: uid=bob,ou=people,dc=example,dc=com
`;

/** As docs/guides/ldap.md has it first: nothing is added to the directory. */
function configuration(slapd: Slapd, tenant: object = {}) {
  return {
    server: { port: 0, drainSeconds: 0, trustedProxies: ['127.0.0.1'] },
    system: { backend: 'memory' },
    tenants: { acme: { backend: 'corp', ...tenant } },
    backends: {
      memory: { adapter: 'memory' },
      corp: {
        adapter: 'ldap',
        url: slapd.url,
        ...PATIENT,
        bindDn: slapd.adminDn,
        bindPassword: { env: 'LDAP_PASSWORD' },
        users: { base: slapd.people, without: '*' },
        groups: { base: slapd.groups, without: '*' },
      },
    },
    auth: {
      tokens: [
        {
          name: 'tests',
          tenant: 'acme',
          scopes: ['scim:read', 'scim:write', 'graphql:read', 'graphql:write'],
          sha256: hash('sha256', TOKEN),
        },
      ],
    },
  };
}

describe('a directory filled by ldapadd alone', () => {
  let slapd: Slapd;
  let portico: PorticoProcess;
  let scim: ScimClient;
  beforeAll(async () => {
    slapd = await startSlapd();
    await slapd.ldapmodify([...PEOPLE, STAFF].join('\n'));
    portico = await startPortico(JSON.stringify(configuration(slapd)), { LDAP_PASSWORD: slapd.adminPassword });
    scim = scimClient(`${portico.url}/scim/v2`, TOKEN);
  });
  afterAll(async () => {
    await portico.stop();
    await slapd.stop();
  });

  async function graphql(query: string): Promise<unknown> {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const answer = await fetch(`${portico.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return answer.json();
  }

  test('is served over SCIM', async () => {
    const { body } = await scim.get('/Users?filter=userName%20eq%20%22BOB%22');
    expect(body).toMatchObject({
      totalResults: 1,
      Resources: [{ userName: 'bob', name: { familyName: 'Stone' }, emails: [{ value: 'bob@example.com' }] }],
    });
    const all = await scim.get('/Users?startIndex=2&count=1');
    expect(all.body).toMatchObject({ totalResults: 3, itemsPerPage: 1 });
  });

  test('is sorted and paged over SCIM, by index and by cursor', async () => {
    const namesOf = ({ Resources }: { [name: string]: unknown }) =>
      (Resources as { userName: string }[]).map(({ userName }) => userName);
    const sorted = await scim.get('/Users?sortBy=name.familyName&sortOrder=descending&startIndex=2&count=2');
    expect(sorted.body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 2 });
    expect(namesOf(sorted.body)).toEqual(['cyd', 'ada']);
    const first = await scim.get('/Users?sortBy=userName&count=2&cursor=');
    const last = await scim.get(`/Users?sortBy=userName&count=2&cursor=${String(first.body['nextCursor'])}`);
    expect([namesOf(first.body), namesOf(last.body)]).toEqual([['ada', 'bob'], ['cyd']]);
    const back = await scim.get(`/Users?sortBy=userName&count=2&cursor=${String(last.body['previousCursor'])}`);
    expect(namesOf(back.body)).toEqual(['ada', 'bob']);
    expect((await scim.get('/ServiceProviderConfig')).body['sort']).toEqual({ supported: true });
  });

  test('is sorted and paged over GraphQL, from both ends', async () => {
    const order = 'orderBy: [{ field: NAME_FAMILY_NAME }, { field: USER_NAME }]';
    const page = (more: string) =>
      graphql(`{ users(${order}, ${more}) { totalCount pageInfo { endCursor hasNextPage } nodes { userName } } }`);
    const first = (await page('first: 2')) as { data: { users: { pageInfo: { endCursor: string } } } };
    const pageInfo = { endCursor: expect.any(String), hasNextPage: true };
    const nodes = [{ userName: 'ada' }, { userName: 'cyd' }];
    expect(first).toEqual({ data: { users: { totalCount: 3, pageInfo, nodes } } });
    const end = { data: { users: { totalCount: 3, nodes: [{ userName: 'bob' }] } } };
    expect(await page(`first: 2, after: "${first.data.users.pageInfo.endCursor}"`)).toMatchObject(end);
    expect(await page('last: 1')).toMatchObject(end);
  });

  test('answers GraphQL with managers, reports and groups', async () => {
    const fields =
      'userName manager { userName } memberOf { nodes { displayName } } directReports { nodes { userName } }';
    const answer = await graphql(
      `{ users(where: { userName: { in: ["ada", "bob"] } }) { totalCount nodes { ${fields} } } }`,
    );
    const ada = {
      userName: 'ada',
      manager: null,
      memberOf: { nodes: [{ displayName: 'staff' }] },
      directReports: { nodes: expect.toSatisfy((nodes: unknown[]) => nodes.length === 2) },
    };
    const bob = {
      userName: 'bob',
      manager: { userName: 'ada' },
      memberOf: { nodes: [{ displayName: 'staff' }] },
      directReports: { nodes: [] },
    };
    expect(answer).toEqual({ data: { users: { totalCount: 2, nodes: expect.arrayContaining([ada, bob]) } } });
  });

  test('follows groups within groups at the cost of one search for each level', async () => {
    const groupAt = (cn: string, member: string) =>
      slapd.ldapmodify(
        `dn: cn=${cn},ou=groups,dc=example,dc=com\nobjectClass: groupOfNames\ncn: ${cn}\nmember: cn=${member},ou=groups,dc=example,dc=com\n`,
      );
    await groupAt('branch', 'staff');
    await groupAt('company', 'branch');
    const people = (fields: string) => `{ users(where: { userName: { in: ["ada", "bob"] } }) { nodes { ${fields} } } }`;
    const query = people('memberOf(transitive: true) { nodes { displayName } }');
    const nodes = ['staff', 'branch', 'company'].map((displayName) => ({ displayName }));
    const both = [{ memberOf: { nodes } }, { memberOf: { nodes } }];
    expect(await graphql(query)).toEqual({ data: { users: { nodes: both } } });
    const levels = 4; // the last of them finds nobody above
    const { SRCH: alone = 0 } = await operationsOf(slapd, () => graphql(people('id')));
    const { SRCH: all = 0 } = await operationsOf(slapd, () => graphql(query));
    expect(all - alone).toBe(levels);
  });

  test('is changed over SCIM and over GraphQL, and shows what others change', async () => {
    const { body: created } = await scim.post('/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'eve',
      name: { familyName: 'Moneypenny' },
      title: 'Agent',
    });
    expect(created).toMatchObject({ userName: 'eve', title: 'Agent' });
    expect(await slapd.ldapsearch('(uid=eve)', 'sn', 'title')).toContain('sn: Moneypenny');
    const id = String(created['id']);
    await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: 'Secretary' }]);
    await slapd.ldapmodify(
      'dn: uid=eve,ou=people,dc=example,dc=com\nchangetype: modify\nreplace: givenName\ngivenName: Eve\n',
    );
    const answer = await graphql(`{ user(by: { id: "${id}" }) { title name { givenName } } }`);
    expect(answer).toEqual({ data: { user: { title: 'Secretary', name: { givenName: 'Eve' } } } });
    expect((await scim.delete(`/Users/${id}`)).status).toBe(204);
    expect(await slapd.ldapsearch('(uid=eve)')).toBe('');
  });

  test('refuses by name what it has no place for', async () => {
    const { status, body } = await scim.post('/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'zoe',
      externalId: 'x',
    });
    expect(status).toBe(400);
    expect(body['detail']).toContain('externalId');
  });

  test('is unavailable while slapd is down, and there again with it', async () => {
    await slapd.kill();
    const { status, headers } = await scim.get('/Users?count=1');
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await slapd.start();
    await expect.poll(async () => (await scim.get('/Users?count=1')).status, { timeout: 10_000 }).toBe(200);
  });
});

describe('a tenant that its directory does not fit', () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd();
  });
  afterAll(() => slapd.stop());

  test('refuses the start, naming the attributes that have no place', async () => {
    const { backends, ...rest } = configuration(slapd);
    const users = { base: slapd.people };
    const corp = { ...backends.corp, users };
    const start = startPortico(JSON.stringify({ ...rest, backends: { ...backends, corp } }), {
      LDAP_PASSWORD: 'secret',
    });
    await expect(start).rejects.toThrow(/tenants\.acme\.backend.*externalId/s);
  });

  test('refuses the start where two tenants would share its entries', async () => {
    const { tenants, ...rest } = configuration(slapd);
    const both = { ...tenants, other: { backend: 'corp' } };
    const start = startPortico(JSON.stringify({ ...rest, tenants: both }), { LDAP_PASSWORD: 'secret' });
    await expect(start).rejects.toThrow(/tenants\.other\.backend.*would share/s);
  });

  test('refuses the start where Portico would keep in it what it remembers', async () => {
    const { system: _, ...rest } = configuration(slapd);
    const start = startPortico(JSON.stringify(rest), { LDAP_PASSWORD: 'secret' });
    await expect(start).rejects.toThrow(/system\.backend/);
  });
});
