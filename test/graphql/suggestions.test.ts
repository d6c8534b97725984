import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillCompany } from './company.ts';
import { EventStream } from './event-stream.ts';
import { Gateway } from './gateway.ts';

const PATCH = `mutation ($input: PatchUserInput!) { patchUser(input: $input) { errors { message ... on InvalidInput { remedy } } } }`;
const TITEL = [{ op: 'ADD', path: 'titel', value: 'x' }];

/** What was misspelt, and the name that was meant. */
const MISSPELT: readonly (readonly [meant: string, query: string, variables: Readonly<Record<string, unknown>>])[] = [
  ['userName', '{ users { nodes { userNam } } }', {}],
  ['inline fragment', '{ node(id: "x") { userName } }', {}],
  ['USER_NAME', '{ users(orderBy: { field: userName }) { totalCount } }', {}],
  ['title', PATCH, { input: { id: 'x', user: { titl: 'y' } } }],
  ['userName', '{ users(filter: "userNam eq \\"ada\\"") { totalCount } }', {}],
];

describe('whoever misspells a name', () => {
  let open: Gateway;
  let closed: Gateway;
  let ada: string;

  beforeAll(async () => {
    open = await Gateway.open();
    ({ ada } = await fillCompany(open));
    closed = await Gateway.open({ settings: { introspection: false } });
  });
  afterAll(() => Promise.all([open[Symbol.asyncDispose](), closed[Symbol.asyncDispose]()]));

  test.each(MISSPELT)('is told of %s where he may read the schema: %s', async (meant, query, variables) => {
    const { errors } = await open.ask(query, variables);
    expect(errors?.[0]?.message).toMatch(new RegExp(`[Dd]id you mean .*${meant}.*\\?$`));
  });

  test.each(MISSPELT)('is not told of %s where he may not: %s', async (meant, query, variables) => {
    const { errors } = await closed.ask(query, variables);
    expect(errors?.[0]?.message).toMatch(/[^;, ]$/);
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
    expect(errors?.[0]?.message).not.toContain(meant);
  });

  test('in an operation of a patch, is told of it as of the rest', async () => {
    const { data } = await open.ask(PATCH, { input: { id: ada, operations: TITEL } });
    const remedy = expect.stringMatching(/^did you mean .*title/);
    expect(data).toMatchObject({ patchUser: { errors: [{ message: expect.stringContaining('title'), remedy }] } });
    const { ada: other } = await fillCompany(closed);
    const told = await closed.ask(PATCH, { input: { id: other, operations: TITEL } });
    expect(told.data).toMatchObject({ patchUser: { errors: [{ remedy: null }] } });
    expect(JSON.stringify(told.data)).not.toMatch(/did you mean|title/i);
  });

  test('in a subscription, is told of it as in a query', async () => {
    const query = 'subscription { resourceChanged { cursr } }';
    expect(await refusalOf(open, query)).toContain(String.raw`Did you mean \"cursor\"?`);
    const hidden = await refusalOf(closed, query);
    expect(hidden).toContain('cursr');
    expect(hidden).not.toMatch(/cursor|did you mean/i);
  });
});

async function refusalOf(gateway: Gateway, query: string): Promise<string> {
  await using stream = await EventStream.open(gateway.url, { query });
  return await stream.response.text();
}
