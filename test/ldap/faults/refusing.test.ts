import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser, GROUP, USER } from '#test/scim/people.ts';
import type { ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { startTcpProxy, type TcpProxy } from '#test/support/tcp-proxy.ts';
import { backendOptions, type Gateways, startDirectory, startGateways, untilServed } from './gateway.ts';
import { secretsOf } from './load.ts';

const PORTICO = 'cn=portico,dc=example,dc=com';
const ACCOUNT = `dn: ${PORTICO}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: portico
userPassword: first
`;
const PEOPLE = Array.from(
  { length: 10 },
  (_, i) => `dn: uid=p${i},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: p${i}\ncn: P\nsn: P\n`,
);
const ldif = [ACCOUNT, ...PEOPLE].join('\n');

const grant = (what: string, right: string) => `access to ${what} by dn.exact="${PORTICO}" ${right} by anonymous auth`;
const ALL = grant('*', 'write');

describe('a directory that refuses', { timeout: 120_000 }, () => {
  let slapds: { readonly [name in Refusing]: Slapd };
  let proxy: TcpProxy;
  let gateways: Gateways<Refusing>;
  beforeAll(async () => {
    const limited = await startDirectory({ ldif, database: ALL, limits: `dn.exact="${PORTICO}" size=5` });
    const source = `provider=${limited.url} type=refreshAndPersist searchbase="${limited.suffix}" retry="1 +"`;
    const login = `bindmethod=simple binddn="${limited.adminDn}" credentials=${limited.adminPassword}`;
    const copied = `syncrepl rid=001 ${source} ${login}\nupdateref ${limited.url}`;
    const titles = grant('attrs=title', 'read');
    const groups = grant('dn.subtree="ou=groups,dc=example,dc=com"', 'read');
    slapds = {
      limited,
      replica: await startDirectory({ empty: true, database: `${ALL}\n${copied}` }),
      readonly: await startDirectory({ ldif, database: `${ALL}\nreadonly on` }),
      guarded: await startDirectory({ ldif, database: [titles, groups, ALL].join('\n') }),
      locked: await startDirectory({ ldif, database: ALL }),
      full: await startDirectory({ ldif, database: `maxsize 300000\n${ALL}` }),
    };
    proxy = await startTcpProxy(slapds.locked.port);
    const options = (slapd: Slapd) => ({ ...backendOptions(slapd), bindDn: PORTICO, bindPassword: 'first' });
    gateways = await startGateways({
      limited: options(slapds.limited),
      replica: options(slapds.replica),
      readonly: options(slapds.readonly),
      guarded: options(slapds.guarded),
      locked: { ...options(slapds.locked), url: `ldap://127.0.0.1:${proxy.port}` },
      full: options(slapds.full),
    });
  });
  afterAll(async () => {
    await gateways[Symbol.asyncDispose]();
    await proxy.close();
    await Promise.all(Object.values(slapds).map((slapd) => slapd.stop()));
  });

  function expectRefusal({ status, body, text }: ScimAnswer, expected: number, detail: RegExp): void {
    expect([status, body['detail']]).toEqual([expected, expect.stringMatching(detail)]);
    const secrets = [...Object.values(slapds).flatMap(secretsOf), 'cn=portico', 'first'];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  }

  const create = (scim: ScimClient, userName: string) => scim.post('/Users', { schemas: [USER], userName });
  const lookUp = (scim: ScimClient, userName: string) => scim.get(`/Users?filter=userName%20eq%20%22${userName}%22`);
  const expectLogged = (pattern: RegExp) =>
    expect.poll(() => gateways.portico.output(), { timeout: 10_000 }).toMatch(pattern);

  test('by its size limit: the answer names the limit, and what is within it goes on', async () => {
    const scim = gateways.scim.limited;
    expectRefusal(await scim.get('/Users?count=9'), 503, /size limit; raise the limit of the account/);
    expect((await lookUp(scim, 'p1')).body['totalResults']).toBe(1);
    expect((await create(scim, 'eve')).status).toBe(201);
    await expectLogged(/"tenant":"limited"[^\n]*"status":503[^\n]*"err":\{[^\n]*LDAP result 4:/);
  });

  test.each([
    [3, /time limit; raise the limit of the account/],
    [11, /a limit of its administrator/],
    [80, /failed within itself/],
  ])('a read by result %i, which says what it is', async (code, detail) => {
    proxy.change = (chunk) => withResult(chunk, code);
    expectRefusal(await lookUp(gateways.scim.locked, 'x'), 503, detail);
    proxy.change = undefined;
    expect((await lookUp(gateways.scim.locked, 'x')).status).toBe(200);
  });

  test('all writes, being read-only: reads go on', async () => {
    const scim = gateways.scim.readonly;
    const [{ id }] = (await lookUp(scim, 'p1')).body['Resources'] as [{ id: string }];
    const detail = /^the directory is unwilling to do this; it may be read-only$/;
    expectRefusal(await create(scim, 'eve'), 403, detail);
    expectRefusal(await scim.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'T' }]), 403, detail);
    expectRefusal(await scim.delete(`/Users/${id}`), 403, detail);
    expect((await scim.get(`/Users/${id}`)).status).toBe(200);
    await expectLogged(/"tenant":"readonly"[^\n]*"status":403[^\n]*"err":\{[^\n]*LDAP result 53:/);
  });

  test('writes to a replica, by a referral: what to change is said, not where the other server is', async () => {
    const detail = /^the directory refers writes to another server; configure that one as url$/;
    expectRefusal(await create(gateways.scim.replica, 'ivy'), 403, detail);
  });

  test('by a right that the account lacks: the answer names what it was about to do', async () => {
    const scim = gateways.scim.guarded;
    const id = await createUser(scim, 'ada');
    expectRefusal(
      await scim.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'T' }]),
      403,
      /^the account that Portico binds with has no right to change title of an entry; grant it in the access rules/,
    );
    const group = await scim.post('/Groups', { schemas: [GROUP], displayName: 'G' });
    expectRefusal(group, 403, /no right to add an entry with objectClass, /);
    await expectLogged(/"tenant":"guarded"[^\n]*"status":403[^\n]*"err":\{[^\n]*LDAP result 50:/);
  });

  test('to be bound to, since the password was changed: it is asked seldom, and served when the password is right again', async () => {
    const [scim, slapd] = [gateways.scim.locked, slapds.locked];
    const setPassword = (password: string) =>
      slapd.ldapmodify(`dn: ${PORTICO}\nchangetype: modify\nreplace: userPassword\nuserPassword: ${password}\n`);
    await setPassword('second');
    expect((await create(scim, 'eve')).status).toBe(201);
    proxy.reset();
    const detail = /\(result 49\); correct bindDn and bindPassword$/;
    await expect.poll(async () => (await create(scim, 'zoe')).body['detail'], { timeout: 10_000 }).toMatch(detail);
    const taken = proxy.taken;
    const end = performance.now() + 1_000;
    while (performance.now() < end) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => lookUp(scim, 'eve')));
      for (const answer of answers) expectRefusal(answer, 503, detail);
    }
    expect(proxy.taken - taken).toBeLessThanOrEqual(8);
    await setPassword('first');
    await untilServed(scim);
  });

  test('what is past the size of its database: nothing is half written, and reads go on', async () => {
    const scim = gateways.scim.full;
    let count = 0;
    let answer = await create(scim, 'full 0');
    while (answer.status === 201) {
      count += 1;
      answer = await create(scim, `full ${count}`);
    }
    expectRefusal(answer, 503, /failed within itself, as where its database or disk is full/);
    expect(await slapds.full.ldapsearch(`(uid=full ${count})`)).toBe('');
    expect((await lookUp(scim, 'p1')).body['totalResults']).toBe(1);
  });
});

type Refusing = 'limited' | 'replica' | 'readonly' | 'guarded' | 'locked' | 'full';

/** The same answer with another result: the code is the byte behind `0a 01` where a search ends, RFC 4511 §4.1.9 and §4.5.2. */
function withResult(chunk: Buffer, code: number): Buffer {
  const changed = Buffer.from(chunk);
  const at = changed.indexOf(Buffer.from([0x65, 0x07, 0x0a, 0x01]));
  if (at >= 0) changed[at + 4] = code;
  return changed;
}
