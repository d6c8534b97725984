import { describe, expect, test } from 'vitest';
import { sort } from '#adapters/ldap/connection/controls.ts';
import { openPool } from '#adapters/ldap/connection/open-pool.ts';
import { type Slapd, startSlapd } from '../support/slapd.ts';
import { ldapCall } from './call.ts';

const PEOPLE = Array.from(
  { length: 2_000 },
  (_, at) =>
    `dn: uid=p${at},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: p${at}\ncn: p${at}\nsn: p${at}\n`,
).join('\n');

describe('a server that is too busy', () => {
  const open = (slapd: Slapd, timeoutMs: number) =>
    openPool({
      urls: [slapd.url],
      bind: { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword },
      connections: 1,
      timeoutMs,
    });

  test('is asked again within the call: slapd sorts a few searches per connection at a time', async () => {
    const slapd = await startSlapd({ ldif: PEOPLE });
    const pool = open(slapd, 20_000);
    const controls = [sort([{ attribute: 'cn', rule: 'caseIgnoreOrderingMatch' }])];
    const request = { base: slapd.people, scope: 'one', filter: '(cn=p1*)', attributes: ['cn'], controls } as const;
    const results = await Promise.all(Array.from({ length: 40 }, () => pool.search(ldapCall(20_000), request)));
    expect(results.map(({ entries }) => entries.length)).toEqual(Array.from({ length: 40 }, () => 1_111));
    expect(slapd.log()).toMatch(/RESULT tag=101 err=51/);
    await pool.close();
    await slapd.stop();
  });
});
