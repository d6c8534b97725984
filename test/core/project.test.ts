import { describe, expect, test } from 'vitest';
import { type ProjectionRequest, projectionOf } from '#core/project.ts';
import { openRegistry } from '#core/schema/registry.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const BADGE = 'urn:acme:badge:1.0:User';
const attribute = (name: string, returned: string) => ({ name, type: 'string', multiValued: false, returned });
const badge = {
  id: BADGE,
  name: 'Badge',
  description: '',
  attributes: [
    attribute('color', 'default'),
    attribute('pin', 'never'),
    attribute('door', 'request'),
    attribute('serial', 'always'),
  ],
};
const user = openRegistry({ sources: [{ name: 'badge.json', content: badge }] }).type('User');

const stored = {
  userName: 'bjensen',
  externalId: 'e1',
  name: { givenName: 'Barbara', familyName: 'Jensen' },
  emails: [{ value: 'b@example.com', type: 'work', primary: true }],
  [ENTERPRISE]: { department: 'Tours', costCenter: '4130' },
  [BADGE]: { color: 'red', pin: '1234', door: 'north', serial: 'S1' },
};

function project(request: ProjectionRequest) {
  if (user === undefined) throw new Error('no User');
  const projection = projectionOf(user, request);
  return { shown: projection.apply(stored), links: Object.keys(projection.links), meta: [...projection.meta] };
}

const META = ['resourceType', 'created', 'lastModified', 'location', 'version'];

test('the default projection shows what is returned always or by default, never or on request not (RFC 7643 §7)', () => {
  expect(project({})).toEqual({
    shown: { ...stored, [BADGE]: { color: 'red', serial: 'S1' } },
    links: ['groups', 'manager'],
    meta: META,
  });
});

describe('attributes (RFC 7644 §3.9)', () => {
  const always = { [BADGE]: { serial: 'S1' } };
  test.each<[string, object, string[], string[]]>([
    ['userName', { userName: 'bjensen', ...always }, [], []],
    ['USERNAME', { userName: 'bjensen', ...always }, [], []],
    [`${USER}:userName`, { userName: 'bjensen', ...always }, [], []],
    ['name.givenName', { name: { givenName: 'Barbara' }, ...always }, [], []],
    ['emails.value', { emails: [{ value: 'b@example.com' }], ...always }, [], []],
    ['emails', { emails: stored.emails, ...always }, [], []],
    [`${ENTERPRISE}:department`, { [ENTERPRISE]: { department: 'Tours' }, ...always }, [], []],
    [ENTERPRISE, { [ENTERPRISE]: stored[ENTERPRISE], ...always }, ['manager'], []],
    [`${BADGE}:door`, { [BADGE]: { door: 'north', serial: 'S1' } }, [], []],
    [`${BADGE}:pin`, always, [], []],
    ['password', always, [], []],
    ['groups', always, ['groups'], []],
    ['groups.display', always, ['groups'], []],
    ['meta.version', always, [], ['version']],
    ['nickName', always, [], []],
    ['noSuchThing', always, [], []],
    ['__proto__', always, [], []],
  ])('%s', (name, shown, links, meta) => expect(project({ attributes: [name] })).toEqual({ shown, links, meta }));

  test('several, with whitespace', () => {
    expect(project({ attributes: ['userName', ' name.familyName', 'name.givenName'] }).shown).toEqual({
      userName: 'bjensen',
      name: stored.name,
      ...always,
    });
  });
});

describe('excludedAttributes (RFC 7644 §3.9)', () => {
  const whole = { ...stored, [BADGE]: { color: 'red', serial: 'S1' } };
  test('drops attributes, sub-attributes and links', () => {
    const { emails: _, ...rest } = whole;
    const request = { excludedAttributes: ['emails', 'name.givenName', 'groups', 'meta.version'] };
    expect(project(request)).toEqual({
      shown: { ...rest, name: { familyName: 'Jensen' } },
      links: ['manager'],
      meta: META.filter((name) => name !== 'version'),
    });
  });

  test('never drops what is always returned', () => {
    expect(project({ excludedAttributes: [`${BADGE}:serial`, 'id'] }).shown).toEqual(whole);
    expect(project({ excludedAttributes: [BADGE] }).shown).toEqual({ ...whole, [BADGE]: { serial: 'S1' } });
  });
});

test('both lists at once are refused', () => {
  expect(() => project({ attributes: ['userName'], excludedAttributes: ['name'] })).toThrow(
    expect.objectContaining({ code: 'INVALID_VALUE' }),
  );
});
