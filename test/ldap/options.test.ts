import { describe, expect, test } from 'vitest';
import { parseLdapOptions } from '#adapters/ldap/options/options.ts';
import type { DirectoryError } from '#model/errors.ts';

function faultsOf(options: unknown): readonly string[] {
  try {
    parseLdapOptions(options);
  } catch (error) {
    return (error as DirectoryError).faults.map(({ path }) => path);
  }
  return [];
}

const GOOD = { url: 'ldap://h', users: { base: 'ou=p,dc=x' }, groups: { base: 'ou=g,dc=x' } };

describe('the options of a directory', () => {
  test('need a URL and two bases, and take the rest from the preset', () => {
    const { pool, users, groups } = parseLdapOptions(GOOD);
    expect(pool).toEqual({ urls: ['ldap://h'] });
    expect(users).toMatchObject({ rdn: 'uid', link: 'manager', objectClasses: ['inetOrgPerson'] });
    expect(groups).toMatchObject({ rdn: 'cn', link: 'member', placeholder: 'cn=portico-placeholder' });
  });

  test('bind by name and password, by socket or certificate, or not at all', () => {
    const bound = { ...GOOD, url: 'ldaps://h', bindDn: 'cn=a', bindPassword: 'b' };
    expect(parseLdapOptions(bound).pool.bind).toEqual({ method: 'simple', dn: 'cn=a', password: 'b' });
    expect(parseLdapOptions({ ...GOOD, url: 'ldapi://%2Fx' }).pool.bind).toEqual({ method: 'external' });
    expect(parseLdapOptions({ ...GOOD, tls: { cert: 'c', key: 'k' } }).pool.bind).toEqual({ method: 'external' });
  });

  test('do not send a password in the clear to another machine, unless they say so', () => {
    const bound = { ...GOOD, bindDn: 'cn=a', bindPassword: 'b' };
    expect(faultsOf(bound)).toEqual(['url']);
    expect(faultsOf({ ...bound, url: 'ldaps://h', replicas: ['ldap://h2'] })).toEqual(['url']);
    for (const url of ['ldap://localhost', 'ldap://127.0.0.1:389', 'ldap://[::1]', 'ldapi://%2Fx', 'ldaps://h']) {
      expect(faultsOf({ ...bound, url }), url).toEqual([]);
    }
    expect(faultsOf({ ...bound, tls: { startTls: true } })).toEqual([]);
    expect(faultsOf({ ...bound, plaintext: true })).toEqual([]);
    expect(faultsOf(GOOD)).toEqual([]);
  });

  test('follow changes where one search can, unless they say otherwise', () => {
    expect(parseLdapOptions(GOOD).feed).toEqual({ kept: 100_000 });
    expect(parseLdapOptions({ ...GOOD, changesKept: 5 }).feed).toEqual({ kept: 5 });
    expect(parseLdapOptions({ ...GOOD, changes: 'none' }).feed).toBeUndefined();
    const apart = { ...GOOD, groups: { base: 'dc=y' } };
    expect(parseLdapOptions(apart).feed).toBeUndefined();
    expect(faultsOf({ ...apart, changes: 'syncrepl' })).toEqual(['changes']);
    expect(faultsOf({ ...GOOD, changes: 'syncrepl' })).toEqual([]);
  });

  test('say how long to wait for a connection, and how often to ask whether it is alive', () => {
    const { pool } = parseLdapOptions({ ...GOOD, connectTimeoutMs: 10, heartbeatMs: 20, timeoutMs: 30 });
    expect(pool).toMatchObject({ connectTimeoutMs: 10, heartbeatMs: 20, timeoutMs: 30 });
  });

  test('are refused with every fault at once', () => {
    const bad = {
      url: 'http://h',
      timeoutMs: 0,
      users: { bases: 'x', attributes: { userName: { attribute: 'uid', as: 'number' } } },
      groups: {},
    };
    expect(faultsOf(bad).toSorted()).toEqual(['timeoutMs', 'url', 'users.attributes.userName', 'users.bases']);
    expect(faultsOf({ ...GOOD, bindDn: 'cn=a', users: {}, groups: { base: 'people' } }).toSorted()).toEqual([
      'bindPassword',
      'groups.base',
      'users.base',
    ]);
    expect(faultsOf(null)).toHaveLength(1);
  });

  test('change single attributes of the preset, and take some away', () => {
    const attributes = { title: null, nickName: 'initials', 'name.middleName': { attribute: 'x', as: 'text' } };
    const { users } = parseLdapOptions({ ...GOOD, users: { ...GOOD.users, attributes } });
    const keys = [...users.map.homes.keys()];
    expect(keys).toContain('["nickName"]');
    expect(keys).toContain('["name","middleName"]');
    expect(keys).not.toContain('["title"]');
  });
});
