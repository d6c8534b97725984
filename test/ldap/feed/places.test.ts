import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Entry } from '#adapters/ldap/connection/entry.ts';
import { childDn } from '#adapters/ldap/dn.ts';
import { baseOfAll, Places } from '#adapters/ldap/feed/places.ts';
import { parseLdapOptions } from '#adapters/ldap/options/options.ts';
import { TenantView } from '#adapters/ldap/tenant-view.ts';
import type { TenantId } from '#model/resource.ts';

const optionsOf = (users: string, groups: string) =>
  parseLdapOptions({ url: 'ldap://localhost', users: { base: users }, groups: { base: groups }, changes: 'none' });
const entryOf = (dn: string, objectClass = 'inetOrgPerson') =>
  new Entry(dn, [{ name: 'objectClass', values: [Buffer.from('top'), Buffer.from(objectClass)] }]);

describe('the place of an entry', () => {
  test('is that of the tenant whose view finds it, whatever he is called', () => {
    const options = optionsOf('ou=people,ou={tenant}+l={tenant},dc=x', 'ou=Groups,ou=x-{tenant}.y, DC=x');
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/), (name) => {
        const tenant = name as TenantId;
        const view = new TenantView(options, tenant);
        const places = new Places(options);
        for (const [container, objectClass] of [
          [view.users, 'inetOrgPerson'],
          [view.groups, 'groupOfNames'],
        ] as const) {
          const entry = entryOf(childDn('cn', 'any, one', container.base), objectClass);
          const place = places.of(entry);
          expect(place).toMatchObject({ type: container.type, base: container.normalBase });
          expect(place).toBe(places.at(container, container.normalBase));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('is none beside the bases, of another class, or at the base itself', () => {
    const places = new Places(optionsOf('ou=people,ou={tenant},dc=x', 'ou=groups,ou={tenant},dc=x'));
    expect(places.of(entryOf('uid=a,ou=people,ou=t,dc=x'))).toMatchObject({ type: 'User' });
    expect(places.of(entryOf('uid=a,ou=deep,ou=people,ou=t,dc=x'))).toMatchObject({ base: 'ou=people,ou=t,dc=x' });
    expect(places.of(entryOf('uid=a,ou=people,ou=t,dc=x', 'device'))).toBeUndefined();
    expect(places.of(entryOf('uid=a,ou=people,ou=t,ou=u,dc=x'))).toBeUndefined();
    expect(places.of(entryOf('ou=people,ou=t,dc=x'))).toBeUndefined();
    expect(places.of(entryOf('uid=a,ou=people,ou=t,dc=x,dc=y'))).toBeUndefined();
  });
});

test.each([
  ['ou=people,ou={tenant},dc=x,dc=y', 'ou=groups,ou={tenant},dc=x,dc=y', 'dc=x,dc=y'],
  ['ou={tenant},dc=x', 'ou={tenant},dc=x', 'dc=x'],
  ['ou=people,dc=x', 'ou=groups,dc=x', 'dc=x'],
  ['ou=people,dc=x', 'ou=people,dc=x', 'ou=people,dc=x'],
  ['ou=people,dc=x', 'dc=y', ''],
])('one search below the common end of %s and %s follows all: %s', (users, groups, base) => {
  expect(baseOfAll({ users: { base: users }, groups: { base: groups } })).toBe(base);
});
