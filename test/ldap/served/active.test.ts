import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import { run } from '#test/support/run-command.ts';
import type { ScimClient } from '#test/support/scim-client.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { SUFFIX } from '#test/support/slapd-configuration.ts';
import { ACME_SCHEMA } from './acme-schema.ts';
import { type DirectoryGateway, startDirectoryGateway } from './gateway.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PORTICO = `cn=portico,${SUFFIX}`;
const PASSWORD = 'correct horse battery';

/** The account may do everything, but for one thing where people are barred. */
const ACCESS = `
access to dn.subtree="ou=barred,${SUFFIX}" attrs=pwdAccountLockedTime by * read
access to attrs=userPassword by dn.exact="${PORTICO}" write by anonymous auth
access to * by dn.exact="${PORTICO}" manage by * read`;

function unit(name: string): string {
  return `dn: ou=${name},${SUFFIX}\nobjectClass: organizationalUnit\nou: ${name}\n`;
}

let slapd: Slapd;
let gateway: DirectoryGateway;
beforeAll(async () => {
  slapd = await startSlapd({
    ppolicy: true,
    global: ACME_SCHEMA,
    database: ACCESS,
    ldif: [
      ...['flagged', 'barred'].map(unit),
      `dn: ${PORTICO}\nobjectClass: applicationProcess\nobjectClass: simpleSecurityObject\ncn: portico\nuserPassword: secret\n`,
    ].join('\n'),
  });
  await slapd.ldapmodify(
    `dn: cn=policy,${SUFFIX}\nchangetype: modify\nadd: pwdMaxFailure\npwdMaxFailure: 2\n-\nadd: pwdCheckQuality\npwdCheckQuality: 2\n-\nadd: pwdMinLength\npwdMinLength: 8\n-\nadd: pwdInHistory\npwdInHistory: 3\n`,
  );
  const tenant = (unit: string, users: object) => ({
    bindDn: PORTICO,
    users: { base: `ou=${unit},${SUFFIX}`, without: '*', password: { scheme: 'clear' }, ...users },
    groups: { base: slapd.groups, without: '*' },
  });
  const locked = { attributes: { active: 'pwdAccountLockedTime' } };
  gateway = await startDirectoryGateway(slapd, {
    locked: tenant('people', locked),
    hashed: tenant('people', { ...locked, password: { scheme: 'ssha' } }),
    barred: tenant('barred', locked),
    flagged: tenant('flagged', {
      objectClasses: ['inetOrgPerson', 'acmePerson'],
      attributes: { active: 'loginDisabled' },
    }),
  });
});
afterAll(async () => {
  await gateway.stop();
  await slapd.stop();
});

async function created(scim: ScimClient, userName: string, more: { readonly [name: string]: Json } = {}) {
  const answer = await scim.post('/Users', { schemas: [USER], userName, password: PASSWORD, ...more });
  expect(answer).toMatchObject({ status: 201 });
  return String(answer.body['id']);
}

/** By which filter of `active` a user is found. */
async function found(tenant: string, userName: string): Promise<{ readonly true: boolean; readonly false: boolean }> {
  const isFound = async (active: boolean) => {
    const filter = encodeURIComponent(`userName eq "${userName}" and active eq ${active}`);
    return (await gateway.scim(tenant).get(`/Users?filter=${filter}`)).body['totalResults'] === 1;
  };
  return { true: await isFound(true), false: await isFound(false) };
}

function whoami(uid: string, password = PASSWORD): Promise<string> {
  return run('ldapwhoami', ['-x', '-H', slapd.url, '-D', `uid=${uid},${slapd.people}`, '-w', password]);
}

describe('active by the lock of ppolicy', () => {
  test('shuts out by what Entra, Okta and a PUT send, and lets in again', async () => {
    const scim = gateway.scim('locked');
    const id = await created(scim, 'ada');
    await whoami('ada');
    const patches = (value: boolean): readonly (readonly Json[])[] => [
      [{ op: 'Replace', path: 'active', value: value ? 'True' : 'False' }],
      [{ op: 'replace', value: { active: value } }],
    ];
    const put = (active: boolean) => scim.put(`/Users/${id}`, { schemas: [USER], userName: 'ada', active });
    const changes = [0, 1].map((i) => (active: boolean) => scim.patch(`/Users/${id}`, patches(active)[i] ?? []));
    for (const change of [...changes, put]) {
      expect(await change(false)).toMatchObject({ status: 200, body: { active: false } });
      await expect(whoami('ada')).rejects.toThrow('(49)');
      expect(await change(true)).toMatchObject({ status: 200, body: { active: true } });
      await whoami('ada');
    }
  });

  test('is false from the beginning where the user is created so', async () => {
    const scim = gateway.scim('locked');
    const id = await created(scim, 'bob', { active: false });
    expect(await scim.get(`/Users/${id}`)).toMatchObject({ body: { active: false } });
    await expect(whoami('bob')).rejects.toThrow('(49)');
    expect(await gateway.graphql('locked', `{ user(by: { id: "${id}" }) { active } }`)).toEqual({
      data: { user: { active: false } },
    });
  });

  test('does not say that of one whom too many wrong passwords have locked, and disables him all the same', async () => {
    const scim = gateway.scim('locked');
    const id = await created(scim, 'cyd');
    for (let i = 0; i < 3; i += 1) await expect(whoami('cyd', 'wrong')).rejects.toThrow('(49)');
    expect(await slapd.ldapsearch('(uid=cyd)', 'pwdAccountLockedTime')).toMatch(/pwdAccountLockedTime: 2/);
    expect(await scim.get(`/Users/${id}`)).toMatchObject({ body: { active: true } });
    expect(await found('locked', 'cyd')).toEqual({ true: true, false: false });
    const set = (active: boolean) => scim.patch(`/Users/${id}`, [{ op: 'replace', value: { active } }]);
    expect(await set(false)).toMatchObject({ status: 200, body: { active: false } });
    expect(await found('locked', 'cyd')).toEqual({ true: false, false: true });
    expect(await slapd.ldapsearch('(uid=cyd)', 'pwdAccountLockedTime')).toContain(
      'pwdAccountLockedTime: 000001010000Z',
    );
    expect(await set(true)).toMatchObject({ status: 200, body: { active: true } });
    await whoami('cyd');
  });

  test('is refused by name where the account lacks the right', async () => {
    const scim = gateway.scim('barred');
    const id = await created(scim, 'dan');
    const { status, body } = await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }]);
    expect(status).toBe(403);
    expect(body['detail']).toMatch(/has no right to change pwdAccountLockedTime of an entry; grant it.*manage/);
    expect(await scim.get(`/Users/${id}`)).toMatchObject({ body: { active: true } });
  });
});

test('active by an attribute that says the opposite is written so, and true where it is absent', async () => {
  const scim = gateway.scim('flagged');
  const base = `ou=flagged,${SUFFIX}`;
  await slapd.ldapmodify(
    `dn: uid=old,${base}\nobjectClass: inetOrgPerson\nobjectClass: acmePerson\nuid: old\ncn: o\nsn: o\n`,
  );
  const { body } = await scim.get('/Users?filter=userName%20eq%20%22old%22');
  expect(body).toMatchObject({ Resources: [{ active: true }] });
  expect(await found('flagged', 'old')).toEqual({ true: true, false: false });
  const id = await created(scim, 'eve', { active: false });
  expect(await found('flagged', 'eve')).toEqual({ true: false, false: true });
  expect(await slapd.ldapsearch('(uid=eve)', 'loginDisabled')).toContain('loginDisabled: TRUE');
  const set = (active: boolean) => scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: active }]);
  expect(await set(true)).toMatchObject({ body: { active: true } });
  expect(await slapd.ldapsearch('(uid=eve)', 'loginDisabled')).toContain('loginDisabled: FALSE');
});

describe('a password that the policy of the directory refuses', () => {
  test('is named as such, whether it is new, changed or used before, and stands in no log', async () => {
    const scim = gateway.scim('locked');
    const short = await scim.post('/Users', { schemas: [USER], userName: 'fay', password: 'short7!' });
    expect(short).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/policy refuses the password/) },
    });
    const id = await created(scim, 'gus');
    const set = (password: string) => scim.patch(`/Users/${id}`, [{ op: 'replace', value: { password } }]);
    expect(await set('short8!')).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect(await set('another horse entirely')).toMatchObject({ status: 200 });
    expect(await set(PASSWORD)).toMatchObject({ status: 400 });
    await whoami('gus', 'another horse entirely');
    const log = gateway.portico.output();
    for (const secret of ['short7!', 'short8!', PASSWORD, 'another horse']) expect(log).not.toContain(secret);
  });

  test('says what to configure where the policy cannot look at what is hashed already', async () => {
    const answer = await gateway
      .scim('hashed')
      .post('/Users', { schemas: [USER], userName: 'hal', password: PASSWORD });
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.text).toContain('users.password.scheme');
  });
});
