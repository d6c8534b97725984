import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { contractShape } from '#test/contract/sample.ts';
import { Subject } from '#test/contract/subject.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { empty, openAdminPool, renamingOptions, startTenants } from '../directory.ts';
import { Reader } from './reader.ts';

let slapd: Slapd;
let admin: LdapPool;
let adapter: DirectoryAdapter;
let subject: Subject;
let reader: Reader;

beforeAll(async () => {
  slapd = await startTenants(['one', 'two']);
  admin = openAdminPool(slapd);
});
beforeEach(async () => {
  await empty(admin);
  adapter = await ldap.open(ldap.options.parse(renamingOptions(slapd)), contractShape);
  subject = new Subject(adapter);
  reader = await Reader.open(adapter);
  return async () => {
    await reader.stop();
    await adapter.close();
  };
});
afterAll(async () => {
  await admin.close();
  await slapd.stop();
});

const dnOf = (uid: string, tenant = 'one') => `uid=${uid},ou=people,ou=${tenant},dc=example,dc=com`;
const person = (uid: string, tenant?: string) =>
  `dn: ${dnOf(uid, tenant)}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\n`;
const modify = (dn: string, change: string) => `dn: ${dn}\nchangetype: modify\n${change}\n`;
const rename = (dn: string, rdn: string, more = '') =>
  `dn: ${dn}\nchangetype: modrdn\nnewrdn: ${rdn}\ndeleteoldrdn: 1\n${more}`;
const idOf = async (filter: string) =>
  /entryUUID: (.+)/.exec(await slapd.ldapsearch(filter, 'entryUUID'))?.[1] ?? `no entry ${filter}`;

describe('what others change in a directory', () => {
  test('is told by kind, type, id and version, and by nobody’s name', async () => {
    await slapd.ldapmodify(person('ada'));
    const id = await idOf('(uid=ada)');
    await slapd.ldapmodify(modify(dnOf('ada'), 'replace: title\ntitle: Countess'));
    const { version } = await subject.now({ type: 'User', id: id as never });
    await slapd.ldapmodify(rename(dnOf('ada'), 'uid=lovelace'));
    await slapd.ldapmodify(
      `dn: cn=g,ou=groups,ou=one,dc=example,dc=com\nobjectClass: groupOfNames\ncn: g\nmember: ${dnOf('lovelace')}\n`,
    );
    const group = await idOf('(cn=g)');
    await slapd.ldapmodify(`dn: ${dnOf('lovelace')}\nchangetype: delete\n`);
    const changes = await reader.sees(5);
    expect(changes).toMatchObject([
      { kind: 'created', type: 'User', id },
      { kind: 'updated', type: 'User', id, version },
      { kind: 'updated', type: 'User', id },
      { kind: 'created', type: 'Group', id: group },
      { kind: 'deleted', type: 'User', id },
    ]);
    expect(changes.some((change) => 'actor' in change || 'members' in change)).toBe(false);
    expect(Math.abs(Date.now() - (changes[4]?.at.getTime() ?? 0))).toBeLessThan(60_000);
  });

  test('is told within a tenth of a second of its acknowledgement', async ({ annotate }) => {
    await subject.user('first');
    await reader.sees(1);
    const delays: number[] = [];
    for (let at = 0; at < 15; at += 1) {
      const next = reader.changes.length + 1;
      await admin.add(subject.call, {
        dn: dnOf(`timed${at}`),
        attributes: { objectClass: ['inetOrgPerson'], uid: [`timed${at}`], cn: ['c'], sn: ['s'] },
      });
      const acknowledged = performance.now();
      await expect.poll(() => reader.changes.length, { interval: 1 }).toBe(next);
      delays.push(performance.now() - acknowledged);
    }
    await annotate(`median of 15: ${(delays.toSorted((a, b) => a - b)[7] ?? Number.NaN).toFixed(1)} ms`);
    // One quiet attempt is enough to show that nothing waits for a clock.
    expect(Math.min(...delays)).toBeLessThan(100);
  });

  test('is told to the tenant whose it is, and a move from one to another to both', async () => {
    const other = await Reader.open(adapter, { tenant: 'two' });
    await slapd.ldapmodify(person('ada', 'two'));
    await other.sees(1);
    const id = await idOf('(uid=ada)');
    await slapd.ldapmodify(rename(dnOf('ada', 'two'), 'uid=ada', 'newsuperior: ou=people,ou=one,dc=example,dc=com\n'));
    await slapd.ldapmodify(person('bob', 'two'));
    await other.sees(3);
    expect(other.told).toEqual([`created ${id}`, `deleted ${id}`, `created ${await idOf('(uid=bob)')}`]);
    await reader.sees(1);
    expect(reader.told).toEqual([`created ${id}`]);
    await other.stop();
  });

  test('is told of what leaves the tenant’s part of the tree, and comes back', async () => {
    await slapd.ldapmodify(person('ada'));
    const id = await idOf('(uid=ada)');
    await slapd.ldapmodify(rename(dnOf('ada'), 'uid=ada', 'newsuperior: ou=one,dc=example,dc=com\n'));
    await slapd.ldapmodify(
      rename('uid=ada,ou=one,dc=example,dc=com', 'uid=ada', 'newsuperior: ou=people,ou=one,dc=example,dc=com\n'),
    );
    await reader.sees(3);
    expect(reader.told).toEqual([`created ${id}`, `deleted ${id}`, `created ${id}`]);
  });

  test('includes everybody below an entry above them that is moved, of whom the directory says nothing', async () => {
    await slapd.ldapmodify(
      `dn: ou=team,ou=people,ou=one,dc=example,dc=com\nobjectClass: organizationalUnit\nou: team\n`,
    );
    await slapd.ldapmodify(person('ada').replace('uid=ada,', 'uid=ada,ou=team,'));
    await slapd.ldapmodify(person('bob').replace('uid=bob,', 'uid=bob,ou=team,'));
    const ids = [await idOf('(uid=ada)'), await idOf('(uid=bob)')];
    await reader.sees(2);
    await slapd.ldapmodify(
      rename('ou=team,ou=people,ou=one,dc=example,dc=com', 'ou=team', 'newsuperior: ou=one,dc=example,dc=com\n'),
    );
    await reader.sees(4);
    expect(reader.told.slice(2).toSorted()).toEqual(ids.map((id) => `deleted ${id}`).toSorted());
    await slapd.ldapmodify(`dn: uid=ada,ou=team,ou=one,dc=example,dc=com\nchangetype: delete\n`);
    await slapd.ldapmodify(`dn: uid=bob,ou=team,ou=one,dc=example,dc=com\nchangetype: delete\n`);
    await slapd.ldapmodify(`dn: ou=team,ou=one,dc=example,dc=com\nchangetype: delete\n`);
    await slapd.ldapmodify(person('eve'));
    await reader.sees(5);
    expect(reader.told.at(-1)).toBe(`created ${await idOf('(uid=eve)')}`);
  });

  test('beside what is no resource of anybody’s, which is not told', async () => {
    await slapd.ldapmodify(`dn: ou=printers,dc=example,dc=com\nobjectClass: organizationalUnit\nou: printers\n`);
    await slapd.ldapmodify(`dn: cn=p,ou=printers,dc=example,dc=com\nobjectClass: device\ncn: p\n`);
    await slapd.ldapmodify(`dn: cn=p,ou=printers,dc=example,dc=com\nchangetype: delete\n`);
    await slapd.ldapmodify(`dn: ou=printers,dc=example,dc=com\nchangetype: delete\n`);
    await slapd.ldapmodify(person('ada'));
    expect(await reader.sees(1)).toMatchObject([{ id: await idOf('(uid=ada)') }]);
  });
});

describe('a change of the gateway’s own', () => {
  test('is told once, with who made it, by which request, and the members whom it moved', async () => {
    const user = await subject.user('ada');
    const group = await subject.group('G', [user]);
    await subject.delete(user);
    // The group loses its member in a second step, of which the directory alone tells.
    const changes = await reader.sees(4);
    const by = { actor: 'suite', requestId: 'request-1' };
    expect(changes).toMatchObject([
      { kind: 'created', id: user.id, ...by },
      { kind: 'created', id: group.id, ...by, members: { added: [{ id: user.id, type: 'User' }], removed: [] } },
      { kind: 'deleted', id: user.id, ...by },
      { kind: 'updated', id: group.id },
    ]);
    expect(changes[3]).not.toHaveProperty('actor');
  });
});
