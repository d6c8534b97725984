import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Capabilities, DirectoryAdapter } from '#adapters/adapter.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { toLdapFilter } from '#adapters/ldap/filter/push-down.ts';
import { all, equals } from '#adapters/ldap/filter/terms.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import type { LdapOptions } from '#adapters/ldap/options/options.ts';
import { splitFilter } from '#core/filter/split.ts';
import type { AttributePath, CompareOperator, Filter } from '#model/filter.ts';
import { fold } from '#model/fold.ts';
import { matches } from '#model/matches.ts';
import type { ResourceTypeName, StoredResource, TenantId } from '#model/resource.ts';
import { contractShape, ENTERPRISE, PATHS } from '#test/contract/sample.ts';
import { callOf, Subject } from '#test/contract/subject.ts';
import { SEED } from '#test/properties/runs.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { openAdminPool, startTenants, tenantOptions } from './directory.ts';

/** What RFC 4515 and a server's folding might take for something else, beside what is plain. */
const PIECES = [
  ...['a', 'B', 'ab', ' ', '  ', '-', '*', '(', ')', '\\', '\\2a', '|', '&', '=', ',', '+', '"', '?', '%'],
  ...[
    'é',
    'e\u0301',
    'É',
    'ß',
    'ﬁ',
    'ａ',
    '\u212a',
    'ς',
    'Σ',
    'İ',
    '\u{10400}',
    '\u{1f600}',
    '\t',
    '\n',
    '\u200d',
    '方',
  ],
];
const text = fc.array(fc.constantFrom(...PIECES), { minLength: 0, maxLength: 4 }).map((pieces) => pieces.join(''));
const operators: readonly CompareOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'le'];
const TYPES = ['work', 'home', 'mobile', ''];
const phone: AttributePath = { name: 'phoneNumbers', sub: 'value', comparison: 'caseless', multiValued: true };
const phoneType: AttributePath = { ...phone, sub: 'type' };
const nickName: AttributePath = { name: 'nickName', comparison: 'caseless', multiValued: false };
/** Attributes of text, and what is asked of them. */
const TEXTS: readonly (readonly [path: AttributePath, values: fc.Arbitrary<string>])[] = [
  ...[PATHS.userName, PATHS.displayName, PATHS.title, PATHS.familyName, PATHS.email].map(
    (path) => [path, text] as const,
  ),
  ...[PATHS.externalId, PATHS.department, nickName].map((path) => [path, text] as const),
  [phone, fc.constantFrom('1', '+1', '1-2', '12')],
  ...[phoneType, PATHS.emailType].map((path) => [path, fc.constantFrom(...TYPES)] as const),
];
const paths = [...TEXTS.map(([path]) => path), PATHS.active, PATHS.created, PATHS.id, PATHS.emails];

const textTerm = fc.constantFrom(...TEXTS).chain(([path, values]) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(fc.constantFrom(...operators), values).map(([op, value]) => compare(path, op, value)),
    },
    { weight: 1, arbitrary: fc.array(values, { minLength: 1, maxLength: 3 }).map((list) => oneOf(path, list)) },
  ),
);
const otherTerm: fc.Arbitrary<Filter> = fc.oneof(
  fc.tuple(fc.constantFrom('eq', 'ne'), fc.boolean()).map(([op, literal]) => compare(PATHS.active, op, literal)),
  fc.tuple(fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le'), fc.integer({ min: -2_500, max: 2_500 })).map(
    ([op, ms]): Filter => ({
      kind: 'compare',
      path: PATHS.created,
      operator: op,
      literal: Math.floor(Date.now() / 1_000) * 1_000 + ms,
    }),
  ),
  fc.constantFrom('eq', 'ne').map((op) => compare(PATHS.id, op, '00000000-0000-1000-8000-000000000000')),
  fc.tuple(fc.constantFrom(...TYPES), text).map(([type, value]): Filter => {
    const where: Filter = {
      kind: 'and',
      operands: [compare(PATHS.emailType, 'eq', type), compare(PATHS.email, 'co', value)],
    };
    return { kind: 'element', path: PATHS.emails, where };
  }),
);
const term: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 6, arbitrary: textTerm },
  { weight: 2, arbitrary: otherTerm },
  { weight: 1, arbitrary: fc.constantFrom(...paths).map((path): Filter => ({ kind: 'present', path })) },
);
const { filter: anyFilter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: term },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('filter'), { minLength: 2, maxLength: 3 }))
        .map(([kind, operands]): Filter => ({ kind, operands })),
    },
    { weight: 1, arbitrary: tie('filter').map((operand): Filter => ({ kind: 'not', operand })) },
  ),
}));

function compare(path: AttributePath, operator: CompareOperator, value: string | boolean): Filter {
  return { kind: 'compare', path, operator, literal: fold(path.comparison, value) ?? '' };
}

function oneOf(path: AttributePath, values: readonly string[]): Filter {
  return { kind: 'in', path, literals: values.map((value) => fold(path.comparison, value) ?? '') };
}

const shape = (tenant: TenantId, type: ResourceTypeName) => [
  ...contractShape(tenant, type),
  phone,
  phoneType,
  nickName,
];

interface Directory {
  readonly keeps: string;
  readonly cases: number;
  readonly atLeast: number;
  /** Of people, beside what the contract suite has. */
  readonly users: object;
}

/** With an overflow nothing is lost; without one nothing but the entry speaks. */
const DIRECTORIES: readonly Directory[] = [
  {
    keeps: 'everything',
    cases: 10_000,
    atLeast: 60,
    users: { attributes: { active: 'pwdAccountLockedTime', nickName: { constant: 'aB' } } },
  },
  {
    keeps: 'what it has a place for',
    cases: 3_000,
    atLeast: 60,
    users: {
      attributes: { active: 'pwdAccountLockedTime', nickName: { constant: 'aB' } },
      overflow: undefined,
      without: '*',
    },
  },
];

describe.each(DIRECTORIES)('filters that go to a directory that keeps $keeps', ({ cases, atLeast, users }) => {
  let slapd: Slapd;
  let pool: LdapPool;
  let adapter: DirectoryAdapter;
  let options: LdapOptions;
  let abilities: Capabilities;
  let people: readonly StoredResource[];

  beforeAll(async () => {
    slapd = await startTenants(['one']);
    pool = openAdminPool(slapd);
    const given = tenantOptions(slapd);
    options = ldap.options.parse({ ...given, users: { ...given.users, ...users } });
    adapter = await ldap.open(options, shape);
    abilities = adapter.capabilities(callOf().tenant, 'User');
    people = await fill(new Subject(adapter));
  });
  afterAll(async () => {
    await Promise.all([adapter.close(), pool.close()]);
    await slapd.stop();
  });

  async function fill(subject: Subject): Promise<readonly StoredResource[]> {
    const values = fc.sample(text, { numRuns: 360, seed: SEED });
    for (let i = 0; i < 60; i++) {
      const [userName = '', displayName = '', title = '', familyName = '', externalId = '', department = ''] =
        values.slice(6 * i, 6 * i + 6);
      const type = TYPES[i % 4] ?? '';
      const full = {
        userName: userName || `u${i}`,
        displayName,
        title,
        ...(i % 3 > 0 && { active: i % 2 > 0 }),
        ...(i % 5 > 0 && { externalId }),
        name: { familyName },
        emails: [{ value: `${userName}@x`, ...(i % 2 > 0 && { type }) }, { value: title || 'none' }],
        phoneNumbers: [{ value: ['1', '1-2', '+1'][i % 3] ?? '1', type: type || 'mobile' }],
        [ENTERPRISE]: { department },
      };
      // What the directory has no place for, and names that it takes for one, are no matter here.
      const plain = {
        userName: `u${i}`,
        active: i % 2 > 0,
        emails: [{ value: `${i % 7}@x` }],
        name: { familyName: familyName || 'x' },
        phoneNumbers: [{ value: '12', type: 'mobile' }],
      };
      for (const attributes of [full, plain]) {
        const answer = await subject.attempt(subject.createOf('User', attributes));
        if ('changed' in answer) break;
        expect(['UNIQUENESS', 'INVALID_VALUE']).toContain(answer.code);
      }
    }
    const { items } = await subject.find('User');
    expect(items.length).toBeGreaterThan(30);
    return items;
  }

  async function found(filter: Filter): Promise<ReadonlySet<string>> {
    const wanted = all(equals('objectClass', 'inetOrgPerson'), toLdapFilter(filter, options.users));
    const { entries } = await pool.search(callOf(), {
      base: slapd.suffix,
      scope: 'sub',
      filter: wanted,
      attributes: ['entryUUID'],
    });
    return new Set(entries.flatMap((entry) => entry.string('entryUUID') ?? []));
  }

  test(`find everything that matches() takes, in ${cases} cases, and core's check makes it exact`, async () => {
    const noLinks = { linked: () => false };
    let pushedCases = 0;
    let read = 0;
    let exact = 0;
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        const { pushed, residue } = splitFilter(filter, abilities);
        const candidates = pushed === undefined ? undefined : await found(pushed);
        if (candidates !== undefined) pushedCases += 1;
        if (residue === undefined) exact += 1;
        read += candidates?.size ?? people.length;
        const kept = people
          .filter(({ id }) => candidates?.has(id) ?? true)
          .filter((person) => residue === undefined || matches(residue, person, noLinks));
        const expected = people.filter((person) => matches(filter, person, noLinks));
        expect(kept.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      }),
      { numRuns: cases, seed: SEED },
    );
    const share = Math.round((100 * pushedCases) / cases);
    const part = Math.round((100 * read) / (cases * people.length));
    const whole = Math.round((100 * exact) / cases);
    process.stderr.write(
      `filters: ${share} % of ${cases} went to the directory, ${whole} % as a whole; it sent ${part} % of the people\n`,
    );
    expect(share).toBeGreaterThan(atLeast);
  }, 120_000);
});
