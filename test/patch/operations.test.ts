import { describe, expect, test } from 'vitest';
import type { Attributes } from '#model/resource.ts';
import { BADGE, DESK, ENTERPRISE, patched } from './patched.ts';

interface Row {
  readonly title: string;
  readonly before: Attributes;
  readonly operations: readonly object[];
  readonly after: Attributes;
}

const home = { value: 'babs@home.example', type: 'home' };
const work = { value: 'babs@work.example', type: 'work', primary: true };
const emails = [work, home];
const name = { givenName: 'Barbara', familyName: 'Jensen' };

function check(rows: readonly Row[]): void {
  test.each(rows)('$title', ({ before, operations, after }) => {
    expect(patched(before, ...operations)).toEqual(after);
  });
}

describe('add, RFC 7644 §3.5.2.1', () => {
  check([
    {
      title: 'without a path merges the attributes of its value',
      before: { emails: [work] },
      operations: [{ op: 'add', value: { emails: [home], nickname: 'Babs' } }],
      after: { emails, nickName: 'Babs' },
    },
    {
      title: 'to a multi-valued attribute appends an array',
      before: { emails: [work] },
      operations: [{ op: 'add', path: 'emails', value: [home] }],
      after: { emails },
    },
    {
      title: 'to a multi-valued attribute appends a single object',
      before: { emails: [work] },
      operations: [{ op: 'add', path: 'emails', value: home }],
      after: { emails },
    },
    {
      title: 'of a value that is there changes nothing',
      before: { emails },
      operations: [{ op: 'add', path: 'emails', value: [home] }],
      after: { emails },
    },
    {
      title: 'of a value that is there in another case makes no second one and takes over the spelling',
      before: { emails },
      operations: [{ op: 'add', path: 'emails', value: [{ value: 'BABS@home.example', type: 'Home' }] }],
      after: { emails: [work, { value: 'BABS@home.example', type: 'Home' }] },
    },
    {
      title: 'of a value that is there takes over what else it says',
      before: { emails },
      operations: [{ op: 'add', path: 'emails', value: [{ ...home, display: 'Home' }] }],
      after: { emails: [work, { ...home, display: 'Home' }] },
    },
    {
      title: 'of the same value with another type keeps both',
      before: { emails: [work] },
      operations: [{ op: 'add', path: 'emails', value: { value: work.value, type: 'other' } }],
      after: { emails: [work, { value: work.value, type: 'other' }] },
    },
    {
      title: 'to a single-valued attribute replaces',
      before: { nickName: 'Babs' },
      operations: [{ op: 'add', path: 'nickName', value: 'Barb' }],
      after: { nickName: 'Barb' },
    },
    {
      title: 'to a complex attribute merges',
      before: { name },
      operations: [{ op: 'add', path: 'name', value: { honorificPrefix: 'Ms.' } }],
      after: { name: { ...name, honorificPrefix: 'Ms.' } },
    },
    {
      title: 'to a sub-attribute makes the complex value',
      before: {},
      operations: [{ op: 'add', path: 'name.givenName', value: 'Barbara' }],
      after: { name: { givenName: 'Barbara' } },
    },
    {
      title: 'of an extension attribute by its URN',
      before: {},
      operations: [{ op: 'add', path: `${ENTERPRISE.toUpperCase()}:DEPARTMENT`, value: 'Sales' }],
      after: { [ENTERPRISE]: { department: 'Sales' } },
    },
    {
      title: 'on an extension merges its attributes',
      before: { [ENTERPRISE]: { division: 'North' } },
      operations: [{ op: 'add', path: ENTERPRISE, value: { department: 'Sales', manager: null } }],
      after: { [ENTERPRISE]: { division: 'North', department: 'Sales' } },
    },
    {
      title: 'of values to a simple multi-valued attribute of an extension appends what is new',
      before: { [BADGE]: { doors: ['A'] } },
      operations: [{ op: 'add', path: `${BADGE}:doors`, value: ['a', 'B'] }],
      after: { [BADGE]: { doors: ['a', 'B'] } },
    },
    {
      title: 'of null takes a single value away and adds nothing to several',
      before: { title: 'CEO', emails },
      operations: [
        { op: 'add', path: 'title', value: null },
        { op: 'add', path: 'emails', value: null },
      ],
      after: { emails },
    },
    {
      title: 'to an immutable attribute without a value sets it, and the same value again is no change',
      before: {},
      operations: [
        { op: 'add', path: `${BADGE}:serial`, value: 7 },
        { op: 'add', path: `${BADGE}:serial`, value: 7 },
      ],
      after: { [BADGE]: { serial: 7 } },
    },
  ]);
});

describe('remove, RFC 7644 §3.5.2.2', () => {
  check([
    {
      title: 'takes a single value away',
      before: { title: 'CEO' },
      operations: [{ op: 'remove', path: 'title' }],
      after: {},
    },
    { title: 'takes all values away', before: { emails }, operations: [{ op: 'remove', path: 'emails' }], after: {} },
    {
      title: 'with a filter takes what matches',
      before: { emails },
      operations: [{ op: 'remove', path: 'emails[type eq "work" and value ew "example"]' }],
      after: { emails: [home] },
    },
    {
      title: 'with a filter leaves nothing behind where all match',
      before: { emails },
      operations: [{ op: 'remove', path: 'emails[value pr]' }],
      after: {},
    },
    {
      title: 'with a filter that matches nothing succeeds',
      before: { emails },
      operations: [{ op: 'remove', path: 'emails[type eq "other"]' }],
      after: { emails },
    },
    {
      title: 'of a sub-attribute with a filter that matches nothing succeeds, whatever the filter',
      before: { emails },
      operations: [{ op: 'remove', path: 'emails[type eq "other" or type eq "fax"].display' }],
      after: { emails },
    },
    {
      title: 'of a sub-attribute takes it from every match',
      before: {
        emails: [
          { ...work, display: 'x' },
          { ...home, display: 'x' },
        ],
      },
      operations: [{ op: 'remove', path: 'emails[type eq "work"].display' }],
      after: { emails: [work, { ...home, display: 'x' }] },
    },
    {
      title: 'of value leaves no value that says only its type',
      before: { emails },
      operations: [{ op: 'remove', path: 'emails[type eq "work"].value' }],
      after: { emails: [home] },
    },
    {
      title: 'of the last sub-attribute takes the complex value away',
      before: { name: { givenName: 'Barbara' } },
      operations: [{ op: 'remove', path: 'name.givenName' }],
      after: {},
    },
    {
      title: 'of what is not there succeeds',
      before: {},
      operations: [
        { op: 'remove', path: 'title' },
        { op: 'remove', path: 'name.givenName' },
        { op: 'remove', path: 'emails' },
      ],
      after: {},
    },
    {
      title: 'of an extension drops it, with what it requires',
      before: { [DESK]: { room: '1', screens: ['left'] }, title: 'CEO' },
      operations: [{ op: 'remove', path: DESK }],
      after: { title: 'CEO' },
    },
    {
      title: 'of an extension drops it',
      before: { [ENTERPRISE]: { department: 'Sales' }, title: 'CEO' },
      operations: [{ op: 'remove', path: ENTERPRISE }],
      after: { title: 'CEO' },
    },
  ]);
});

describe('replace, RFC 7644 §3.5.2.3', () => {
  check([
    {
      title: 'without a path replaces the attributes of its value and no other',
      before: { title: 'CEO', nickName: 'Babs', emails },
      operations: [{ op: 'replace', value: { title: 'CTO', emails: [home] } }],
      after: { title: 'CTO', nickName: 'Babs', emails: [home] },
    },
    {
      title: 'of an absent attribute adds it',
      before: {},
      operations: [{ op: 'replace', path: 'title', value: 'CEO' }],
      after: { title: 'CEO' },
    },
    {
      title: 'of a complex attribute leaves other sub-attributes unchanged',
      before: { name },
      operations: [{ op: 'replace', path: 'name', value: { familyName: 'New' } }],
      after: { name: { givenName: 'Barbara', familyName: 'New' } },
    },
    {
      title: 'of a complex attribute clears the sub-attributes that are null',
      before: { name },
      operations: [{ op: 'replace', path: 'name', value: { familyName: null } }],
      after: { name: { givenName: 'Barbara' } },
    },
    {
      title: 'of a multi-valued attribute replaces all values',
      before: { emails },
      operations: [{ op: 'replace', path: 'emails', value: [{ value: 'new@example.com' }] }],
      after: { emails: [{ value: 'new@example.com' }] },
    },
    {
      title: 'with a filter replaces the matching value as a whole, which stays what the filter says',
      before: { emails },
      operations: [{ op: 'replace', path: 'emails[type eq "work"]', value: { value: 'new@example.com' } }],
      after: { emails: [{ value: 'new@example.com', type: 'work' }, home] },
    },
    {
      title: 'with a filter and a sub-attribute changes it in all matches',
      before: { emails },
      operations: [{ op: 'replace', path: 'emails[value ew "example"].display', value: 'x' }],
      after: {
        emails: [
          { ...work, display: 'x' },
          { ...home, display: 'x' },
        ],
      },
    },
    {
      title: 'that makes two values the same keeps one',
      before: { emails },
      operations: [{ op: 'replace', path: 'emails[type eq "home"]', value: work }],
      after: { emails: [work] },
    },
    {
      title: 'by null or [] takes away',
      before: { title: 'CEO', emails, name },
      operations: [
        { op: 'replace', path: 'title', value: null },
        { op: 'replace', path: 'emails', value: [] },
        { op: 'replace', path: 'name', value: null },
      ],
      after: {},
    },
    {
      title: 'by null of an extension drops it, and an object without values changes nothing',
      before: { [ENTERPRISE]: { department: 'Sales' }, [BADGE]: { serial: 7 } },
      operations: [
        { op: 'replace', path: ENTERPRISE, value: null },
        { op: 'replace', path: BADGE, value: {} },
      ],
      after: { [BADGE]: { serial: 7 } },
    },
  ]);
});

describe('primary, RFC 7644 §3.5.2', () => {
  check([
    {
      title: 'set on an added value is taken from the others',
      before: { emails: [work] },
      operations: [{ op: 'add', path: 'emails', value: { ...home, primary: true } }],
      after: {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    },
    {
      title: 'set by path is taken from the others',
      before: { emails },
      operations: [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
      after: {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    },
    {
      title: 'set on a value that never comes stays where it was',
      before: { emails },
      operations: [{ op: 'replace', path: 'emails[type eq "other"].primary', value: true }],
      after: { emails },
    },
    {
      title: 'set on a value that comes later is taken from the others',
      before: { emails: [work] },
      operations: [
        { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
        { op: 'replace', path: 'emails[type eq "home"].value', value: home.value },
      ],
      after: {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    },
    {
      title: 'set on a value that is there already is taken from the others',
      before: { emails },
      operations: [{ op: 'add', path: 'emails', value: [{ ...home, primary: true }] }],
      after: {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    },
  ]);
});

describe('operations in a row, RFC 7644 §3.5.2', () => {
  check([
    {
      title: 'each see the result of the one before',
      before: {},
      operations: [
        { op: 'add', path: 'emails', value: [work] },
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@example.com' },
        { op: 'remove', path: 'emails[value eq "new@example.com"].primary' },
      ],
      after: { emails: [{ value: 'new@example.com', type: 'work' }] },
    },
    {
      title: 'remove exactly the values that they name',
      before: { emails: ['a', 'b', 'c', 'd'].map((value) => ({ value })) },
      operations: ['a', 'c'].map((value) => ({ op: 'remove', path: `emails[value eq "${value}"]` })),
      after: { emails: [{ value: 'b' }, { value: 'd' }] },
    },
  ]);
});
