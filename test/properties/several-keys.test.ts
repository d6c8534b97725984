import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Capabilities } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { openDirectory } from '#core/directory.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { openCursors } from '#core/search/cursor.ts';
import { LONGEST_RUN } from '#core/search/runs.ts';
import type { Session } from '#core/session.ts';
import type { Call } from '#model/call.ts';
import type { Sort } from '#model/filter.ts';
import type { TenantId } from '#model/resource.ts';
import { LENIENT } from '#test/support/lenient.ts';
import { lesser } from '#test/support/lesser-adapter.ts';
import { holdsForAsync, SEED } from './runs.ts';

const ACME = 'acme' as TenantId;
const call: Call = {
  tenant: ACME,
  actor: 'a test',
  requestId: 'a test',
  deadline: Date.now() + 600_000,
  signal: AbortSignal.timeout(600_000),
  consistency: 'cached',
};

interface People {
  readonly session: Session;
  readonly user: ResourceType;
  add(people: readonly Person[]): Promise<void>;
}

type Person = { readonly title?: string; readonly nickName?: string; readonly locale?: string };
const KEYS = ['title', 'nickName', 'locale'] as const;

async function openPeople(without: Partial<Capabilities> = {}): Promise<People> {
  const bare = await memory.open(memory.options.parse(undefined), () => []);
  const directory = openDirectory({
    tenant: ACME,
    adapter: lesser(bare, without),
    registry: openRegistry(),
    leniency: LENIENT,
    cursors: openCursors('a secret of the tests, 32 bytes or more'),
  });
  const session = directory.session(call, { name: 'a test', tenant: ACME, scopes: new Set() });
  const user = session.registry.type('User');
  if (user === undefined) throw new Error('no User');
  let added = 0;
  return {
    session,
    user,
    async add(people) {
      await session.createMany(
        user,
        people.map((person) => ({ userName: `p${added++}`, ...person })),
      );
    },
  };
}

type Order = readonly { readonly by: (typeof KEYS)[number]; readonly order: Sort['order'] }[];

const text = fc.option(fc.constantFrom('a', 'b', 'B', 'c'), { nil: undefined });
const person: fc.Arbitrary<Person> = fc
  .record({ title: text, nickName: text, locale: text })
  .map((each) => JSON.parse(JSON.stringify(each)) as Person);
const anyOrder: fc.Arbitrary<Order> = fc
  .shuffledSubarray([...KEYS], { minLength: 2 })
  .chain((keys) =>
    fc.tuple(
      ...keys.map((by) => fc.constantFrom('ascending' as const, 'descending' as const).map((order) => ({ by, order }))),
    ),
  );

/** Where each person has to stand: absent values last when ascending, the exact reverse when descending. */
function wordsOf(resource: { readonly attributes: object }, order: Order): readonly string[] {
  const attributes = resource.attributes as Person;
  return order.map(({ by }) => attributes[by]?.toLowerCase() ?? '~');
}

function isInOrder(people: readonly { readonly attributes: object }[], order: Order): boolean {
  const words = people.map((each) => wordsOf(each, order));
  return words.every((own, index) => {
    const before = words[index - 1] ?? own;
    const at = own.findIndex((word, key) => word !== before[key]);
    if (at < 0) return true;
    const isAfter = (own[at] as string) > (before[at] as string);
    return order[at]?.order === 'ascending' ? isAfter : !isAfter;
  });
}

interface Walk {
  readonly order: Order;
  readonly limit: number;
  readonly filter?: string;
  /** Runs between two pages. */
  readonly between?: () => Promise<void>;
}

function pageOf({ session, user }: People, { order, limit, filter }: Walk, cursor: string | undefined) {
  const [sort, ...thenBy] = order.map(({ by, order: way }) => session.sort(user, by, way));
  return session.findByCursor(user, {
    ...(sort && { sort, thenBy }),
    ...(filter !== undefined && { filter: session.filter(user, filter) }),
    ...(cursor !== undefined && { cursor }),
    limit,
    sameLimit: false,
    total: true,
    positions: true,
  });
}

async function walk(people: People, options: Walk) {
  const pages: Awaited<ReturnType<typeof pageOf>>[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOf(people, options, cursor);
    pages.push(page);
    cursor = page.nextCursor;
    await options.between?.();
  } while (cursor !== undefined && pages.length < 200);
  return pages;
}

async function walkBack(people: People, options: Walk, from: string | undefined) {
  const pages: Awaited<ReturnType<typeof pageOf>>[] = [];
  for (let cursor = from; cursor !== undefined && pages.length < 200; ) {
    const page = await pageOf(people, options, cursor);
    pages.unshift(page);
    cursor = page.previousCursor;
  }
  return pages;
}

const ids = (pages: readonly { readonly items: readonly { readonly id: string }[] }[]) =>
  pages.flatMap(({ items }) => items.map(({ id }) => id));

const crowd = fc.array(person, { minLength: 1, maxLength: 25 });
const limits = fc.integer({ min: 1, max: 9 });

describe(`an order of several keys (PORTICO_SEED=${SEED})`, () => {
  test.each([
    ['where the backend filters', {}],
    ['where core does', { filter: {}, logic: { not: false, element: false, linked: 'none' as const } }],
  ])('is walked forwards without gap or repetition, and back the same way, %s', async (_where, without) => {
    const property = fc.asyncProperty(crowd, anyOrder, limits, fc.boolean(), async (all, order, limit, filtered) => {
      const people = await openPeople(without);
      await people.add(all);
      const options = { order, limit, ...(filtered && { filter: 'locale pr' }) };
      const pages = await walk(people, options);
      const items = pages.flatMap((page) => page.items);
      const wanted = all.filter(({ locale }) => !filtered || locale !== undefined).length;
      expect(new Set(ids(pages)).size).toBe(wanted);
      expect(items).toHaveLength(wanted);
      expect(isInOrder(items, order)).toBe(true);
      expect(pages.every(({ total }) => total === wanted)).toBe(true);
      expect(pages.slice(0, -1).every((page) => page.items.length === limit)).toBe(true);
      const back = await walkBack(people, options, pages.at(-1)?.previousCursor);
      expect(ids(back)).toEqual(ids(pages.slice(0, -1)));
      for (const page of pages.slice(0, 2)) {
        const [first] = page.positions ?? [];
        if (first === undefined) continue;
        const rest = await pageOf(people, { ...options, limit: 100 }, page.cursorAfter(first));
        expect(ids([rest])).toEqual(ids(pages).slice(ids(pages).indexOf(page.items[0]?.id as never) + 1));
      }
    });
    await holdsForAsync(60, property);
  });

  test('loses and repeats nobody while others come in between', async () => {
    const property = fc.asyncProperty(crowd, crowd, anyOrder, limits, async (all, others, order, limit) => {
      const people = await openPeople();
      await people.add(all);
      const known = new Set(ids([await pageOf(people, { order, limit: 1_000 }, undefined)]));
      const left = [...others];
      const between = async () => people.add(left.splice(0, 3));
      const pages = await walk(people, { order, limit, between });
      const met = ids(pages);
      expect(new Set(met).size).toBe(met.length);
      expect(met.filter((id) => known.has(id as never))).toHaveLength(known.size);
      expect(
        isInOrder(
          pages.flatMap((page) => page.items),
          order,
        ),
      ).toBe(true);
    });
    await holdsForAsync(40, property);
  });

  test('of runs longer than what is read at a time has no seams', async () => {
    const people = await openPeople();
    await people.add(
      Array.from({ length: 2_500 }, (_, at) => ({ title: at < 2_400 ? 'a' : 'b', nickName: `n${at % 50}` })),
    );
    const order: Order = [
      { by: 'title', order: 'ascending' },
      { by: 'nickName', order: 'descending' },
    ];
    const pages = await walk(people, { order, limit: 1_000 });
    expect(pages.map(({ items }) => items.length)).toEqual([1_000, 1_000, 500]);
    expect(
      isInOrder(
        pages.flatMap((page) => page.items),
        order,
      ),
    ).toBe(true);
    expect(new Set(ids(pages)).size).toBe(2_500);
  });

  test('is refused where too many have one value, with what to do', async () => {
    const people = await openPeople();
    await people.add(Array.from({ length: LONGEST_RUN + 1 }, () => ({ title: 'a' })));
    const order: Order = [
      { by: 'title', order: 'ascending' },
      { by: 'nickName', order: 'ascending' },
    ];
    await expect(pageOf(people, { order, limit: 10 }, undefined)).rejects.toMatchObject({
      code: 'TOO_MANY',
      message: expect.stringMatching(/^more than 10000 resources have one value of title, .* or narrow the search$/),
    });
    expect((await pageOf(people, { order: order.slice(0, 1), limit: 10 }, undefined)).items).toHaveLength(10);
    expect((await pageOf(people, { order, limit: 0 }, undefined)).total).toBe(LONGEST_RUN + 1);
    const narrowed = await pageOf(people, { order, limit: 10, filter: 'userName eq "p1"' }, undefined);
    expect(narrowed.items).toHaveLength(1);
  });

  test('has cursors of its own', async () => {
    const people = await openPeople();
    await people.add([{ title: 'a' }, { title: 'b' }]);
    const order: Order = [
      { by: 'title', order: 'ascending' },
      { by: 'nickName', order: 'ascending' },
    ];
    const { nextCursor } = await pageOf(people, { order, limit: 1 }, undefined);
    const other: Order = [...order, { by: 'locale', order: 'ascending' }];
    await expect(pageOf(people, { order: other, limit: 1 }, nextCursor)).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    });
    await expect(pageOf(people, { order: order.slice(0, 1), limit: 1 }, nextCursor)).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    });
  });

  test('has no effect where the backend sorts by nothing, as one key has none', async () => {
    const people = await openPeople({ sort: [] });
    await people.add([{ title: 'b' }, { title: 'a' }, { title: 'c' }]);
    const order: Order = [
      { by: 'title', order: 'ascending' },
      { by: 'nickName', order: 'ascending' },
    ];
    expect(ids(await walk(people, { order, limit: 2 }))).toHaveLength(3);
  });
});
