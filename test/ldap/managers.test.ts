import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import type { ResourceId } from '#model/resource.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { Subject } from '#test/contract/subject.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { empty, openAdminPool, operationsOf, startTenants, tenantOptions } from './directory.ts';

let slapd: Slapd;
let admin: LdapPool;
let adapter: DirectoryAdapter;
let subject: Subject;

beforeAll(async () => {
  slapd = await startTenants(['one']);
  admin = openAdminPool(slapd);
});
beforeEach(async () => {
  await empty(admin);
  adapter = await ldap.open(ldap.options.parse(tenantOptions(slapd)), contractShape);
  subject = new Subject(adapter);
  await slapd.ldapmodify([personAt('ada'), personAt('bob', 'ada'), personAt('cyd', 'ada')].join('\n'));
  return () => adapter.close();
});
afterAll(async () => {
  await admin.close();
  await slapd.stop();
});

const people = 'ou=people,ou=one,dc=example,dc=com';

function personAt(uid: string, manager?: string): string {
  const more = manager === undefined ? '' : `manager: uid=${manager},${people}\n`;
  return `dn: uid=${uid},${people}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\n${more}`;
}

async function idOf(uid: string): Promise<ResourceId> {
  const [id] = await subject.byKey('User', PATHS.userName, uid);
  if (id === undefined) throw new Error(`${uid} must be there`);
  return id;
}

async function managersOf(...ids: readonly ResourceId[]) {
  const found = await adapter.getMany(subject.call, 'User', ids);
  return found.map((each) => each?.links.manager);
}

describe('a manager', () => {
  test('comes with whom he manages in one search, once he has been looked up', async () => {
    const [ada, bob, cyd] = [await idOf('ada'), await idOf('bob'), await idOf('cyd')];
    let found: unknown;
    const counted = await operationsOf(slapd, async () => {
      found = await managersOf(bob, ada, cyd);
    });
    expect(found).toEqual([ada, undefined, ada]);
    expect(counted).toEqual({ SRCH: 1 });
    expect(await operationsOf(slapd, () => idOf('bob'))).toEqual({ SRCH: 1 });
  });

  test('is followed in one search as well', async () => {
    const [ada, bob, cyd] = [await idOf('ada'), await idOf('bob'), await idOf('cyd')];
    await slapd.ldapmodify(`dn: uid=cyd,${people}\nchangetype: modify\nreplace: manager\nmanager: uid=bob,${people}\n`);
    const options = { page: { limit: 1 }, with: [PATHS.userName] };
    const follow = (id: ResourceId) => adapter.linked(subject.call, 'manager', 'out', [id], options);
    const item = (id: ResourceId, userName: string) =>
      expect.objectContaining({
        items: [{ id, type: 'User', depth: 1, attributes: expect.objectContaining({ userName }) }],
      });
    expect(await operationsOf(slapd, () => follow(bob))).toEqual({ SRCH: 1 });
    expect(await follow(bob)).toEqual([item(ada, 'ada')]);
    expect(await follow(cyd)).toEqual([item(bob, 'bob')]);
  });

  test('who comes along is not asked who his own manager is', async () => {
    await slapd.ldapmodify(personAt('dan', 'bob'));
    const dan = await idOf('dan');
    expect(await operationsOf(slapd, () => managersOf(dan))).toEqual({ SRCH: 1 });
    expect(await operationsOf(slapd, () => idOf('dan'))).toEqual({ SRCH: 1 });
    expect(await managersOf(dan)).toEqual([await idOf('bob')]);
  });

  test('is whoever has the name now, although another one had it before', async () => {
    const bob = await idOf('bob');
    await slapd.ldapmodify(`dn: uid=ada,${people}\nchangetype: modrdn\nnewrdn: uid=eve\ndeleteoldrdn: 1\n`);
    expect(await managersOf(bob)).toEqual([undefined]);
    await slapd.ldapmodify(personAt('ada'));
    expect(await managersOf(bob)).toEqual([await idOf('ada')]);
    await slapd.ldapmodify(`dn: uid=bob,${people}\nchangetype: modify\nreplace: manager\nmanager: uid=eve,${people}\n`);
    expect(await managersOf(bob)).toEqual([await idOf('eve')]);
    await slapd.ldapmodify(`dn: uid=bob,${people}\nchangetype: modify\ndelete: manager\n`);
    expect(await managersOf(bob)).toEqual([undefined]);
  });
});
