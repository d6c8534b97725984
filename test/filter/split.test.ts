import { describe, expect, test } from 'vitest';
import type { Capabilities } from '#adapters/adapter.ts';
import { keyOf, splitFilter } from '#core/filter/split.ts';
import { resolve, typeNamed } from './sample.ts';

type Abilities = Pick<Capabilities, 'filter' | 'logic'>;

const everything: Abilities = {
  filter: { '*': { operators: ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'] } },
  logic: { not: true, element: true, linked: 'transitive' },
};
const nothing: Abilities = { filter: {}, logic: { not: false, element: false, linked: 'none' } };

interface Case {
  readonly filter: string;
  readonly with: Partial<Abilities>;
  readonly type?: string;
  readonly pushed?: string;
  readonly residue?: string;
}

/** Expectations are written as filters, so that they read as what they mean. */
function check({ filter, with: abilities, type = 'User', pushed, residue }: Case): void {
  const of = (text: string) => resolve(text, typeNamed(type));
  expect(splitFilter(of(filter), { ...nothing, ...abilities })).toEqual({
    ...(pushed !== undefined && { pushed: of(pushed) }),
    ...(residue !== undefined && { residue: of(residue) }),
  });
}

const eqOnly: Pick<Abilities, 'filter'> = { filter: { '*': { operators: ['eq', 'pr'] } } };
const coarse: Pick<Abilities, 'filter'> = { filter: { '*': { operators: ['eq', 'ne', 'co', 'pr'], coarse: true } } };
const logic = { not: true, element: true, linked: 'transitive' } as const;

describe('a filter is divided by what a backend can do', () => {
  test.each<Case>([
    { filter: 'userName eq "a" and title co "b"', with: everything, pushed: 'userName eq "a" and title co "b"' },
    { filter: 'userName eq "a" and title co "b"', with: {}, residue: 'userName eq "a" and title co "b"' },
    { filter: 'userName eq "a" and title co "b"', with: eqOnly, pushed: 'userName eq "a"', residue: 'title co "b"' },
    { filter: 'userName eq "a" or title co "b"', with: eqOnly, residue: 'userName eq "a" or title co "b"' },
    { filter: 'userName eq "a" or title pr', with: eqOnly, pushed: 'userName eq "a" or title pr' },
    { filter: 'title eq "a" or title eq "b"', with: eqOnly, pushed: 'title eq "a" or title eq "b"' },
    {
      filter: '(userName eq "a" and title co "b") or title pr',
      with: eqOnly,
      pushed: 'userName eq "a" or title pr',
      residue: '(userName eq "a" and title co "b") or title pr',
    },
    { filter: 'not (title eq "a")', with: { ...eqOnly, logic }, pushed: 'not (title eq "a")' },
    { filter: 'not (title eq "a")', with: eqOnly, residue: 'not (title eq "a")' },
    { filter: 'not (title co "a")', with: { ...eqOnly, logic }, residue: 'not (title co "a")' },
    { filter: 'title ne "a"', with: eqOnly, residue: 'title ne "a"' },
  ])('%o', check);

  test('by path first, by * else', () => {
    const filter = { userName: { operators: ['eq'] as const }, '*': { operators: ['pr'] as const } };
    check({ filter: 'userName eq "a" and title pr', with: { filter }, pushed: 'userName eq "a" and title pr' });
    check({ filter: 'userName pr', with: { filter }, residue: 'userName pr' });
  });

  test.each<Case>([
    { filter: 'title eq "a"', with: coarse, pushed: 'title eq "a"', residue: 'title eq "a"' },
    { filter: 'title ne "a"', with: coarse, residue: 'title ne "a"' },
    { filter: 'not (title eq "a")', with: { ...coarse, logic }, residue: 'not (title eq "a")' },
    {
      filter: 'emails[type eq "a" and value co "b"]',
      with: { ...coarse, logic },
      pushed: 'emails[type eq "a" and value co "b"]',
      residue: 'emails[type eq "a" and value co "b"]',
    },
  ])('what is matched coarsely is checked again, and never negated: %o', check);
});

describe('a backend without elements gets what they imply', () => {
  test.each<Case>([
    {
      filter: 'emails[type eq "work" and value eq "x"]',
      with: eqOnly,
      pushed: 'emails.type eq "work" and emails.value eq "x"',
      residue: 'emails[type eq "work" and value eq "x"]',
    },
    {
      filter: 'emails[type eq "work" and value co "x"]',
      with: { filter: { 'emails.value': { operators: ['co'] } } },
      pushed: 'emails.value co "x"',
      residue: 'emails[type eq "work" and value co "x"]',
    },
    { filter: 'emails[type ne "work"]', with: everything, pushed: 'emails[type ne "work"]' },
    {
      filter: 'emails[type ne "work" and value eq "x"]',
      with: { filter: everything.filter },
      pushed: 'emails.value eq "x"',
      residue: 'emails[type ne "work" and value eq "x"]',
    },
    {
      filter: 'emails[not (type eq "work")]',
      with: { filter: everything.filter },
      residue: 'emails[not (type eq "work")]',
    },
    {
      filter: 'emails[(type eq "work" or not (value pr)) and display pr]',
      with: eqOnly,
      pushed: 'emails.display pr',
      residue: 'emails[(type eq "work" or not (value pr)) and display pr]',
    },
  ])('%o', check);
});

describe('links', () => {
  test.each<Case>([
    { filter: 'groups eq "g"', with: { logic }, pushed: 'groups eq "g"' },
    { filter: 'groups eq "g"', with: { logic: { ...logic, linked: 'direct' } }, residue: 'groups eq "g"' },
    {
      filter: 'groups eq "g"',
      with: { logic: { ...logic, coarseLinks: true } },
      pushed: 'groups eq "g"',
      residue: 'groups eq "g"',
    },
    { filter: 'not (groups eq "g")', with: { logic: { ...logic, coarseLinks: true } }, residue: 'not (groups eq "g")' },
    { filter: 'groups pr', with: { logic: { ...logic, linked: 'direct' } }, pushed: 'groups pr' },
    { filter: 'manager eq "u"', with: { logic: { ...logic, linked: 'direct' } }, pushed: 'manager eq "u"' },
    { filter: 'manager eq "u"', with: {}, residue: 'manager eq "u"' },
    { filter: 'manager ne "u"', with: { logic: { ...logic, not: false } }, residue: 'manager ne "u"' },
    { type: 'Group', filter: 'members eq "u"', with: { logic }, pushed: 'members eq "u"' },
  ])('are pushed as deep as a backend walks: %o', check);
});

describe('a filter that demands one value of a key is a look-up', () => {
  const keys = new Set(['userName', 'externalId', 'emails.value']);

  test.each([
    ['userName eq "BJensen"', { key: { attribute: 'userName', value: 'bjensen' } }, undefined],
    ['externalId eq "Ab"', { key: { attribute: 'externalId', value: 'Ab' } }, undefined],
    ['emails.value eq "A@x"', { key: { attribute: 'emails.value', value: 'a@x' } }, undefined],
    ['emails[value eq "A@x"]', { key: { attribute: 'emails.value', value: 'a@x' } }, undefined],
    ['id eq "U1"', { id: 'U1' }, undefined],
    ['id eq "u1" and manager eq "u2"', { id: 'u1' }, 'manager eq "u2"'],
    ['manager eq "u2" and id eq "u1"', { id: 'u1' }, 'manager eq "u2"'],
    ['userName eq "a" and id eq "u1"', { id: 'u1' }, 'userName eq "a"'],
    [
      'active eq true and userName eq "a" and title pr',
      { key: { attribute: 'userName', value: 'a' } },
      'active eq true and title pr',
    ],
    [
      'emails[type eq "work"].value eq "A@x"',
      { key: { attribute: 'emails.value', value: 'a@x' } },
      'emails[type eq "work" and value eq "A@x"]',
    ],
    [
      'active eq true and emails[type eq "work" and value eq "x"]',
      { key: { attribute: 'emails.value', value: 'x' } },
      'active eq true and emails[type eq "work" and value eq "x"]',
    ],
  ])('%s', (text, lookup, rest) => {
    expect(keyOf(resolve(text), keys)).toEqual({ ...lookup, ...(rest !== undefined && { rest: resolve(rest) }) });
  });

  test.each([
    'userName ne "a"',
    'userName sw "a"',
    'title eq "a"',
    'not (userName eq "a")',
    'userName eq "a" or id eq "b"',
    'userName eq "a" or userName eq "b"',
    'emails[type eq "work" or value eq "x"]',
    'emails[not (value eq "x")]',
    'meta.version eq "id"',
  ])('and no other: %s', (text) => {
    expect(keyOf(resolve(text), keys)).toBeUndefined();
  });
});
