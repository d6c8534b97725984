import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Write } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import type { Filter, Sort } from '#model/filter.ts';
import { matches } from '#model/matches.ts';
import type { Attributes, ResourceId, StoredResource } from '#model/resource.ts';
import { compareBySort } from '#model/sort.ts';
import { openLinkLookups } from '#test/contract/link-lookups.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { idsOf, Subject } from '#test/contract/subject.ts';
import { anyFilter, anyUser } from './arbitrary-filter.ts';
import { holdsForAsync, SEED } from './runs.ts';

const SIZE = 7;
const userIds = Array.from({ length: SIZE }, (_, i) => `user-${i}`) as unknown as readonly ResourceId[];
/** The ids that `anyFilter` asks for, each a group inside the next. */
const groupIds = ['a', 'b', 'ab'] as unknown as readonly ResourceId[];

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
  anyFilter,
  fc.tuple(linkFilter, anyFilter).map(([link, other]): Filter => ({ kind: 'and', operands: [link, other] })),
  fc
    .tuple(linkFilter, linkFilter)
    .map(([one, other]): Filter => ({ kind: 'or', operands: [one, { kind: 'not', operand: other }] })),
);
const sort: fc.Arbitrary<Sort> = fc.record({
  by: fc.constantFrom(...Object.values(PATHS)),
  order: fc.constantFrom('ascending' as const, 'descending' as const),
});
const population = fc.record({
  users: fc.array(
    anyUser.map(({ attributes }) => attributes),
    { minLength: SIZE, maxLength: SIZE },
  ),
  managers: fc.array(fc.option(fc.constantFrom(...userIds)), { minLength: SIZE, maxLength: SIZE }),
  members: fc.array(fc.subarray([...userIds]), { minLength: 3, maxLength: 3 }),
  nested: fc.tuple(fc.boolean(), fc.boolean()),
});
type Population = typeof population extends fc.Arbitrary<infer Value> ? Value : never;

describe(`find over random data (PORTICO_SEED=${SEED})`, () => {
  test('the memory adapter finds what matches() lets through, in the order of compareBySort()', async () => {
    const page = fc.record({ offset: fc.nat({ max: SIZE }), limit: fc.nat({ max: SIZE }) });
    const property = fc.asyncProperty(
      population,
      filter,
      fc.option(sort, { nil: undefined }),
      page,
      async (people, filter, sort, { offset, limit }) => {
        const subject = await openPopulation(people);
        const { items: all } = await subject.find('User');
        const lookups = await openLinkLookups(subject, all);
        const matching = lookups.filter(({ user, links }) => matches(filter, user, links)).map(({ user }) => user);
        const expected = idsOf(matching.toSorted(compareBySort(sort)));
        const query = { filter, ...(sort && { sort }) };
        expect(await subject.pagedIds('User', query, Math.max(1, limit))).toEqual(expected);
        const window = await subject.find('User', { ...query, page: { offset, limit, total: true } });
        expect(idsOf(window.items)).toEqual(expected.slice(offset, offset + limit));
        expect(window.total).toBe(expected.length);
      },
    );
    await holdsForAsync(2_000, property);
  });
});

const options = memory.options.parse({});

async function openPopulation({ users, managers, members, nested }: Population): Promise<Subject> {
  const subject = new Subject(await memory.open(options, contractShape));
  const stored: StoredResource[] = [];
  for (const [i, attributes] of users.entries()) stored.push(await create(subject, 'User', userIds[i], attributes));
  for (const [i, user] of stored.entries()) {
    const manager = managers[i];
    if (manager) await subject.done(withoutKeys(subject.contentOf(user, user.attributes, { manager })));
  }
  for (const [i, id] of groupIds.entries()) {
    const inner = i > 0 && nested[i - 1] ? groupIds.slice(i - 1, i) : [];
    await create(subject, 'Group', id, { displayName: String(id) }, [...(members[i] ?? []), ...inner]);
  }
  return subject;
}

function create(
  subject: Subject,
  type: string,
  id: ResourceId | undefined,
  attributes: Attributes,
  add: readonly ResourceId[] = [],
): Promise<StoredResource> {
  const members = { add: add.map((member) => ({ id: member })) };
  const write = subject.createOf(type, attributes, {}, add.length > 0 ? members : undefined);
  const draft = { ...write.draft, uniqueKeys: [], lookupKeys: [] };
  return subject.stored({ ...write, ...(id && { id }), draft });
}

/** Random names are taken again and again. */
function withoutKeys(update: ReturnType<Subject['contentOf']>): Write {
  const { content } = update;
  if (content === undefined) return update;
  return { ...update, content: { ...content, draft: { ...content.draft, uniqueKeys: [], lookupKeys: [] } } };
}
