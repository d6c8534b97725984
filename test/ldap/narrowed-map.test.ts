import { expect, test } from 'vitest';
import { Entry } from '#adapters/ldap/connection/entry.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import type { AttributePath } from '#model/filter.ts';

const { users } = ldap.options.parse({
  url: 'ldap://127.0.0.1',
  users: { base: 'ou=people,dc=example,dc=com', rdn: 'uid', overflow: 'description' },
  groups: { base: 'ou=groups,dc=example,dc=com' },
});

function entryOf(values: { readonly [name: string]: string }): Entry {
  const attributes = Object.entries(values).map(([name, value]) => ({ name, values: [Buffer.from(value)] }));
  return new Entry('uid=ada,ou=people,dc=example,dc=com', attributes);
}

function pathTo(name: string): AttributePath {
  return { name, comparison: 'exact', multiValued: false };
}

test('a part of a map reads no more than its paths, nor what is kept for others', () => {
  const kept = JSON.stringify([
    [['emails'], [{ type: 'work', value: 'old@example.com' }]],
    [['locale'], 'en-GB'],
    [['timezone'], 'Europe/London'],
  ]);
  const entry = entryOf({ title: 'Countess', mail: 'ada@example.com', description: kept });
  const part = users.map.narrowedTo([pathTo('title'), pathTo('timezone')]);
  expect(part.attributes).toEqual(['title', 'description']);
  expect(part.toAttributes(entry)).toEqual({ title: 'Countess', timezone: 'Europe/London' });
  expect(users.map.toAttributes(entry)).toMatchObject({ emails: [{ value: 'ada@example.com' }], locale: 'en-GB' });
});
