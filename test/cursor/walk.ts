import { expect } from 'vitest';
import type { Body, ScimAnswer, ScimClient } from '#test/support/scim-client.ts';

/** One page by cursor, as the tests look at it. */
export interface CursorPage {
  readonly total: unknown;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly next: string | undefined;
  readonly previous: string | undefined;
}

/** More pages than any test has. */
const RUNAWAY = 2_000;
/** RFC 9865 §2, RFC 3986 §2.3 */
const UNRESERVED = /^[A-Za-z0-9._~-]+$/;

/** `query` is what stands beside the cursor: `count=3&sortBy=userName`. */
export async function pageBy(client: ScimClient, query: string, cursor = '', endpoint = '/Users'): Promise<CursorPage> {
  return readPage(await client.get(`${endpoint}?cursor=${cursor}${query === '' ? '' : `&${query}`}`));
}

export function readPage({ status, body, text }: ScimAnswer): CursorPage {
  expect(status, text).toBe(200);
  const { totalResults, itemsPerPage, Resources, nextCursor, previousCursor, ...rest } = body;
  expect(rest).toStrictEqual({ schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'] });
  const resources = Resources as readonly Body[];
  expect(itemsPerPage).toBe(resources.length);
  for (const cursor of [nextCursor, previousCursor]) {
    if (cursor !== undefined) expect(cursor).toMatch(UNRESERVED);
  }
  return {
    total: totalResults,
    ids: resources.map(({ id }) => String(id)),
    names: resources.map(({ userName, displayName }) => String(userName ?? displayName)),
    next: nextCursor as string | undefined,
    previous: previousCursor as string | undefined,
  };
}

/** All pages from the first, each by the `nextCursor` of the one before; `between` runs after each. */
export async function walk(
  client: ScimClient,
  query: string,
  between: (page: CursorPage) => Promise<void> = async () => {},
  endpoint = '/Users',
): Promise<readonly CursorPage[]> {
  const pages: CursorPage[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    if (pages.length > RUNAWAY) throw new Error('a walk by nextCursor comes to an end');
    const page: CursorPage = await pageBy(client, query, cursor, endpoint);
    pages.push(page);
    await between(page);
    cursor = page.next;
  }
  return pages;
}

/** From a page back to the first, by `previousCursor`; the page itself comes last, as in `walk`. */
export async function walkBack(
  client: ScimClient,
  query: string,
  from: CursorPage,
  endpoint = '/Users',
): Promise<readonly CursorPage[]> {
  const pages = [from];
  for (let { previous } = from; previous !== undefined; ) {
    if (pages.length > RUNAWAY) throw new Error('a walk by previousCursor comes to an end');
    const page: CursorPage = await pageBy(client, query, previous, endpoint);
    pages.unshift(page);
    ({ previous } = page);
  }
  return pages;
}
