import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { escapeRdnValue } from '#adapters/ldap/dn.ts';
import type { Json } from '#model/resource.ts';
import type { ScimClient } from '#test/support/scim-client.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { SUFFIX } from '#test/support/slapd-configuration.ts';
import { type DirectoryGateway, startDirectoryGateway } from './gateway.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const people = `ou=people,${SUFFIX}`;
const groups = `ou=groups,${SUFFIX}`;

/** LDIF, RFC 2849: what is not plain goes as base64. */
function line(attribute: string, value: string | Buffer): string {
  return `${attribute}:: ${Buffer.from(value as string).toString('base64')}`;
}

function entry(dn: string, objectClasses: readonly string[], values: readonly string[]): string {
  const [structural = ''] = objectClasses;
  const classes = objectClasses.map((name) => `objectClass: ${name}`);
  return [line('dn', dn), ...classes, `structuralObjectClass: ${structural}`, ...values, ''].join('\n');
}

function person(uid: string, ...values: readonly string[]): string {
  return entry(`uid=${uid},${people}`, ['inetOrgPerson'], [`uid: ${uid}`, ...values]);
}

const NAMED = ['cn: x', 'sn: x'];
const GARBAGE = Buffer.from('fffe41', 'hex');

const ODD: readonly string[] = [
  person('bare'),
  entry(
    `uid=main,${people}`,
    ['inetOrgPerson'],
    ['uid: second', 'uid: main', ...NAMED, 'displayName: One', 'displayName: Two'],
  ),
  person('garbage', ...NAMED, line('audio', GARBAGE), line('title', 'a\u0001b\n')),
  person('lost', ...NAMED, `manager: uid=nobody,${people}`),
  person('stranger', ...NAMED, `manager: ou=groups,${SUFFIX}`, `manager: uid=bare,${people}`),
  person('parent', ...NAMED),
  entry(`uid=child,uid=parent,${people}`, ['inetOrgPerson'], ['uid: child', ...NAMED]),
  entry(`cn=alias,${people}`, ['alias', 'extensibleObject'], ['cn: alias', `aliasedObjectName: uid=bare,${people}`]),
  entry(`cn=elsewhere,${people}`, ['referral', 'extensibleObject'], ['cn: elsewhere', 'ref: ldap://127.0.0.1:1/dc=x']),
  entry(`cn=tool,${people}`, ['applicationProcess'], ['cn: tool']),
  ...['north', 'south'].flatMap((ou, i) => [
    entry(`ou=${ou},${people}`, ['organizationalUnit'], [`ou: ${ou}`]),
    entry(
      `uid=${i === 0 ? 'twin' : 'TWIN'},ou=${ou},${people}`,
      ['inetOrgPerson'],
      [`uid: ${i === 0 ? 'twin' : 'TWIN'}`, ...NAMED],
    ),
  ]),
  entry(`uid=two+cn=both,${people}`, ['inetOrgPerson'], ['uid: two', 'cn: both', 'sn: x']),
  entry(
    `cn=mixed,${groups}`,
    ['groupOfNames'],
    [
      'cn: mixed',
      ...[
        `uid=bare,${people}`,
        `uid=nobody,${people}`,
        `cn=tool,${people}`,
        `ou=groups,${SUFFIX}`,
        'cn=far,o=away',
        `cn=mixed,${groups}`,
      ].map((dn) => `member: ${dn}`),
    ],
  ),
  entry(`cn=empty,${groups}`, ['groupOfNames'], ['cn: empty']),
];

let slapd: Slapd;
let gateway: DirectoryGateway;
let scim: ScimClient;
beforeAll(async () => {
  slapd = await startSlapd({ lax: true, ldif: ODD.join('\n') });
  const tenant = {
    users: { base: people, without: '*', attributes: { nickName: 'audio' } },
    groups: { base: groups, without: '*' },
  };
  gateway = await startDirectoryGateway(slapd, { acme: tenant });
  scim = gateway.scim('acme');
});
afterAll(async () => {
  await gateway.stop();
  await slapd.stop();
});

interface Shown {
  readonly id: string;
  readonly userName: string;
  readonly [name: string]: Json;
}

async function user(userName: string): Promise<Shown> {
  const { body } = await scim.get(`/Users?filter=${encodeURIComponent(`userName eq ${JSON.stringify(userName)}`)}`);
  const [found] = body['Resources'] as unknown as readonly Shown[];
  if (found === undefined) throw new Error(`${userName} is served`);
  return found;
}

describe('entries that no schema would take today', () => {
  test('are all served over SCIM and over GraphQL', async () => {
    const { status, body } = await scim.get('/Users?count=100');
    expect(status).toBe(200);
    const names = (body['Resources'] as unknown as readonly Shown[]).map(({ userName }) => userName).sort();
    expect(names).toEqual(['TWIN', 'bare', 'child', 'garbage', 'lost', 'main', 'parent', 'stranger', 'twin', 'two']);
    const fields =
      'userName displayName nickName title name { familyName } emails { value } manager { userName } memberOf { nodes { displayName } }';
    const answer = await gateway.graphql(
      'acme',
      `{ users(first: 100) { nodes { ${fields} } } groups(first: 9) { nodes { displayName members { nodes { id } } } } }`,
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.users.nodes).toHaveLength(names.length);
    expect(answer.data.groups.nodes).toHaveLength(2);
  });

  test('are named by what their DN says where they have several names', async () => {
    expect(await user('main')).toMatchObject({ userName: 'main', displayName: 'One' });
  });

  test('change where the directory lets them, or say which attribute it is', async () => {
    const patch = async (userName: string, value: { readonly [name: string]: Json }) =>
      scim.patch(`/Users/${(await user(userName)).id}`, [{ op: 'replace', value }]);
    const bare = await patch('bare', { title: 'T' });
    expect(bare).toMatchObject({ status: 200, body: { title: 'T' } });
    expect(await patch('garbage', { title: 'Clean', nickName: 'Clean' })).toMatchObject({
      status: 200,
      body: { title: 'Clean', nickName: 'Clean' },
    });
    expect(await slapd.ldapsearch('(uid=garbage)', 'audio')).toMatch(/^audio:+ \S+$(?![\s\S]*audio)/m);
    const several = await patch('main', { displayName: 'Three' });
    expect(several).toMatchObject({ status: 400, body: { detail: expect.stringContaining('displayName') } });
    expect(await patch('two', { userName: 'deux', title: 'T' })).toMatchObject({
      status: 200,
      body: { userName: 'deux' },
    });
    expect(await slapd.ldapsearch('(uid=deux)', '1.1')).toMatch(/uid=deux\+cn=both,|cn=both\+uid=deux,/);
    expect(await patch('lost', { title: 'T' })).toMatchObject({ status: 200 });
    expect(await slapd.ldapsearch('(uid=lost)', 'manager')).toContain('uid=nobody');
  });

  test('have the managers and members that are users and groups, and no others', async () => {
    const answer = await gateway.graphql(
      'acme',
      '{ users(where: { userName: { in: ["lost", "stranger"] } }) { nodes { userName manager { userName } } } groups { nodes { displayName members { nodes { __typename } } } } }',
    );
    expect(answer.data.users.nodes).toEqual(
      expect.arrayContaining([
        { userName: 'lost', manager: null },
        { userName: 'stranger', manager: { userName: 'bare' } },
      ]),
    );
    const mixed = answer.data.groups.nodes.find(({ displayName }: { displayName: string }) => displayName === 'mixed');
    expect(mixed.members.nodes).toEqual(expect.arrayContaining([{ __typename: 'User' }]));
  });

  test('with entries below them are not deleted, and the refusal says why', async () => {
    const { id } = await user('parent');
    const { status, body } = await scim.delete(`/Users/${id}`);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).not.toBe(500);
    expect(body['detail']).toContain('entries below');
    expect((await scim.get(`/Users/${id}`)).status).toBe(200);
  });

  test('of one name in two places are two users, whom a new one of that name meets', async () => {
    const { body } = await scim.get('/Users?filter=userName%20eq%20%22Twin%22');
    expect(body).toMatchObject({ totalResults: 2 });
    const third = await scim.post('/Users', { schemas: [USER], userName: 'twin' });
    expect(third).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
  });

  test('can go, but for what is below another', async () => {
    for (const name of ['bare', 'main', 'garbage', 'lost', 'stranger', 'child', 'parent', 'deux']) {
      expect([name, (await scim.delete(`/Users/${(await user(name)).id}`)).status]).toEqual([name, 204]);
    }
    const { body } = await scim.get('/Groups?filter=displayName%20eq%20%22mixed%22');
    expect(body).toMatchObject({ totalResults: 1 });
    expect(await slapd.ldapsearch('(cn=tool)', '1.1')).toContain('cn=tool');
  });
});

/** RFC 4514 §2.4 and what else a name can hold; none is another one to a directory. */
const NAMES = [
  'a+b',
  'a,b',
  'a;b',
  'a<b>',
  'a"b',
  'a\\b',
  'a=b',
  '#hash',
  'in ner',
  'é',
  'e\u0301x',
  '😀',
  'a\\2cb',
  '(*)',
  "o'c",
  '𝒳',
  'ß',
  'ü,+"\\<>;',
];

describe('names with every special character', () => {
  test.each(['ldapadd', 'SCIM'])('of users that %s made are members, managers, renamed and deleted', async (way) => {
    const base = way === 'SCIM' ? NAMES.map((name) => `s${name}`) : NAMES;
    const ids: string[] = [];
    if (way === 'ldapadd') {
      await slapd.ldapmodify(
        base
          .map((name) =>
            [
              line('dn', `uid=${escapeRdnValue(name)},${people}`),
              'objectClass: inetOrgPerson',
              line('uid', name),
              ...NAMED,
              '',
            ].join('\n'),
          )
          .join('\n'),
      );
      for (const name of base) ids.push((await user(name)).id);
    } else {
      for (const name of base) {
        const { status, body } = await scim.post('/Users', { schemas: [USER], userName: name });
        expect([name, status]).toEqual([name, 201]);
        ids.push(String(body['id']));
      }
    }
    const members = ids.map((value) => ({ value }));
    const group = await scim.post('/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: `of, "${way}"`,
      members,
    });
    expect(group.status).toBe(201);
    const path = `/Groups/${String(group.body['id'])}`;
    const shown = async () => ((await scim.get(path)).body['members'] ?? []) as unknown as readonly { value: string }[];
    const there = new Set((await shown()).map(({ value }) => value));
    expect(base.filter((_, i) => !there.has(ids[i] ?? ''))).toEqual([]);
    const [first = '', second = ''] = ids;
    const renamed = await scim.patch(`/Users/${second}`, [{ op: 'replace', value: { userName: `${way}, +"\\ now` } }]);
    expect(renamed).toMatchObject({ status: 200, body: { userName: `${way}, +"\\ now` } });
    expect(await shown()).toHaveLength(ids.length);
    await scim.patch(path, [{ op: 'remove', path: `members[value eq "${first}"]` }]);
    expect(await shown()).toHaveLength(ids.length - 1);
    for (const id of ids) expect((await scim.delete(`/Users/${id}`)).status).toBe(204);
    expect(await shown()).toEqual([]);
    expect((await scim.delete(path)).status).toBe(204);
  });
});
