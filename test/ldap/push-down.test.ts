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
import type { StoredResource } from '#model/resource.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { callOf, Subject } from '#test/contract/subject.ts';
import { SEED } from '#test/properties/runs.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { openAdminPool, startTenants, tenantOptions } from './directory.ts';

const CASES = 10_000;

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
const paths: readonly AttributePath[] = [PATHS.userName, PATHS.displayName, PATHS.title, PATHS.familyName, PATHS.email];

const term: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...operators), text).map(compare) },
  { weight: 1, arbitrary: fc.constantFrom(...paths).map((path): Filter => ({ kind: 'present', path })) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...paths), fc.array(text, { minLength: 1, maxLength: 3 })).map(oneOf),
  },
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

function compare([path, operator, value]: [AttributePath, CompareOperator, string]): Filter {
  return { kind: 'compare', path, operator, literal: fold(path.comparison, value) ?? '' };
}

function oneOf([path, values]: [AttributePath, string[]]): Filter {
  return { kind: 'in', path, literals: values.map((value) => fold(path.comparison, value) ?? '') };
}

describe('filters that go to the directory', () => {
  let slapd: Slapd;
  let pool: LdapPool;
  let adapter: DirectoryAdapter;
  let options: LdapOptions;
  let abilities: Capabilities;
  let people: readonly StoredResource[];

  beforeAll(async () => {
    slapd = await startTenants(['one']);
    pool = openAdminPool(slapd);
    options = ldap.options.parse({ ...tenantOptions(slapd) });
    adapter = await ldap.open(options, contractShape);
    abilities = adapter.capabilities(callOf().tenant, 'User');
    people = await fill(new Subject(adapter));
  });
  afterAll(async () => {
    await Promise.all([adapter.close(), pool.close()]);
    await slapd.stop();
  });

  async function fill(subject: Subject): Promise<readonly StoredResource[]> {
    const values = fc.sample(text, { numRuns: 240, seed: SEED });
    for (let i = 0; i < 60; i++) {
      const [userName = '', displayName = '', title = '', familyName = ''] = values.slice(4 * i, 4 * i + 4);
      const emails = [{ value: `${userName}@x` }, { value: title || 'none' }];
      const operation = subject.createOf('User', {
        userName: userName || `u${i}`,
        displayName,
        title,
        name: { familyName },
        emails,
      });
      // Names that the directory takes for one are no matter here.
      const answer = await subject.attempt(operation);
      if (!('changed' in answer)) expect(answer.code).toBe('UNIQUENESS');
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

  test(`find everything that matches() takes, in ${CASES} cases, and core's check makes it exact`, async () => {
    const noLinks = { linked: () => false };
    let pushedCases = 0;
    let read = 0;
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        const { pushed, residue } = splitFilter(filter, abilities);
        const candidates = pushed === undefined ? undefined : await found(pushed);
        if (candidates !== undefined) pushedCases += 1;
        read += candidates?.size ?? people.length;
        const kept = people
          .filter(({ id }) => candidates?.has(id) ?? true)
          .filter((person) => residue === undefined || matches(residue, person, noLinks));
        const expected = people.filter((person) => matches(filter, person, noLinks));
        expect(kept.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      }),
      { numRuns: CASES, seed: SEED },
    );
    const share = Math.round((100 * pushedCases) / CASES);
    const part = Math.round((100 * read) / (CASES * people.length));
    process.stderr.write(`filters: ${share} % of ${CASES} went to the directory, which sent ${part} % of the people\n`);
    expect(share).toBeGreaterThan(40);
  }, 120_000);
});
