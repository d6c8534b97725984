import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arena } from '../arena.ts';
import type { DemoIds } from '../baseline/directory.ts';
import type { Contest } from '../contest.ts';
import type { HttpRequest } from '../http-request.ts';
import { findFreePort } from '../pinned-server.ts';

const NESTED = `query People($after: String) {
  users(first: 100, after: $after) {
    nodes {
      id
      userName
      displayName
      emails { value type }
      memberOf(first: 20) { nodes { id displayName } }
      manager { id displayName }
    }
  }
}`;

const PAGE = 100;

/** A page of people with groups and managers, page after page, against Apollo's default set-up over the same data. */
export async function nestedGraphql(arena: Arena): Promise<Contest> {
  const name = 'GraphQL nested';
  const walked = await walkDirectory(arena);
  const file = join(arena.folder, `ids-${arena.subject.people}.json`);
  writeFileSync(file, JSON.stringify(walked.ids));
  const port = await findFreePort();
  const script = join(import.meta.dirname, '..', 'baseline', 'server.ts');
  const baseline = await arena.start([script, String(port), file], '/ready');
  const apolloCursors = walked.cursors.map((_, page) => String(page * PAGE));
  const apollo = {
    name: 'Apollo',
    port,
    pid: baseline.pid,
    requests: pagesAfter(apolloCursors),
    authorization: 'none',
  };
  const subject = arena.contend(name, pagesAfter(walked.cursors));
  for (const page of [0, Math.floor(walked.cursors.length / 2), walked.cursors.length - 1]) {
    await checkEqual(arena, port, subject.requests[page], apollo.requests[page]);
  }
  return {
    name,
    people: arena.subject.people,
    contestants: [apollo, subject],
    yardstick: 'Apollo',
    comparisons: [{ subject: name, against: 'Apollo', atLeast: 1.6 }],
  };
}

const SMALL = 'query Person($id: ID!) { user(by: { id: $id }) { id userName } }';

/** One person by id, as an application asks for one: always the same text, the id as a variable. */
export async function smallGraphql(arena: Arena): Promise<Contest> {
  const name = 'GraphQL small';
  const requests = arena.users.map(({ id }) => smallQuery(id));
  const answers = await Promise.all(
    arena.users.slice(0, 3).map(({ id }) => arena.subject.send('POST', '/graphql', smallBody(id), [200])),
  );
  answers.forEach(({ json }, position) => {
    const { id, userName } = arena.users[position] ?? {};
    assert.deepEqual(json, { data: { user: { id, userName } } });
  });
  const [answer] = answers;
  assert.ok(answer !== undefined);
  return {
    name,
    people: arena.subject.people,
    contestants: [await arena.startBare(answer, requests), arena.contend(name, requests)],
    yardstick: 'bare',
    comparisons: [{ subject: name, against: 'bare', atLeast: 0.22 }],
  };
}

function smallQuery(id: string): HttpRequest {
  return { method: 'POST', path: '/graphql', body: JSON.stringify(smallBody(id)) };
}

function smallBody(id: string): object {
  return { query: SMALL, variables: { id } };
}

/** The first page is asked for by no cursor at all. */
function pagesAfter(cursors: readonly (string | null)[]): readonly HttpRequest[] {
  return cursors.map((cursor, page) => {
    const variables = page === 0 ? {} : { after: cursor };
    return { method: 'POST', path: '/graphql', body: JSON.stringify({ query: NESTED, variables }) };
  });
}

type Ids = readonly (readonly [string, string])[];

interface Walk {
  readonly ids: DemoIds;
  /** One per full page: what stands before it. */
  readonly cursors: readonly (string | null)[];
}

async function walkDirectory(arena: Arena): Promise<Walk> {
  const users = await walk(arena, 'users', 'userName');
  const groups = await walk(arena, 'groups', 'displayName');
  const full = Math.floor(users.ids.length / PAGE);
  const ids = { people: arena.subject.people, seed: arena.options.seed, users: users.ids, groups: groups.ids };
  return { ids, cursors: users.cursors.slice(0, full) };
}

interface NamedPage {
  readonly nodes: readonly { readonly [field: string]: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function walk(
  arena: Arena,
  field: string,
  nameField: string,
): Promise<{ readonly ids: Ids; readonly cursors: readonly (string | null)[] }> {
  const query = `query Walk($after: String) {
    ${field}(first: ${PAGE}, after: $after) { nodes { id ${nameField} } pageInfo { hasNextPage endCursor } }
  }`;
  const ids: [string, string][] = [];
  const cursors: (string | null)[] = [];
  for (let after: string | null = null, more = true; more; ) {
    cursors.push(after);
    const answer = await arena.subject.send('POST', '/graphql', { query, variables: { after } }, [200]);
    const page: NamedPage | undefined = (answer.json as { data?: Record<string, NamedPage> }).data?.[field];
    assert.ok(page !== undefined, `GraphQL answered ${answer.bytes.toString().slice(0, 500)}`);
    for (const node of page.nodes) ids.push([node[nameField] ?? '', node['id'] ?? '']);
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  return { ids, cursors };
}

/** The order of a person's groups is nobody's promise; all else is compared as it came. */
async function checkEqual(arena: Arena, apolloPort: number, ours?: HttpRequest, theirs?: HttpRequest): Promise<void> {
  assert.ok(ours?.body !== undefined && theirs?.body !== undefined);
  const subject = await arena.subject.send('POST', ours.path, JSON.parse(ours.body) as object, [200]);
  const answer = await fetch(`http://127.0.0.1:${apolloPort}${theirs.path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: theirs.body,
  });
  const expected = sortGroups((await answer.json()) as NestedAnswer);
  assert.equal(expected.data.users.nodes.length, PAGE);
  assert.deepEqual(sortGroups(subject.json as NestedAnswer), expected);
}

interface NestedAnswer {
  readonly data: {
    readonly users: { readonly nodes: readonly { readonly memberOf: { nodes: { readonly id: string }[] } }[] };
  };
}

function sortGroups(answer: NestedAnswer): NestedAnswer {
  for (const { memberOf } of answer.data.users.nodes) {
    memberOf.nodes = memberOf.nodes.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }
  return answer;
}
