import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGroup, createUser, GROUP, USER } from '#test/scim/people.ts';
import { run } from '#test/support/run-command.ts';
import type { ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { backendOptions, type Gateways, startDirectory, startGateways } from './gateway.ts';

const PORTICO = 'cn=portico,dc=example,dc=com';
const GUIDE = readFileSync(new URL('../../../docs/guides/ldap/openldap.md', import.meta.url), 'utf8');
/** The guide's access rules for its database. */
const [RULES = ''] = /^access to attrs=userPassword[\s\S]*?(?=^# Lists)/m.exec(GUIDE) ?? [];
const ACCOUNT = `dn: ${PORTICO}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: portico
userPassword: secret-of-portico
`;
const ADA = 'dn: uid=ada,ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: ada\ncn: A\nsn: A\n';

const BY = `  by dn.exact="${PORTICO}"`;
const WRITE = `${BY} write`;
const below = (unit: string) => `access to dn.subtree="ou=${unit},dc=example,dc=com"\n`;
const hide = (attribute: string) => (rules: string) => `access to attrs=${attribute} by * none\n${rules}`;

/** One right less each. */
const LESS = {
  password: replaced(`${BY} =w\n`, ''),
  lock: (rules: string) => `access to attrs=pwdAccountLockedTime\n${BY} read\n${rules}`,
  common: replaced(`${BY} search`, '  by * none'),
  people: replaced(below('people') + WRITE, `${below('people')}${BY} read`),
  groups: replaced(below('groups') + WRITE, `${below('groups')}${BY} read`),
  base: replaced(below('people') + WRITE, ''),
  ids: hide('entryUUID'),
  versions: hide('entryCSN'),
} as const;

function replaced(old: string, better: string): (rules: string) => string {
  return (rules) => {
    if (!rules.includes(old)) throw new Error(`the guide's access rules have no ${old}`);
    return rules.replace(old, better);
  };
}

type Tenant = 'enough' | keyof typeof LESS;

describe("the guide's access rules", { timeout: 120_000 }, () => {
  const slapds = new Map<Tenant, Slapd>();
  let gateways: Gateways<Tenant>;
  beforeAll(async () => {
    const rules = { enough: (same: string) => same, ...LESS };
    await Promise.all(
      (Object.keys(rules) as Tenant[]).map(async (name) => {
        const options = { ldif: [ACCOUNT, ADA].join('\n'), ppolicy: true, database: rules[name](RULES) };
        slapds.set(name, await startDirectory({ ...options, unique: ['uid'] }));
      }),
    );
    const backends = Object.fromEntries([...slapds].map(([name, slapd]) => [name, optionsOf(slapd)]));
    const unservable: readonly Tenant[] = ['common', 'base', 'ids', 'versions'];
    gateways = await startGateways(backends as { readonly [name in Tenant]: object }, {}, unservable);
  }, 120_000);
  afterAll(async () => {
    await gateways[Symbol.asyncDispose]();
    await Promise.all([...slapds.values()].map((slapd) => slapd.stop()));
  });

  function optionsOf(slapd: Slapd): object {
    const { users, ...options } = backendOptions(slapd);
    const mapped = { ...users, unique: ['uid'], attributes: { active: 'pwdAccountLockedTime' } };
    return { ...options, users: mapped, bindDn: PORTICO, bindPassword: 'secret-of-portico' };
  }

  const setActive = (scim: ScimClient, id: string, value: boolean) =>
    scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value }]);

  test('are enough for all that Portico does', async () => {
    const [scim, slapd] = [gateways.scim.enough, slapds.get('enough')];
    const login = async (password: string) => {
      const [, dn = ''] = /^dn: (.*)$/m.exec((await slapd?.ldapsearch('(uid=eve*)', '1.1')) ?? '') ?? [];
      return run('ldapwhoami', ['-x', '-H', slapd?.url ?? '', '-D', dn, '-w', password]).then(
        () => true,
        () => false,
      );
    };
    const ada = String(((await scim.get('/Users')).body['Resources'] as [{ id: string }])[0].id);
    const more = { externalId: '7', password: 'first', emails: [{ value: 'eve@example.com', type: 'work' }] };
    const eve = await createUser(scim, 'eve', more);
    expect(await login('first')).toBe(true);
    const replaced = { schemas: [USER], userName: 'eve.moss', title: 'T', password: 'second' };
    expect((await scim.put(`/Users/${eve}`, replaced)).body).toMatchObject({ userName: 'eve.moss', title: 'T' });
    expect([await login('first'), await login('second')]).toEqual([false, true]);
    expect((await setActive(scim, eve, false)).body['active']).toBe(false);
    expect(await login('second')).toBe(false);
    expect((await setActive(scim, eve, true)).body['active']).toBe(true);
    expect(await login('second')).toBe(true);
    const again = await scim.post('/Users', { schemas: [USER], userName: 'EVE.moss' });
    expect(again.status).toBe(409);
    const group = await createGroup(scim, 'G', [eve]);
    await scim.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: [{ value: ada }] }]);
    await scim.patch(`/Groups/${group}`, [{ op: 'replace', path: 'displayName', value: 'H' }]);
    expect((await scim.delete(`/Users/${eve}`)).status).toBe(204);
    expect((await scim.get(`/Groups/${group}`)).body).toMatchObject({ displayName: 'H', members: [{ value: ada }] });
    expect((await scim.delete(`/Groups/${group}`)).status).toBe(204);
  });

  const create = (name: Tenant, more: object = {}) =>
    gateways.scim[name].post('/Users', { schemas: [USER], userName: 'eve', ...more });
  const lookUp = (name: Tenant) => gateways.scim[name].get('/Users?filter=userName%20eq%20%22ada%22');
  const adaOf = async (name: Tenant) =>
    String(((await lookUp(name)).body['Resources'] as readonly { id: string }[])[0]?.id);

  // biome-ignore format: a table reads by column
  const cases: readonly (readonly [string, Tenant, () => Promise<ScimAnswer>, number, RegExp])[] = [
    ['a password', 'password', async () => gateways.scim.password.patch(`/Users/${await adaOf('password')}`, [{ op: 'add', path: 'password', value: 'x' }]), 403, /no right to change userPassword of an entry/],
    ['the lock', 'lock', async () => setActive(gateways.scim.lock, await adaOf('lock'), false), 403, /no right to change pwdAccountLockedTime of an entry/],
    ['an entry of people', 'people', () => create('people'), 403, /no right to add an entry with objectClass, /],
    ['a title', 'people', async () => gateways.scim.people.patch(`/Users/${await adaOf('people')}`, [{ op: 'add', path: 'title', value: 'x' }]), 403, /no right to change title of an entry/],
    ['who is there', 'people', async () => gateways.scim.people.delete(`/Users/${await adaOf('people')}`), 403, /no right to delete an entry/],
    ['an entry of groups', 'groups', () => gateways.scim.groups.post('/Groups', { schemas: [GROUP], displayName: 'G' }), 403, /no right to add an entry with objectClass, /],
    ['what bases have in common', 'common', () => lookUp('common'), 503, /^the directory has no entry at users.base or groups.base, or does not let/],
    ['a base', 'base', () => lookUp('base'), 503, /users\.base: expected the DN of an entry that is there and that the account may see$/],
    ['ids', 'ids', () => lookUp('ids'), 503, /bindDn: expected an account that may read entryUUID$/],
    ['versions', 'versions', () => lookUp('versions'), 503, /bindDn: expected an account that may read entryCSN$/],
    ['ids, before anything is written', 'ids', () => create('ids'), 503, /bindDn: expected an account that may read entryUUID$/],
  ];
  test.each(cases)('less the right to %s, say so', async (_, __, send, status, detail) => {
    const answer = await send();
    expect([answer.status, answer.body['detail']]).toEqual([status, expect.stringMatching(detail)]);
  });
});
