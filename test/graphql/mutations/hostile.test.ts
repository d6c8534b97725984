import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, fillCompany } from '../company.ts';
import { type Answer, Gateway } from '../gateway.ts';
import { mutation } from './mutate.ts';

describe('hostile input of mutations', () => {
  let gateway: Gateway;
  let company: Company;
  beforeAll(async () => {
    gateway = await Gateway.open();
    company = await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  /** Variables as text, since JSON.parse alone makes `__proto__` an own key. */
  const send = (name: string, input: string): Promise<Answer> =>
    gateway.post(`{"query":${JSON.stringify(mutation(name))},"variables":{"input":${input}}}`);

  test.each([
    ['createUser', '{"__proto__":{"userName":"x"}}'],
    ['createUser', '{"userName":"x","__proto__":{"active":false}}'],
    ['createUser', '{"userName":"x","constructor":{"prototype":{"a":1}}}'],
    ['createUser', '{"userName":"x","name":{"__proto__":{"familyName":"y"}}}'],
    ['patchUser', '{"id":"x","user":{"toString":"y"}}'],
    ['createUser', '{"userName":{"toString":"x"}}'],
    ['createUser', '{"userName":["a","b"]}'],
    ['createUser', '{"userName":"x","emails":"y"}'],
    ['createUser', '{"userName":"x","emails":[null]}'],
    ['createUser', '{"userName":"x","active":"true"}'],
    ['createUser', '{"userName":"x","id":"mine"}'],
    ['createUser', '{"userName":"x","meta":{"version":"1"}}'],
    ['createUser', '{"userName":"x","groups":[{"value":"y"}]}'],
    ['createUser', '[]'],
    ['createUser', 'null'],
    ['addMembers', '{"group":"x","members":[{"value":"y"}]}'],
    ['addMembers', '{"group":"x","members":null}'],
    ['addMembers', '{"group":{},"members":["y"]}'],
    ['deleteUser', '{"id":["x","y"]}'],
    ['patchUser', '{"id":"x","operations":[{"op":"add","path":"title","value":"y"}]}'],
  ])('what the schema has not is refused before anything is done: %s %s', async (name, input) => {
    gateway.calls.length = 0;
    const answer = await send(name, input);
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(gateway.calls).toEqual([]);
    expect(({} as { active?: unknown }).active).toBeUndefined();
  });

  test.each([
    '{"__proto__":{"title":"polluted"}}',
    '{"name":{"__proto__":{"title":"polluted"}}}',
    '{"constructor":{"prototype":{"title":"polluted"}}}',
    '{"title":{"__proto__":1}}',
  ])('a value of an operation reaches nothing that every object has: %s', async (value) => {
    const answer = await send('patchUser', `{"id":"${company.ada}","operations":[{"op":"ADD","value":${value}}]}`);
    expect(answer.data?.['patchUser']).toMatchObject({ user: null, errors: [{ code: 'INVALID_VALUE' }] });
    expect(({} as { title?: unknown }).title).toBeUndefined();
  });

  test('as little as where it is written into the document', async () => {
    const query = `mutation ($v: JSON) { patchUser(input: { id: "${company.ada}", operations: [
      { op: ADD, value: { __proto__: { title: "polluted" }, nested: $v } }
    ] }) { user { title } errors { code } } }`;
    const { data } = await gateway.ask(query, { v: [1] });
    expect(data).toEqual({ patchUser: { user: null, errors: [{ code: 'INVALID_VALUE' }] } });
    expect(({} as { title?: unknown }).title).toBeUndefined();
  });

  test('a value of an operation nests as deep as a schema can, and variables as deep as the limit', async () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    const input = (depth: number) =>
      `{"id":"${company.ada}","operations":[{"op":"ADD","path":"name","value":${nested(depth)}}]}`;
    expect((await send('patchUser', input(40))).data).toMatchObject({
      patchUser: { errors: [{ code: 'INVALID_VALUE' }] },
    });
    expect((await send('patchUser', input(100))).errors).toMatchObject([{ extensions: { code: 'INPUT_TOO_DEEP' } }]);
    expect((await send('patchUser', input(15_000))).errors).toHaveLength(1);
  });

  test('a document has as many mutations as the limit of root fields, and each costs', async () => {
    const many = (count: number) =>
      `mutation { ${Array.from({ length: count }, (_, index) => `m${index}: deleteUser(input: { id: "x" }) { errors { code } }`).join(' ')} }`;
    gateway.calls.length = 0;
    expect((await gateway.ask(many(21))).errors).toMatchObject([
      { extensions: { code: 'TOO_MANY_ROOT_FIELDS', limit: 20, actual: 21 } },
    ]);
    expect(gateway.calls).toEqual([]);
    expect(Object.keys((await gateway.ask(many(20))).data ?? {})).toHaveLength(20);
    const costly = mutation('patchUser', 'memberOf(first: 1000) { nodes { members(first: 1000) { nodes { id } } } }');
    const answer = await gateway.ask(costly, { input: { id: company.ada, user: { title: 'x' } } });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COSTLY' } }]);
  });

  test('ids and versions of any form find nothing', async () => {
    for (const id of ['', ' ', '../../Users', '\u0000', '💥', 'x'.repeat(5_000), "' OR 1=1 --"]) {
      const answer = await gateway.ask(mutation('deleteUser'), { input: { id, ifVersion: id } });
      expect(answer.data?.['deleteUser'], id).toMatchObject({ id: null, errors: [{ code: 'NOT_FOUND' }] });
    }
    for (const ifVersion of ['', 'W/', 'W/"', '"', '*', '""', 'W/"a", W/"b"']) {
      const answer = await gateway.ask(mutation('deleteUser'), { input: { id: company.ada, ifVersion } });
      expect(answer.data?.['deleteUser'], ifVersion).toMatchObject({
        id: null,
        errors: [{ code: 'VERSION_MISMATCH' }],
      });
    }
  });
});
