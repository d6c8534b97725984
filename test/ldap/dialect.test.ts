import { readFileSync } from 'node:fs';
import { EqualityFilter } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Entry } from '#adapters/ldap/connection/entry.ts';
import { LdapError } from '#adapters/ldap/connection/ldap-error.ts';
import { activeDirectory } from '#adapters/ldap/dialect/active-directory.ts';
import { objectGuid } from '#adapters/ldap/dialect/object-guid.ts';
import { openldap } from '#adapters/ldap/dialect/openldap.ts';
import { NOTHING } from '#adapters/ldap/filter/terms.ts';
import { converterOf } from '#adapters/ldap/mapping/converters.ts';
import { leafKey } from '#adapters/ldap/mapping/leaves.ts';
import { parseTemplate } from '#adapters/ldap/mapping/template.ts';
import { parseLdapOptions } from '#adapters/ldap/options/options.ts';
import { toDirectoryError } from '#adapters/ldap/result-error.ts';

const GUID = Buffer.from('07785182464b72418d7c9d551c28592d', 'hex');
const TEXT = '82517807-4b46-4172-8d7c-9d551c28592d';

function entryOf(attribute: string, value: Buffer): Entry {
  return new Entry('CN=a', [{ name: attribute, values: [value] }]);
}

function refusal(code: number, diagnostic: string): LdapError {
  return new LdapError({ code, diagnostic, matchedDn: '', referrals: [], controls: [] });
}

describe('the dialect of Active Directory', () => {
  test('shows a GUID as its text, whose first three groups are stored the other way round, and seeks its bytes', () => {
    expect(objectGuid.read(entryOf('objectGUID', GUID))).toBe(TEXT);
    const filter = objectGuid.equals(TEXT);
    expect(filter).toBeInstanceOf(EqualityFilter);
    expect((filter as EqualityFilter).value).toEqual(GUID);
  });

  test('knows no id but a whole GUID in small letters', () => {
    for (const text of ['', TEXT.toUpperCase(), `${TEXT}0`, `{${TEXT}}`, TEXT.replaceAll('-', '')]) {
      expect([text, objectGuid.accepts(text), objectGuid.equals(text)]).toEqual([text, false, NOTHING]);
    }
    expect(objectGuid.read(entryOf('objectGUID', GUID.subarray(1)))).toBeUndefined();
    expect(objectGuid.read(entryOf('other', GUID))).toBeUndefined();
  });

  test('writes times with a fraction, without which they are refused', () => {
    const instant = Date.UTC(2026, 10, 27, 4, 21, 28);
    expect(activeDirectory.printTime(instant)).toBe('20261127042128.0Z');
    expect(activeDirectory.printTime(instant + 250)).toBe('20261127042128.250Z');
    expect(openldap.printTime(instant)).toBe('20261127042128Z');
  });

  test('tells by the words of a refusal what is taken, and what is a member already or is not', () => {
    const { takenAttribute, isKnownLink } = activeDirectory;
    expect(takenAttribute('000021C8: AtrErr: DSID-03200BBA, #1:')).toBe('userPrincipalName');
    expect(takenAttribute('00000524: UpdErr: DSID-031A11E2')).toBe('sAMAccountName');
    expect(takenAttribute("00002071: samldb: samAccountName 'ADA' already in use!")).toBe('sAMAccountName');
    expect(takenAttribute('00002071: UpdErr: DSID-0305038D')).toBeUndefined();
    expect(isKnownLink(refusal(68, '00000562: UpdErr'))).toBe(true);
    expect(isKnownLink(refusal(53, '00000561: UpdErr: DSID-031A11EB'))).toBe(true);
    expect(isKnownLink(refusal(53, '0000052D: SvcErr'))).toBe(false);
  });

  test.each([
    [53, '0000052D: SvcErr: DSID-031A12D2', 'INVALID_VALUE', /password policy/],
    [53, '0000001F: SvcErr: DSID-031A12D2', 'INVALID_VALUE', /encrypted/],
    [53, '00002077: SvcErr', 'READ_ONLY', /unwilling/],
  ])('says what to change for result %i, %s', (code, diagnostic, expected, words) => {
    expect(toDirectoryError(refusal(code, diagnostic))).toMatchObject({
      code: expected,
      message: expect.stringMatching(words),
    });
  });
});

describe('an account of Active Directory', () => {
  const { toLdap, toScim, onto } = converterOf('account');

  test('is active by one bit, and keeps the others', () => {
    expect([toLdap(true), toLdap(false), toLdap('true')]).toEqual(['512', '514', undefined]);
    expect(['512', '514', '66048', '66050', 'x'].map((text) => toScim(Buffer.from(text)))).toEqual([
      true,
      false,
      true,
      false,
      undefined,
    ]);
    expect(onto?.('514', Buffer.from('66048'))).toBe('66050');
    expect(onto?.('512', Buffer.from('66050'))).toBe('66048');
  });

  test('has a name of what is before the @, without what no account name holds, and no longer than one may be', () => {
    const name = (userName: string) =>
      parseTemplate('{account(userName)|title}').fill(
        new Map([[leafKey(['userName']), { path: ['userName'], value: userName }]]),
      );
    expect(name('ada@example.com')).toBe('ada');
    expect(name('ada"/\\[]:;|=,+*?<>lovelace')).toBe('ada_______________lo');
    expect(name('a.very.long.name.indeed@x')).toBe('a.very.long.name.ind');
    expect(name('a.name.with.dots....x')).toBe('a.name.with.dots');
    expect(name('@x')).toBe('-');
  });
});

describe('the preset of Active Directory', () => {
  const GUIDE = readFileSync(new URL('../../docs/guides/ldap/active-directory.md', import.meta.url), 'utf8');
  const GOOD = { preset: 'active-directory', url: 'ldaps://h', users: { base: 'ou=p' }, groups: { base: 'ou=g' } };

  test('takes what its guide shows', () => {
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(GUIDE) ?? [];
    const { adapter, ...corp } = parse(yaml).backends.corp;
    expect(adapter).toBe('ldap');
    const secrets = { bindPassword: 'secret', tls: { ca: 'pem' } };
    const { users, groups } = parseLdapOptions({ ...corp, ...secrets });
    expect(users).toMatchObject({ id: objectGuid, dialect: activeDirectory, guard: 'adminDisplayName' });
    expect(groups).toMatchObject({ objectClasses: ['group'], link: 'member', placeholder: undefined });
  });

  test.each([
    ['passwords over ldap:// without StartTLS', { url: 'ldap://127.0.0.1' }, 'url'],
    ['members where no back link is known', { groups: { base: 'ou=g', member: 'roleOccupant' } }, 'groups.member'],
    ['a manager likewise', { users: { base: 'ou=p', manager: 'secretary' } }, 'users.manager'],
  ])('refuses %s', (_, changes, path) => {
    expect(() => parseLdapOptions({ ...GOOD, ...changes })).toThrow(
      expect.objectContaining({ code: 'INVALID_VALUE', faults: [expect.objectContaining({ path })] }),
    );
  });

  test.each([
    { url: 'ldap://127.0.0.1', tls: { startTls: true } },
    { url: 'ldap://127.0.0.1', users: { base: 'ou=p', password: null } },
  ])('takes %j', (changes) => {
    expect(parseLdapOptions({ ...GOOD, ...changes }).users.dialect).toBe(activeDirectory);
  });
});
