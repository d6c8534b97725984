import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { adapter as foreign } from '#test/support/foreign-adapter/foreign-adapter.ts';
import { lesser } from '#test/support/lesser-adapter.ts';
import type { ScimClient } from '#test/support/scim-client.ts';
import { type GatewayOptions, openScimGateway } from '#test/support/scim-gateway.ts';
import { holdsForAsync, SEED } from '../properties/runs.ts';
import { createGroup, createUser } from '../scim/people.ts';
import { type CursorPage, pageBy, walk, walkBack } from './walk.ts';

const MAIL = [{ value: 'shared@example.com', type: 'work' }];
const mailed = `filter=${encodeURIComponent('emails.value eq "shared@example.com"')}`;
const titled = `filter=${encodeURIComponent('title sw "T" or active eq false')}`;

const backends: readonly (readonly [name: string, options: () => Promise<GatewayOptions>])[] = [
  ['memory', async () => ({})],
  [
    'a backend that sorts and does not filter',
    async () => ({
      wrap: (adapter) => lesser(adapter, { filter: {}, logic: { not: false, element: false, linked: 'none' } }),
    }),
  ],
  [
    'an adapter of somebody else',
    async () => {
      const adapter = await foreign.open({}, () => []);
      return { wrap: () => adapter, supports: { etag: false, sort: false, changePassword: false } };
    },
  ],
];

/** Lists that take every way to a page: by order, by look-up of a key, by filter in the backend, by filter in core. */
const lists = [
  '',
  'sortBy=userName',
  'sortBy=userName&sortOrder=descending',
  'sortBy=title',
  mailed,
  `sortBy=userName&${mailed}`,
  titled,
];

async function openClient(options: GatewayOptions): Promise<ScimClient> {
  const gateway = await openScimGateway(options);
  onTestFinished(() => gateway.close());
  return gateway.client();
}

const person = (client: ScimClient, name: string) => createUser(client, name, { title: `T${name}`, emails: MAIL });

async function rename(client: ScimClient, id: string, name: string): Promise<void> {
  const value = { userName: name, title: `T${name}` };
  expect((await client.patch(`/Users/${id}`, [{ op: 'replace', value }])).status).toBe(200);
}

async function remove(client: ScimClient, id: string): Promise<void> {
  expect((await client.delete(`/Users/${id}`)).status).toBe(204);
}

/** What may happen between two pages. `at` chooses whom it happens to: among all, or on the page just read. */
type Change =
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'delete'; readonly at: number }
  | { readonly kind: 'rename'; readonly at: number; readonly name: string }
  | { readonly kind: 'delete the cursor’s'; readonly edge: 'first' | 'last' }
  | { readonly kind: 'rename the cursor’s'; readonly edge: 'first' | 'last'; readonly name: string }
  | { readonly kind: 'delete the page' };

const name = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'm', 'z', 'é', '-') });
const edge = fc.constantFrom('first' as const, 'last' as const);
const at = fc.nat({ max: 99 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), name }),
  fc.record({ kind: fc.constant('delete' as const), at }),
  fc.record({ kind: fc.constant('rename' as const), at, name }),
  fc.record({ kind: fc.constant('delete the cursor’s' as const), edge }),
  fc.record({ kind: fc.constant('rename the cursor’s' as const), edge, name }),
  fc.record({ kind: fc.constant('delete the page' as const) }),
);

/** The people of a test, and which of them nothing has happened to. */
class People {
  readonly #client: ScimClient;
  readonly alive: string[] = [];
  readonly untouched = new Set<string>();
  #made = 0;

  constructor(client: ScimClient) {
    this.#client = client;
  }

  async create(prefix: string): Promise<void> {
    const id = await person(this.#client, this.#name(prefix));
    this.alive.push(id);
  }

  /** Those who are there before the walk begins are the ones whom it has to meet. */
  begin(): void {
    for (const id of this.alive) this.untouched.add(id);
  }

  async apply(change: Change, { ids }: CursorPage): Promise<void> {
    switch (change.kind) {
      case 'create':
        return this.create(change.name);
      case 'delete':
        return this.#remove(this.alive[change.at % this.alive.length]);
      case 'rename':
        return this.#rename(this.alive[change.at % this.alive.length], change.name);
      case 'delete the cursor’s':
        return this.#remove(ids.at(change.edge === 'first' ? 0 : -1));
      case 'rename the cursor’s':
        return this.#rename(ids.at(change.edge === 'first' ? 0 : -1), change.name);
      case 'delete the page':
        for (const id of ids) await this.#remove(id);
    }
  }

  async #remove(id: string | undefined): Promise<void> {
    if (id === undefined || !this.alive.includes(id)) return;
    this.alive.splice(this.alive.indexOf(id), 1);
    this.untouched.delete(id);
    await remove(this.#client, id);
  }

  async #rename(id: string | undefined, prefix: string): Promise<void> {
    if (id === undefined || !this.alive.includes(id)) return;
    this.untouched.delete(id);
    await rename(this.#client, id, this.#name(prefix));
  }

  #name(prefix: string): string {
    this.#made += 1;
    return `${prefix}${this.#made}`;
  }
}

function expectOnce(met: readonly string[], untouched: ReadonlySet<string>): void {
  expect(met.filter((id) => untouched.has(id)).toSorted()).toStrictEqual([...untouched].toSorted());
}

describe.each(backends)(`walks while others write, over %s (PORTICO_SEED=${SEED})`, (backend, optionsOf) => {
  test('whom nothing happens to is met once, forth and back, whatever happens to the others', async () => {
    const steps = fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 8 });
    const property = fc.asyncProperty(
      fc.constantFrom(...lists),
      fc.constantFrom('/Users', '/'),
      fc.integer({ min: 1, max: 4 }),
      fc.array(name, { minLength: 4, maxLength: 14 }),
      steps,
      async (list, endpoint, count, names, steps) => {
        const gateway = await openScimGateway(await optionsOf());
        try {
          const client = gateway.client();
          const people = new People(client);
          for (const prefix of names) await people.create(prefix);
          people.begin();
          const query = `count=${count}&${list}`;
          let step = 0;
          const happen = async (page: CursorPage) => {
            for (const each of steps[step] ?? []) await people.apply(each, page);
            step += 1;
          };
          const pages = await walk(client, query, happen, endpoint);
          expectOnce(
            pages.flatMap(({ ids }) => ids),
            people.untouched,
          );
          const last = pages.at(-1);
          if (last?.previous === undefined) return;
          const onLast = new Set(last.ids);
          const back = await walkBack(client, query, last, endpoint);
          const before = back.slice(0, -1).flatMap(({ ids }) => ids);
          expectOnce(before, new Set([...people.untouched].filter((id) => !onLast.has(id))));
        } finally {
          await gateway.close();
        }
      },
    );
    await holdsForAsync(backend === 'memory' ? 60 : 25, property);
  });

  test('twenty walks at once miss nobody while a hundred others come and go', async () => {
    const client = await openClient(await optionsOf());
    const stay = await Promise.all(Array.from({ length: 60 }, (_, at) => person(client, `stay${at}`)));
    let walking = true;
    const churn = async (who: number) => {
      for (let round = 0; walking; round++) {
        const id = await person(client, `${who % 2 ? 'a' : 'z'}${who}-${round}`);
        await rename(client, id, `m${who}-${round}`);
        await remove(client, id);
      }
    };
    const churning = Promise.all(Array.from({ length: 5 }, (_, who) => churn(who)));
    const walks = Array.from({ length: 20 }, (_, at) =>
      walk(client, `count=${1 + (at % 7)}&${lists[at % lists.length]}`, undefined, at % 3 === 0 ? '/' : '/Users'),
    );
    const walked = await Promise.all(walks).finally(() => {
      walking = false;
      return churning;
    });
    for (const pages of walked) {
      expectOnce(
        pages.flatMap(({ ids }) => ids),
        new Set(stay),
      );
    }
  });
});

describe('what a cursor stands on', () => {
  test.each(lists)('may be deleted: ?%s', async (list) => {
    const client = await openClient({});
    for (const at of [1, 2, 3, 4, 5, 6]) await person(client, `user${at}`);
    const [first, second, third] = await walk(client, `count=2&${list}`);
    for (const id of [first?.ids[1], second?.ids[0], second?.ids[1], third?.ids[0]]) await remove(client, String(id));
    const forth = await pageBy(client, `count=2&${list}`, first?.next);
    expect(forth.ids).toStrictEqual([third?.ids[1]]);
    const back = await pageBy(client, `count=2&${list}`, third?.previous);
    expect(back.ids).toStrictEqual([first?.ids[0]]);
    expect([back.previous, back.total]).toStrictEqual([undefined, 2]);
  });

  test.each(['', '&sortBy=userName&sortOrder=descending'])(
    'may leave the group whose members are listed%s',
    async (order) => {
      const client = await openClient({});
      const ids = [];
      for (const at of [1, 2, 3, 4, 5, 6]) ids.push(await person(client, `user${at}`));
      for (let at = 0; at < 60; at++) await person(client, `other${at}`);
      const group = await createGroup(client, 'Staff', ids);
      const query = `count=2&filter=${encodeURIComponent(`groups.value eq "${group}"`)}${order}`;
      const [first, second, third] = await walk(client, query);
      for (const id of [first?.ids[1], second?.ids[0], second?.ids[1], third?.ids[0]]) {
        await client.patch(`/Groups/${group}`, [{ op: 'remove', path: `members[value eq "${id}"]` }]);
      }
      expect((await pageBy(client, query, first?.next)).ids).toStrictEqual([third?.ids[1]]);
      expect((await pageBy(client, query, third?.previous)).ids).toStrictEqual([first?.ids[0]]);
    },
  );

  test('may all be deleted, on both sides: the empty page leads to the rest', async () => {
    const client = await openClient({});
    for (const at of [1, 2, 3, 4, 5, 6]) await person(client, `user${at}`);
    const query = 'count=2&sortBy=userName';
    const [first, second, third] = await walk(client, query);
    for (const id of third?.ids ?? []) await remove(client, id);
    const end = await pageBy(client, query, second?.next);
    expect([end.ids, end.next]).toStrictEqual([[], undefined]);
    expect((await pageBy(client, query, end.previous)).ids).toStrictEqual(second?.ids);
    for (const id of first?.ids ?? []) await remove(client, id);
    const beginning = await pageBy(client, query, second?.previous);
    expect([beginning.ids, beginning.previous]).toStrictEqual([[], undefined]);
    expect((await pageBy(client, query, beginning.next)).ids).toStrictEqual(second?.ids);
  });

  test('may be renamed past the walk or behind it, and the walk goes on from where it was', async () => {
    const client = await openClient({});
    const ids = [];
    for (const at of ['b', 'd', 'f', 'h']) ids.push(await person(client, at));
    const first = await pageBy(client, 'count=2&sortBy=userName');
    await rename(client, String(ids[1]), 'z');
    await rename(client, String(ids[0]), 'a');
    const second = await pageBy(client, 'count=2&sortBy=userName', first.next);
    expect(second.names).toStrictEqual(['f', 'h']);
    expect((await pageBy(client, 'count=2&sortBy=userName', second.next)).names).toStrictEqual(['z']);
  });

  test('may be a name that no URL has as it is', async () => {
    const client = await openClient({});
    const names = ['a b', 'a&cursor=x', 'é', '日本', '😀', 'z"\\'];
    for (const at of names) await createUser(client, `u${at.length}${names.indexOf(at)}`, { displayName: at });
    const pages = await walk(client, 'count=1&sortBy=displayName');
    expect(pages).toHaveLength(names.length);
    const last = pages.at(-1);
    if (last !== undefined)
      expect(await walkBack(client, 'count=1&sortBy=displayName', last)).toHaveLength(names.length);
  });
});
