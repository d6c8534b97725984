import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Slapd, startSlapd } from '../support/slapd.ts';

const PERSON = `dn: uid=ada,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: ada
cn: Ada
sn: Lovelace
mail: ada@example.com
`;

describe('a slapd of a test', () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd({ unique: ['mail', 'uid'], ppolicy: true });
    await slapd.ldapmodify(PERSON);
  });
  afterAll(() => slapd.stop());

  test('keeps what it was told over a kill', async () => {
    await slapd.kill();
    await expect(slapd.ldapsearch('(uid=ada)')).rejects.toThrow("Can't contact LDAP server");
    await slapd.start();
    expect(await slapd.ldapsearch('(uid=ada)', 'sn')).toContain('sn: Lovelace');
  });

  test('refuses a second entry with a unique value', async () => {
    const second = PERSON.replace('uid=ada', 'uid=eve').replace('uid: ada', 'uid: eve');
    await expect(slapd.ldapmodify(second)).rejects.toThrow('Constraint violation (19)');
  });

  test('counts the operations of a piece of work', async () => {
    const counts = await slapd.countOperations(() => slapd.ldapsearch('(uid=ada)'));
    expect(counts).toEqual({ BIND: 1, SRCH: 1 });
  });

  test('starts without any overlay', async () => {
    const plain = await startSlapd({ syncprov: false, sort: false });
    expect(await plain.ldapsearch('-s', 'one', '1.1')).not.toContain('policy');
    await plain.stop();
  });

  test('is told to end with the process that started it', () => {
    expect(readFileSync(`/proc/${slapd.pid}/comm`, 'utf8')).toBe('slapd\n');
    expect(readFileSync(`/proc/${slapd.pid}/status`, 'utf8')).toContain(`PPid:\t${process.pid}\n`);
  });
});
