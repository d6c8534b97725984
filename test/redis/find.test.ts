import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choicesOf } from '#adapters/redis/read/candidates.ts';
import type { Filter, Sort } from '#model/filter.ts';
import { type LinkLookup, matches } from '#model/matches.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { compareBySort } from '#model/sort.ts';
import { openLinkLookups } from '#test/contract/link-lookups.ts';
import { draftOf, PATHS } from '#test/contract/sample.ts';
import { idsOf, type Subject } from '#test/contract/subject.ts';
import { anyFilter, anyUser } from '#test/properties/arbitrary-filter.ts';
import { holdsForAsync, SEED } from '#test/properties/runs.ts';
import { startRedis } from '#test/support/redis.ts';
import { openStore } from './store.ts';

const CASES = 700;
const SIZE = 24;
const userIds = Array.from({ length: SIZE }, (_, i) => `user-${i}` as ResourceId);
/** The ids that `anyFilter` asks for, each a group inside the next. */
const groupIds = ['a', 'b', 'ab'] as readonly string[] as readonly ResourceId[];

const server = await startRedis();
const { subject } = await openStore(server);
let lookups: readonly { readonly user: StoredResource; readonly links: LinkLookup }[];

beforeAll(async () => {
  await fill(subject);
  lookups = await openLinkLookups(subject, (await subject.find('User')).items);
});

afterAll(async () => {
  await subject.adapter.close();
  await server.stop();
});

/** Many users share a value; nothing of theirs is unique here. */
async function fill({ adapter, call }: Subject): Promise<void> {
  const people = fc.sample(anyUser, { numRuns: SIZE, seed: SEED });
  const users = people.map(({ attributes }, i) => {
    const links = i > 0 && i % 3 > 0 ? { manager: userIds[Math.floor(i / 3)] as ResourceId } : {};
    const draft = { ...draftOf('User', attributes, links), uniqueKeys: [] };
    return { kind: 'create', type: 'User', id: userIds[i] as ResourceId, draft } as const;
  });
  const groups = groupIds.map((id, i) => {
    const inner = i > 0 ? [{ id: groupIds[i - 1] as ResourceId }] : [];
    const add = [...inner, ...userIds.filter((_, at) => at % 4 === i).map((user) => ({ id: user }))];
    return {
      kind: 'create',
      type: 'Group',
      id,
      draft: draftOf('Group', { displayName: id }),
      members: { add },
    } as const;
  });
  for (const answer of await adapter.write(call, [...users, ...groups])) expect(answer).toHaveProperty('changed', true);
}

const linkFilter: fc.Arbitrary<Filter> = fc.record(
  {
    kind: fc.constant('linked' as const),
    edge: fc.constantFrom('members' as const, 'manager' as const),
    direction: fc.constantFrom('in' as const, 'out' as const),
    ids: fc.array(fc.constantFrom(...userIds, ...groupIds, 'nobody' as ResourceId), { minLength: 1, maxLength: 3 }),
    transitive: fc.boolean(),
  },
  { requiredKeys: ['kind', 'edge', 'direction', 'transitive'] },
);
const filter: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 3, arbitrary: anyFilter },
  {
    weight: 1,
    arbitrary: fc
      .tuple(linkFilter, anyFilter)
      .map(([link, other]): Filter => ({ kind: 'and', operands: [link, other] })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(linkFilter, linkFilter)
      .map(([one, other]): Filter => ({ kind: 'or', operands: [one, { kind: 'not', operand: other }] })),
  },
);
const sort: fc.Arbitrary<Sort> = fc.record({
  by: fc.constantFrom(...Object.values(PATHS)),
  order: fc.constantFrom('ascending' as const, 'descending' as const),
});
const page = fc.record({ offset: fc.nat({ max: SIZE }), limit: fc.nat({ max: SIZE }) });

describe(`find over random filters (PORTICO_SEED=${SEED})`, () => {
  test('what matches() lets through is found, in the order of compareBySort(), with and without an index', async () => {
    let asked = 0;
    let indexed = 0;
    const property = fc.asyncProperty(
      filter,
      fc.option(sort, { nil: undefined }),
      page,
      async (filter, sort, { offset, limit }) => {
        asked++;
        if (choicesOf('User', filter).length > 0) indexed++;
        const matching = lookups.filter(({ user, links }) => matches(filter, user, links)).map(({ user }) => user);
        const expected = idsOf(matching.toSorted(compareBySort(sort)));
        const query = { filter, ...(sort && { sort }) };
        const window = await subject.find('User', { ...query, page: { offset, limit, total: true, positions: true } });
        expect(idsOf(window.items)).toEqual(expected.slice(offset, offset + limit));
        expect(window.total).toBe(expected.length);
        const after = window.positions?.at(-1);
        if (after === undefined) return;
        const rest = await subject.find('User', { ...query, page: { after, limit: SIZE } });
        expect(idsOf(rest.items)).toEqual(expected.slice(offset + limit));
      },
    );
    await holdsForAsync(CASES, property);
    process.stderr.write(`redis: ${indexed} of ${asked} random filters begin at an index\n`);
    expect(indexed).toBeGreaterThan(0);
  });
});
