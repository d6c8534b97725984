import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { Feed } from '#adapters/ldap/feed/feed.ts';
import { parseLdapOptions } from '#adapters/ldap/options/options.ts';
import { TenantView } from '#adapters/ldap/tenant-view.ts';
import type { ResourceId, TenantId } from '#model/resource.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { openAdminPool } from '../directory.ts';

const dnOf = (uid: string, above = 'ou=people') => `uid=${uid},${above},dc=example,dc=com`;
const person = (uid: string, above?: string) =>
  `dn: ${dnOf(uid, above)}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\n`;
const TEAM = 'ou=team,ou=people';
const TEAM_ENTRY = `dn: ${TEAM},dc=example,dc=com\nobjectClass: organizationalUnit\nou: team\n`;

describe('names that are live', () => {
  let slapd: Slapd;
  let pool: LdapPool;
  let feed: Feed;
  let view: TenantView;

  beforeAll(async () => {
    slapd = await startSlapd({ ldif: [person('ada'), person('bob'), TEAM_ENTRY, person('eve', TEAM)].join('\n') });
    pool = openAdminPool(slapd);
    const users = { base: slapd.people, without: '*' };
    const options = parseLdapOptions({ url: slapd.url, users, groups: { base: slapd.groups } });
    feed = new Feed(pool, options, { kept: 100 });
    view = new TenantView(options, 'acme' as TenantId, feed);
    feed.serve(view);
  });
  afterAll(async () => {
    feed.close();
    await pool.close();
    await slapd.stop();
  });

  const idOf = async (uid: string) =>
    /entryUUID: (.+)/.exec(await slapd.ldapsearch(`(uid=${uid})`, 'entryUUID'))?.[1] as ResourceId;
  const live = (id: ResourceId) => view.names.live(id)?.dn;
  const becomes = (id: ResourceId, dn: string | undefined) =>
    expect.poll(() => live(id), { timeout: 5_000, interval: 2 }).toBe(dn);

  test('are there without anything having been read, once somebody follows', async () => {
    const ada = await idOf('ada');
    expect(live(ada)).toBeUndefined();
    feed.start();
    await becomes(ada, dnOf('ada'));
    expect(live(await idOf('eve'))).toBe(dnOf('eve', TEAM));
  });

  test('move with the entry, by its own renaming or that of one above, and go with it', async () => {
    const [ada, eve] = [await idOf('ada'), await idOf('eve')];
    await slapd.ldapmodify(`dn: ${dnOf('ada')}\nchangetype: modrdn\nnewrdn: uid=lovelace\ndeleteoldrdn: 1\n`);
    await becomes(ada, dnOf('lovelace'));
    await slapd.ldapmodify(`dn: ${TEAM},dc=example,dc=com\nchangetype: modrdn\nnewrdn: ou=crew\ndeleteoldrdn: 1\n`);
    await becomes(eve, dnOf('eve', 'ou=crew,ou=people'));
    await slapd.ldapmodify(`dn: ${dnOf('lovelace')}\nchangetype: delete\n`);
    await becomes(ada, undefined);
  });

  test('do not go back to what was read earlier', async () => {
    const bob = await idOf('bob');
    const name = view.names.live(bob);
    if (name === undefined) throw new Error('bob is live');
    await slapd.ldapmodify(`dn: ${dnOf('bob')}\nchangetype: modrdn\nnewrdn: uid=robert\ndeleteoldrdn: 1\n`);
    await becomes(bob, dnOf('robert'));
    view.names.set(bob, name);
    expect(view.names.get(bob)?.dn).toBe(dnOf('bob'));
    expect(live(bob)).toBeUndefined();
  });

  test('are none while nobody is told, and are there again with what happened meanwhile', async () => {
    await slapd.ldapmodify(person('cyd'));
    const cyd = await idOf('cyd');
    await becomes(cyd, dnOf('cyd'));
    await slapd.kill();
    await becomes(cyd, undefined);
    await slapd.start();
    await slapd.ldapmodify(`dn: ${dnOf('cyd')}\nchangetype: modrdn\nnewrdn: uid=sid\ndeleteoldrdn: 1\n`);
    await becomes(cyd, dnOf('sid'));
  });
});
