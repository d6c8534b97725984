import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arena } from '../arena.ts';
import type { DemoIds } from '../baseline/directory.ts';
import type { Contest, Contestant } from '../contest.ts';
import { openDuel } from '../duel.ts';
import type { HttpRequest } from '../http-request.ts';
import { findFreePort } from '../pinned-server.ts';
import type { Subject } from '../subject.ts';

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

const PLAN = 'GraphQL nested';
const GRAPHQL_JS = 'GraphQL nested, graphql-js';

/**
 * A page of people with groups and managers, page after page, against Apollo's default set-up over the same data: as it comes, and with
 * graphql-js as the executor, which is what the target is about.
 */
export async function nestedGraphql(arena: Arena): Promise<Contest> {
  const walked = await walkDirectory(arena.subject, arena.options.seed);
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
  const plan = arena.contend(PLAN, pagesAfter(walked.cursors));
  for (const page of [0, Math.floor(walked.cursors.length / 2), walked.cursors.length - 1]) {
    await checkEqual(arena.subject, port, plan.requests[page], apollo.requests[page]);
  }
  const graphqlJs = await contendWithGraphqlJs(arena);
  return {
    name: PLAN,
    people: arena.subject.people,
    contestants: [apollo, graphqlJs, plan],
    ...(arena.directory === undefined && { yardstick: 'Apollo' }),
    comparisons: [
      { subject: GRAPHQL_JS, against: 'Apollo', ...(arena.directory === undefined && { atLeast: 1.6 }) },
      { subject: PLAN, against: 'Apollo' },
    ],
  };
}

/** Its people have ids of their own, so that its answers are compared with those of the plan by test/graphql, not here. */
async function contendWithGraphqlJs(arena: Arena): Promise<Contestant> {
  const subject = await arena.startVariant('graphql-js', { graphql: { executor: 'graphql-js' } });
  const { port, pid, authorization, inspectorPort } = subject;
  const { cursors } = await walkDirectory(subject, arena.options.seed);
  return { name: GRAPHQL_JS, port, pid, authorization, inspectorPort, requests: pagesAfter(cursors) };
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
  return openDuel(arena, { name, requests, answer, atLeast: { memory: 0.22 } });
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

async function walkDirectory(subject: Subject, seed: number): Promise<Walk> {
  const users = await walk(subject, 'users', 'userName');
  const groups = await walk(subject, 'groups', 'displayName');
  const full = Math.floor(users.ids.length / PAGE);
  const ids = { people: subject.people, seed, users: users.ids, groups: groups.ids };
  return { ids, cursors: users.cursors.slice(0, full) };
}

interface NamedPage {
  readonly nodes: readonly { readonly [field: string]: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function walk(
  subject: Subject,
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
    const answer = await subject.send('POST', '/graphql', { query, variables: { after } }, [200]);
    const page: NamedPage | undefined = (answer.json as { data?: Record<string, NamedPage> }).data?.[field];
    assert.ok(page !== undefined, `GraphQL answered ${answer.bytes.toString().slice(0, 500)}`);
    for (const node of page.nodes) ids.push([node[nameField] ?? '', node['id'] ?? '']);
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  return { ids, cursors };
}

/** The order of a person's groups is nobody's promise; all else is compared as it came. */
async function checkEqual(
  product: Subject,
  apolloPort: number,
  ours?: HttpRequest,
  theirs?: HttpRequest,
): Promise<void> {
  assert.ok(ours?.body !== undefined && theirs?.body !== undefined);
  const subject = await product.send('POST', ours.path, JSON.parse(ours.body) as object, [200]);
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
