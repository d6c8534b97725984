import { describe, expect, test } from 'vitest';
import type { AttributePath, Filter } from '#model/filter.ts';
import { compileFilter, elementTest, matches } from '#model/matches.ts';
import type { Json } from '#model/resource.ts';
import { valuesAt } from '#model/values.ts';
import { ENTERPRISE, holds, linkedTo, resolve, stored } from './sample.ts';

const barbara = stored({
  userName: 'BJensen',
  externalId: 'Ext-1',
  name: { familyName: 'Jensen', givenName: 'Barbara' },
  active: true,
  title: '',
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@home.org', type: 'home' },
  ],
  phoneNumbers: [],
  [ENTERPRISE]: { department: 'Tour Operations', employeeNumber: '701984' },
});

describe('comparisons (RFC 7644 §3.4.2.2 Table 3)', () => {
  test.each([
    ['userName eq "bjensen"', true],
    ['userName eq "BJENSEN"', true],
    ['externalId eq "Ext-1"', true],
    ['externalId eq "ext-1"', false],
    ['id eq "u1"', true],
    ['id eq "U1"', false],
    ['userName ne "bjensen"', false],
    ['userName co "JEN"', true],
    ['userName sw "bj"', true],
    ['userName sw "jen"', false],
    ['userName ew "SEN"', true],
    ['userName gt "bjensem"', true],
    ['userName ge "bjensen"', true],
    ['userName lt "bjensen"', false],
    ['userName le "bjensen"', true],
    ['name.familyName eq "jensen"', true],
    ['active eq true', true],
    ['active eq false', false],
    ['active ne false', true],
    [`${ENTERPRISE}:department co "tour"`, true],
    ['department co "tour"', true],
    ['meta.created eq "2024-01-01T01:00:00+01:00"', true],
    ['meta.lastModified gt "2024-06-01T12:00:00.499Z"', true],
    ['meta.lastModified le "2024-06-01T12:00:00.5009999Z"', true],
    ['meta.resourceType eq "User"', true],
    ['meta.version eq "v1"', true],
    ['meta.version eq "W/\\"v1\\""', true],
  ])('%s is %s', (text, expected) => {
    expect(holds(text, barbara)).toBe(expected);
  });

  test('instants compare as instants, whatever their offset (G13)', () => {
    const path: AttributePath = { name: 'hired', comparison: 'instant', multiValued: false };
    const filter: Filter = { kind: 'compare', path, operator: 'gt', literal: Date.UTC(2024, 0, 1) };
    const hired = (value: string) => matches(filter, stored({ hired: value }), linkedTo({}));
    expect(hired('2024-01-01T00:30:00+01:00')).toBe(false);
    expect(hired('2023-12-31T23:30:00-01:00')).toBe(true);
  });

  test('numbers compare as numbers (G13)', () => {
    const path: AttributePath = { name: 'level', comparison: 'number', multiValued: false };
    const filter: Filter = { kind: 'compare', path, operator: 'lt', literal: 10 };
    expect(matches(filter, stored({ level: 9 }), linkedTo({}))).toBe(true);
    expect(matches(filter, stored({ level: 100 }), linkedTo({}))).toBe(false);
    expect(matches(filter, stored({ level: '9' }), linkedTo({}))).toBe(false);
  });
});

describe('values of a multi-valued attribute', () => {
  test.each([
    ['emails co "home.org"', true],
    ['emails.type eq "work" and emails.value eq "babs@home.org"', true],
    ['emails[type eq "work" and value eq "babs@home.org"]', false],
    ['emails[type eq "home"].value eq "babs@home.org"', true],
    ['emails[type eq "home" and not (primary eq true)]', true],
    ['emails[(type eq "x" or type eq "home") and value co "@"]', true],
    ['emails.value ne "babs@home.org"', true],
    ['emails[type ne "work" and type ne "home"]', false],
    ['not (emails[type eq "other"])', true],
  ])('match where any of them does, within brackets the same one: %s is %s', (text, expected) => {
    expect(holds(text, barbara)).toBe(expected);
  });

  test.each([
    ['emails[primary eq false].value eq "babs@home.org"', true],
    ['emails.primary eq false', true],
    ['emails[type eq "home" and primary ne true]', true],
    ['emails[type eq "home" and primary pr]', false],
    ['phoneNumbers.primary eq false', false],
  ])('without primary are not primary (RFC 7643 §2.4): %s is %s', (text, expected) => {
    expect(holds(text, barbara)).toBe(expected);
  });

  test('in counts an unstated primary as false too', () => {
    const home = stored({ emails: [{ value: 'a@x.org' }] });
    expect(holds('emails.primary eq true or emails.primary eq false', home)).toBe(true);
  });
});

describe('absent values', () => {
  test.each([
    ['nickName pr', false],
    ['phoneNumbers pr', false],
    ['title pr', true],
    ['name pr', true],
    ['emails.display pr', false],
    ['nickName ne "x"', true],
    ['phoneNumbers.value ne "x"', true],
    ['emails.display ne "x"', true],
    ['nickName eq "x"', false],
    ['nickName co ""', false],
    ['nickName lt "x"', false],
    ['nickName gt "x"', false],
    ['nickName eq null', true],
    ['userName eq null', false],
    ['not (nickName eq "x")', true],
  ])('%s is %s', (text, expected) => {
    expect(holds(text, barbara)).toBe(expected);
  });

  test.each<[string, Json]>([
    ['null', null],
    ['an empty array', []],
    ['an array of nothing', [null, {}, []]],
    ['an empty object', {}],
  ])('%s is no value (RFC 7643 §2.5)', (_, value) => {
    const path: AttributePath = { name: 'x', comparison: 'caseless', multiValued: true };
    expect(matches({ kind: 'present', path }, stored({ x: value }), linkedTo({}))).toBe(false);
    expect(valuesAt(stored({ x: value }), path)).toEqual([]);
  });

  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    'what objects inherit is no value: %s',
    (name) => {
      const path: AttributePath = { name, comparison: 'exact', multiValued: false };
      const within: AttributePath = { ...path, name: 'name', sub: name };
      const below: AttributePath = { ...path, schema: name };
      for (const each of [path, within, below]) {
        expect(matches({ kind: 'present', path: each }, barbara, linkedTo({}))).toBe(false);
      }
    },
  );
});

describe('links', () => {
  test('are asked of the look-up, with ids or for anything at all', () => {
    const links = linkedTo({ 'manager out': ['u2'], 'members in': ['g1', 'g2'] });
    expect(holds('manager eq "u2" and groups eq "g2"', barbara, links)).toBe(true);
    expect(holds('manager eq "u3"', barbara, links)).toBe(false);
    expect(holds('manager ne "u3"', barbara, links)).toBe(true);
    expect(holds('groups pr', barbara, links)).toBe(true);
    expect(holds('groups pr', barbara)).toBe(false);
  });
});

test('many alternatives are as one', () => {
  const names = Array.from({ length: 50 }, (_, index) => `userName eq "user${index}"`);
  expect(holds([...names, 'userName eq "BJENSEN"'].join(' or '), barbara)).toBe(true);
  expect(holds(names.join(' or '), barbara)).toBe(false);
});

test('a filter compiled once answers for each resource', () => {
  const test = compileFilter(resolve('emails[type eq "work"].value ew "example.com"'));
  const found = [barbara, stored({}), stored({ emails: [{ type: 'work', value: 'x@example.com' }] })];
  expect(found.map((resource) => test(resource, linkedTo({})))).toEqual([true, false, true]);
});

test('what stands within brackets is asked of one value', () => {
  const filter = resolve('emails[type eq "work" and not (value co "x")]');
  if (filter.kind !== 'element') throw new Error(`resolved to ${filter.kind}`);
  const fits = elementTest(filter.where);
  expect([{ type: 'Work', value: 'a' }, { type: 'work', value: 'x' }, { value: 'a' }].map(fits)).toEqual([
    true,
    false,
    false,
  ]);
});
