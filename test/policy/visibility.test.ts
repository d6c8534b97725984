import { describe, expect, test } from 'vitest';
import { checkPolicies } from '#core/policy/attribute-policy.ts';
import { openVisibility } from '#core/policy/visibility.ts';
import { projectionOf } from '#core/project.ts';
import { openRegistry } from '#core/schema/registry.ts';
import type { ResourceId, StoredResource, Version } from '#model/resource.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const registry = openRegistry();

const ADA: StoredResource = {
  id: 'ada' as ResourceId,
  type: 'User',
  version: '1' as Version,
  createdAt: new Date(0),
  modifiedAt: new Date(0),
  links: { manager: 'bob' as ResourceId },
  attributes: {
    userName: 'ada',
    externalId: 'e1',
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ value: 'ada@x.example', type: 'work' }, { type: 'home' }],
    [ENTERPRISE]: { employeeNumber: '7' },
    'urn:gone:User': { secret: 'x' },
  },
};

const attributesUnder = (policy: Parameters<typeof openVisibility>[2]) =>
  openVisibility(registry, 'apps', policy).maskStored(ADA).attributes;

describe('a policy that hides', () => {
  test('takes away an attribute, a part of one, and with the last of an extension its URN', () => {
    const hide = ['EMAILS.VALUE', 'name.familyName', `${ENTERPRISE}:employeeNumber`];
    expect(attributesUnder({ hide })).toEqual({
      userName: 'ada',
      externalId: 'e1',
      name: { givenName: 'Ada' },
      emails: [{ type: 'work' }, { type: 'home' }],
    });
  });

  test('takes away a value of which nothing is left', () => {
    expect(attributesUnder({ hide: ['emails.type'] })['emails']).toEqual([{ value: 'ada@x.example' }]);
    expect(attributesUnder({ hide: ['name.givenName', 'name.familyName'] })).not.toHaveProperty('name');
  });

  test('takes away a whole extension by its URN, its manager included', () => {
    const visibility = openVisibility(registry, 'apps', { hide: [ENTERPRISE] });
    expect(visibility.maskStored(ADA)).toMatchObject({ links: {} });
    expect(visibility.hides('User', { schema: ENTERPRISE })).toBe(true);
    expect(visibility.hidesEdge('manager')).toBe(true);
  });

  test('hides a link at both of its ends', () => {
    for (const path of ['groups', 'members']) {
      const visibility = openVisibility(registry, 'apps', { hide: [path] });
      expect(visibility.hidesEdge('members'), path).toBe(true);
      expect(visibility.hides('User', { name: 'groups' }), path).toBe(true);
      expect(visibility.hides('Group', { name: 'members' }), path).toBe(true);
    }
  });

  test('means every type that has the attribute, or the one whose URN stands before it', () => {
    const both = openVisibility(registry, 'apps', { hide: ['displayName'] });
    const group = openVisibility(registry, 'apps', { hide: [`${GROUP}:displayName`] });
    const hides = ({ hides }: typeof both) => ['User', 'Group'].map((type) => hides(type, { name: 'displayName' }));
    expect([hides(both), hides(group)]).toEqual([
      [true, true],
      [false, true],
    ]);
  });
});

describe('a policy that shows', () => {
  test('hides all that it does not name, links among it, and never id, schemas and meta', () => {
    const show = ['name.givenName', 'emails'];
    expect(attributesUnder({ show })).toEqual({
      name: { givenName: 'Ada' },
      emails: [{ value: 'ada@x.example', type: 'work' }, { type: 'home' }],
    });
    const visibility = openVisibility(registry, 'apps', { show });
    expect(visibility.maskStored(ADA).links).toEqual({});
    expect(visibility.hides('User', { name: 'id' }) || visibility.hides('User', { name: 'meta' })).toBe(false);
    expect(visibility.hides('User', { name: 'groups' })).toBe(true);
  });
});

test('a part that is hidden makes a question about the whole one about the part', () => {
  const { hides, hidesPartOf } = openVisibility(registry, 'apps', { hide: ['name.familyName'] });
  expect([hides('User', { name: 'name' }), hidesPartOf('User', { name: 'name' })]).toEqual([false, true]);
  const [given, family] = ['givenName', 'familyName'].map((sub) => hidesPartOf('User', { name: 'name', sub }));
  expect([given, family]).toEqual([false, true]);
});

test('what is projected by default is worked out once for everybody, and once for each policy', () => {
  const [user] = registry.types;
  const apps = openVisibility(registry, 'apps', { hide: ['emails'] });
  if (user === undefined) throw new Error('there are users');
  const under = (visibility?: typeof apps) => projectionOf(user, {}, [], visibility);
  expect(under()).toBe(projectionOf(user));
  expect(under().apply(ADA.attributes)).toBe(ADA.attributes);
  expect(under(apps)).toBe(under(apps));
  expect(under(apps)).not.toBe(under());
  expect([under(apps).isDefault, under().isDefault]).toEqual([true, true]);
});

describe('the faults of policies', () => {
  const faultsOf = (hide: string) => checkPolicies(registry, new Map([['apps', { hide: [hide] }]]), 'policies');

  test.each([
    ['emials', 'did you mean emails?'],
    ['name.familyNam', 'did you mean name.familyName?'],
    [`${ENTERPRISE}:departmnt`, 'did you mean department?'],
    ['id', 'other than id, schemas and meta'],
    ['meta.created', 'other than id, schemas and meta'],
    ['members.display', 'no part of a link'],
  ])('%s: %s', (path, words) => {
    const [fault] = faultsOf(path);
    expect(fault?.path).toBe('policies.apps.hide[0]');
    expect(`${fault?.expected}; ${fault?.remedy}`).toContain(words);
  });

  test('are none for a path of a schema that may yet come', () => {
    expect(faultsOf('urn:acme:params:scim:schemas:extension:badge:1.0:User:number')).toEqual([]);
    expect(checkPolicies(registry, new Map([['apps', { show: ['id', 'userName'] }]]), 'policies')).toEqual([]);
  });
});
