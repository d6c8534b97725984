import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { Session } from '#core/session.ts';
import { DirectoryError } from '#model/errors.ts';
import { fold } from '#model/fold.ts';
import type { ResourceId } from '#model/resource.ts';
import { sortKey } from '#model/sort.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { holdsFor, holdsForAsync, SEED } from './runs.ts';

/** Few letters in many spellings: in either case and width, composed and not, and such as only look alike or differ by locale. */
// biome-ignore format: a table
const SPELLINGS = [
  'a', 'A', 'ａ', 'Ａ', 'а', 'é', 'É', 'e\u0301', 'E\u0301', 'å', 'Å', 'A\u030a', 'ß', 'ẞ', 'ss', 'SS', 'i', 'I', 'İ', 'ı', 'i\u0307',
  'σ', 'ς', 'Σ', 'ガ', 'ｶﾞ', 'カ\u3099', '\u1e69', 's\u0307\u0323', 's\u0323\u0307', 'Ｓ\u0323\u0307', '가',
];
const userName = fc.array(fc.constantFrom(...SPELLINGS), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));

describe(`user names (seed ${SEED})`, () => {
  let gateway: ScimGateway;
  let session: Session;
  let user: ResourceType;
  beforeAll(async () => {
    gateway = await openScimGateway();
    session = gateway.session();
    [user] = session.registry.types.filter(({ name }) => name === 'User') as [ResourceType];
  });
  afterAll(() => gateway.close());

  test('a name that is refused as taken is found by eq, by GraphQL and at the same place in order; no other is', async () => {
    await holdsForAsync(
      400,
      fc.asyncProperty(userName, userName, async (first, second) => {
        const { id } = await session.create(user, { userName: first });
        const other = await idUnlessTaken(session.create(user, { userName: second }));
        const taken = other === undefined;
        expect(await idsByEq(second)).toEqual([taken ? id : other]);
        expect(await idsByLookUp(second)).toEqual([taken ? id : other]);
        expect(await sortsAlike(first, second)).toBe(taken);
        for (const each of [id, other]) if (each !== undefined) await session.delete(user, each);
      }),
    );
  });

  async function idsByEq(name: string): Promise<readonly ResourceId[]> {
    const filter = session.filter(user, `userName eq ${JSON.stringify(name)}`);
    const { items } = await session.find(user, { filter, page: { offset: 0, limit: 9 } });
    return items.map(({ id }) => id);
  }

  async function idsByLookUp(name: string): Promise<readonly ResourceId[]> {
    const [found = []] = await session.byKeys(user, 'userName', [name]);
    return found.map(({ id }) => id);
  }

  /** Whether the one that is stored has the place in an order that the other would have. */
  async function sortsAlike(first: string, second: string): Promise<boolean> {
    const filter = session.filter(user, `userName eq ${JSON.stringify(first)}`);
    const { items } = await session.find(user, { filter, page: { offset: 0, limit: 1 } });
    const { by } = session.sort(user, 'userName', 'ascending');
    const [stored] = items;
    return stored !== undefined && sortKey(stored, by) === sortKey({ ...stored, attributes: { userName: second } }, by);
  }

  test('what is folded stays as it is when it is folded again', () => {
    holdsFor(
      5_000,
      fc.property(fc.oneof(userName, fc.string({ unit: 'binary' })), (name) => {
        const folded = fold('username', name) ?? null;
        expect(fold('username', folded)).toBe(folded);
      }),
    );
  });
});

async function idUnlessTaken(created: Promise<{ readonly id: ResourceId }>): Promise<ResourceId | undefined> {
  try {
    return (await created).id;
  } catch (error) {
    if (error instanceof DirectoryError && error.code === 'UNIQUENESS') return undefined;
    throw error;
  }
}
