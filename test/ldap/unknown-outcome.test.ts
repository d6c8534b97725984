import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { Subject } from '#test/contract/subject.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { startTcpProxy, type TcpProxy } from '#test/support/tcp-proxy.ts';
import { empty, openAdminPool, renamingOptions, startTenants, tenantOptions } from './directory.ts';

/** Enough to cut the answer to a write, and too little to bring it whole. */
const CUT_AFTER_BYTES = 3;
/** The tag of an AddRequest, RFC 4511 §4.7. */
const ADD_REQUEST = 0x68;

/** The tag of an LDAPMessage's operation, after the lengths of the message and of its number (RFC 4511 §4.1.1). */
function operationIn(message: Buffer): number | undefined {
  const length = message.readUInt8(1);
  const number = 2 + (length < 0x80 ? 0 : length - 0x80);
  return message[number + 2 + message.readUInt8(number + 1)];
}

describe('a write whose answer is cut off', () => {
  let slapd: Slapd;
  let proxy: TcpProxy;
  let admin: LdapPool;
  let subject: Subject;
  beforeAll(async () => {
    slapd = await startTenants(['one']);
    admin = openAdminPool(slapd);
  });
  beforeEach(async () => {
    await empty(admin);
    proxy = await startTcpProxy(slapd.port);
  });
  afterEach(async () => {
    await subject.adapter.close();
    await proxy.close();
  });
  afterAll(async () => {
    await admin.close();
    await slapd.stop();
  });

  async function open(options: ReturnType<typeof tenantOptions>): Promise<void> {
    const url = `ldap://127.0.0.1:${proxy.port}`;
    subject = new Subject(await ldap.open(ldap.options.parse({ ...options, url, connections: 1 }), contractShape));
    await subject.adapter.ping(subject.call);
  }

  test('a create that happened is answered as done, and happened once', async () => {
    await open(tenantOptions(slapd));
    proxy.resetAfter(CUT_AFTER_BYTES);
    const user = await subject.user('ada', { title: 'T', externalId: 'x' });
    expect(user.attributes).toEqual({ userName: 'ada', title: 'T', externalId: 'x' });
    expect(await subject.now(user)).toEqual(user);
    expect(await subject.foundIds('User')).toEqual([user.id]);
  });

  test('a create that the server carries out after its connection has broken is found', async () => {
    await open(tenantOptions(slapd));
    proxy.lingerMs = 300;
    proxy.holdMs = (chunk) => {
      if (operationIn(chunk) !== ADD_REQUEST) return 0;
      proxy.holdMs = undefined;
      setTimeout(() => proxy.reset(), 20);
      return 50;
    };
    const user = await subject.user('ada');
    expect(await subject.foundIds('User')).toEqual([user.id]);
  });

  test('a delete that happened is answered as done, and its name leaves its groups', async () => {
    await open(tenantOptions(slapd));
    const user = await subject.user('ada');
    await subject.group('G', [user]);
    proxy.resetAfter(CUT_AFTER_BYTES);
    expect(await subject.delete(user)).toMatchObject({ changed: true });
    expect(await subject.get(user)).toBeNull();
    expect(await slapd.ldapsearch('(member=*)', 'member')).not.toContain('porticoName=');
    expect(await subject.byKey('User', PATHS.userName, 'ada')).toEqual([]);
  });

  test('a change that happened is unknown, and core finds it done', async () => {
    await open(tenantOptions(slapd));
    const user = await subject.user('ada');
    proxy.resetAfter(CUT_AFTER_BYTES);
    const answer = await subject.attempt(subject.contentOf(user, { userName: 'ada', title: 'New' }));
    expect(answer).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect((await subject.now(user)).attributes).toMatchObject({ title: 'New' });
  });

  test('a deletion whose clean-up broke off leaves names that who takes the name over does not inherit', async () => {
    await open(renamingOptions(slapd));
    const user = await subject.user('ada');
    const group = await subject.group('G', [user]);
    await slapd.ldapmodify('dn: uid=ada,ou=people,ou=one,dc=example,dc=com\nchangetype: delete\n');
    const heir = await subject.user('ada');
    expect(await subject.members(group)).toEqual([]);
    expect(await subject.linkedIds('members', 'in', heir)).toEqual([]);
  });
});
