import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenSha256 } from '#config/token.ts';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { type ScimClient, scimClient } from '#test/support/scim-client.ts';
import { createUser } from '../scim/people.ts';
import { pageBy, walk } from './walk.ts';

const NAMES = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gus'];

interface Connection {
  readonly nodes: readonly { readonly userName: string }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
}

let portico: PorticoProcess;
let scim: ScimClient;
let colleague: ScimClient;
beforeAll(async () => {
  const tokens = ['idp', 'colleague'].map(
    (name) =>
      `{ name: ${name}, tenant: acme, scopes: ['scim:read', 'scim:write', 'graphql:read'], sha256: ${tokenSha256(name)} }`,
  );
  portico = await startPortico(`
server: { port: 0, drainSeconds: 0 }
tenants: { acme: {} }
auth: { tokens: [${tokens.join(', ')}] }`);
  scim = scimClient(`${portico.url}/scim/v2`, 'idp');
  colleague = scimClient(`${portico.url}/scim/v2`, 'colleague');
  for (const [at, userName] of NAMES.entries()) await createUser(scim, userName, { title: at % 2 ? 'Odd' : 'Even' });
});
afterAll(() => portico.stop());

async function query(text: string) {
  const answer = await fetch(`${portico.url}/graphql`, {
    method: 'POST',
    headers: { authorization: 'Bearer idp', 'content-type': 'application/json' },
    body: JSON.stringify({ query: text }),
  });
  return (await answer.json()) as {
    readonly data?: { readonly users: Connection };
    readonly errors?: readonly object[];
  };
}

async function users(args: string): Promise<Connection> {
  const { data, errors } = await query(
    `{ users(${args}) { nodes { userName } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
  );
  if (data === undefined) throw new Error(JSON.stringify(errors));
  return data.users;
}

const namesIn = ({ nodes }: Connection) => nodes.map(({ userName }) => userName);

/** One question in the words of both faces. */
const questions: readonly (readonly [what: string, scim: string, graphql: string])[] = [
  ['everybody', '', 'first: 2'],
  ['everybody by name', 'sortBy=userName', 'first: 2, orderBy: [{ field: USER_NAME }]'],
  [
    'everybody by name, from the end',
    'sortBy=username&sortOrder=descending',
    'first: 2, orderBy: [{ field: USER_NAME, direction: DESC }]',
  ],
  [
    "SCIM's filter text",
    `sortBy=userName&filter=${encodeURIComponent('title eq "Even" and active ne false')}`,
    'first: 2, orderBy: [{ field: USER_NAME }], filter: "active ne false and title eq \\"even\\""',
  ],
  [
    'a where that means the same',
    `filter=${encodeURIComponent('userName gt "a" and (title eq "Odd" or title eq "Even")')}`,
    'first: 2, where: { title: { in: ["Even", "Odd"] }, userName: { gt: "a" } }',
  ],
  [
    'both at once',
    `filter=${encodeURIComponent('userName gt "a" and title pr')}`,
    'first: 2, where: { title: { present: true } }, filter: "userName gt \\"a\\""',
  ],
];

describe.each(questions)('a cursor of one face opens in the other: %s', (_what, asked, args) => {
  const pagesOf = `count=2&${asked}`;

  test('each page of SCIM goes on in GraphQL', async () => {
    const pages = await walk(scim, pagesOf);
    expect(pages.length).toBeGreaterThan(1);
    for (const [at, { next }] of pages.entries()) {
      if (next === undefined) continue;
      const page = await users(`${args}, after: "${next}"`);
      expect(namesIn(page)).toStrictEqual(pages[at + 1]?.names);
      expect(page.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: at + 2 < pages.length });
    }
  });

  test('each edge of GraphQL goes on in SCIM, with any count and both ways', async () => {
    const all = await users(args.replace('first: 2', 'first: 10'));
    for (const [at, { cursor }] of all.edges.entries()) {
      for (const count of [2, 3]) {
        const page = await pageBy(scim, `count=${count}&${asked}`, cursor);
        expect(page.names).toStrictEqual(namesIn(all).slice(at + 1, at + 1 + count));
        const before = await pageBy(scim, `count=${count}&${asked}`, page.previous);
        expect(before.names).toStrictEqual(namesIn(all).slice(Math.max(0, at + 1 - count), at + 1));
      }
    }
  });

  test('a previousCursor opens the same page in GraphQL, in the order of the list', async () => {
    const [first, second] = await walk(scim, pagesOf);
    const page = await users(`${args}, after: "${second?.previous}"`);
    expect(namesIn(page)).toStrictEqual(first?.names);
    expect(page.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
    expect(namesIn(await users(`${args}, after: "${page.pageInfo.endCursor}"`))).toStrictEqual(second?.names);
    expect(namesIn(await users(`${args}, after: "${page.pageInfo.startCursor}"`))[0]).toBe(first?.names[1]);
  });
});

test('a question that differs is refused by the other face as by the same', async () => {
  const { pageInfo } = await users('first: 2, where: { title: { eq: "Odd" } }');
  const refused = await scim.get(`/Users?count=2&cursor=${pageInfo.endCursor}`);
  expect(refused.body).toMatchObject({ status: '400', scimType: 'invalidCursor' });
  const { next } = await pageBy(scim, 'count=2&sortBy=userName');
  const { errors } = await query(`{ users(first: 2, after: "${next}") { nodes { id } } }`);
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
});

test('another client of the same tenant gets nothing for it (RFC 9865 §5.2)', async () => {
  const { next } = await pageBy(scim, 'count=2');
  for (const cursor of [next, 'forged']) {
    const { body } = await colleague.get(`/Users?count=2&cursor=${cursor}`);
    expect(body).toMatchObject({
      status: '400',
      scimType: 'invalidCursor',
      detail: expect.stringMatching(/start again/),
    });
  }
});
