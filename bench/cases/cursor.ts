import assert from 'node:assert/strict';
import type { Arena } from '../arena.ts';
import type { Contest } from '../contest.ts';
import type { HttpRequest } from '../http-request.ts';

const PAGE = 100;
/** At either end: so few that both ends stay in the processor's caches alike, so many that no single page decides. */
const PAGES = 20;
/** GraphQL walks in larger steps than SCIM, and its cursors open there. */
const STEP = 1_000;
/** A page of the far end may take this much longer. */
const LONGER = 1.3;

/** Pages by cursor at the far end of the directory against those at its beginning, on the same server. */
export async function pagesByCursor(arena: Arena): Promise<Contest> {
  const first = await walk(arena, '');
  const last = await walk(arena, await cursorBefore(arena, PAGES * PAGE));
  assert.ok(first.next !== undefined && last.next === undefined, 'the walk does not end where the directory does');
  const beginning = arena.contend('first pages by cursor', first.requests);
  const end = arena.contend('last pages by cursor', last.requests);
  return {
    name: 'page by cursor',
    people: arena.subject.people,
    contestants: [beginning, end],
    yardstick: beginning.name,
    comparisons: [{ subject: end.name, against: beginning.name, atLeast: Number((1 / LONGER).toFixed(2)) }],
  };
}

interface Walked {
  readonly requests: readonly HttpRequest[];
  /** The cursor behind the last page; none where that is the end. */
  readonly next: string | undefined;
}

async function walk(arena: Arena, from: string): Promise<Walked> {
  const requests: HttpRequest[] = [];
  let next: string | undefined = from;
  while (next !== undefined && requests.length < PAGES) {
    const path = `/scim/v2/Users?count=${PAGE}&cursor=${next}`;
    requests.push({ method: 'GET', path });
    const { json } = await arena.subject.send('GET', path, undefined, [200]);
    const page = json as { readonly Resources: readonly object[]; readonly nextCursor?: string };
    assert.equal(page.Resources.length, PAGE);
    next = page.nextCursor;
  }
  return { requests, next };
}

interface Step {
  readonly totalCount?: number;
  readonly pageInfo: { readonly endCursor: string };
}

/** The place with so many people behind it, reached as a client would. */
async function cursorBefore(arena: Arena, people: number): Promise<string> {
  const { totalCount = 0 } = await step(arena, 0, undefined);
  assert.ok(totalCount > people, `the case needs more than ${people} people`);
  let after: string | undefined;
  for (let left = totalCount - people; left > 0; left -= STEP) {
    ({ endCursor: after } = (await step(arena, Math.min(STEP, left), after)).pageInfo);
  }
  return after ?? '';
}

async function step(arena: Arena, first: number, after: string | undefined): Promise<Step> {
  const selection = first === 0 ? 'totalCount pageInfo { endCursor }' : 'pageInfo { endCursor }';
  const query = `query ($first: Int!, $after: String) { users(first: $first, after: $after) { ${selection} } }`;
  const { json, bytes } = await arena.subject.send('POST', '/graphql', { query, variables: { first, after } }, [200]);
  const users = (json as { readonly data?: { readonly users: Step } }).data?.users;
  assert.ok(users !== undefined, `GraphQL answered ${bytes.toString().slice(0, 500)}`);
  return users;
}
