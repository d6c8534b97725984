import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter, Write } from '#adapters/adapter.ts';
import type { ResourceId } from '#model/resource.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { BADGES, NAMES } from '../badges.ts';
import { Gateway } from '../gateway.ts';
import { done, mutation } from './mutate.ts';

const SECRET = 'hunter2-SECRET';

describe('what is never returned', () => {
  let gateway: Gateway;
  /** The operations of the last write, as the adapter got them. */
  let written: readonly Write[] = [];
  beforeEach(async () => {
    const listen = (method: string, [, operations]: readonly unknown[]) => {
      if (method === 'write') written = operations as readonly Write[];
    };
    const decorate = (adapter: DirectoryAdapter) => hooked(adapter, listen);
    gateway = await Gateway.open({ sources: [{ name: 'badges.json', content: BADGES }], decorate });
  });
  afterEach(() => gateway[Symbol.asyncDispose]());

  const badge = async (id: ResourceId) => {
    const session = gateway.session();
    const type = session.registry.type('User');
    return type && (await session.get(type, id))?.attributes[NAMES.badges];
  };

  /** Everything that leaves the gateway for a request that is refused, its log line among it. */
  const ask = async (query: string, variables: object = {}) => {
    const refused = () => gateway.log.filter(({ outcome }) => outcome.detail !== undefined).length;
    const before = refused();
    const answer = await gateway.post(JSON.stringify({ query, variables }));
    await expect.poll(refused).toBe(before + 1);
    return `${JSON.stringify(answer)} ${JSON.stringify(gateway.log)} ${gateway.bugs}`;
  };

  test('is taken, hashed, and kept out of the resource', async () => {
    const badgeOffice = { pin: '1234', floor: 2 };
    const { id } = await done(gateway, 'createUser', { userName: 'ada', password: SECRET, badgeOffice });
    expect(JSON.stringify(written)).not.toContain(SECRET);
    expect(written).toMatchObject([{ draft: { secrets: { passwordHash: expect.stringMatching(/^\$argon2id\$/) } } }]);
    expect(await badge(id as ResourceId)).toEqual(badgeOffice);
    await done(gateway, 'patchUser', { id: id as string, user: { password: null, badgeOffice: { pin: null } } });
    expect(written[0]).toMatchObject({ content: { draft: { secrets: { passwordHash: null } } } });
    expect(await badge(id as ResourceId)).toEqual({ floor: 2 });
  });

  test.each([
    ['an input that lacks something', { input: { password: SECRET } }],
    ['an input with a name that nobody knows', { input: { userName: 'ada', password: SECRET, nonsense: 1 } }],
    ['a password that is no text', { input: { userName: 'ada', password: [SECRET] } }],
    ['a password within another value', { input: { userName: 'ada', password: { value: `${SECRET}; x` } } }],
    ['a number in its place', { input: { userName: 'ada', password: 77_777_777_777_777 } }],
    ['an input that is a list', { input: [[{ userName: 'ada', password: SECRET }]] }],
    ['an input that is text', { input: SECRET }],
    ['a conflict', { input: { userName: 'taken', password: SECRET } }],
    ['one that is too long', { input: { userName: 'ada', password: SECRET.repeat(400) } }],
    ['one with what is invisible', { input: { userName: 'ada', password: `${SECRET}\u200b\u0007` } }],
  ])('is in no answer and no log line: %s', async (_, variables) => {
    await done(gateway, 'createUser', { userName: 'taken' });
    const text = await ask(mutation('createUser'), variables);
    expect(text).toContain('"errors":[{');
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('77777777');
  });

  test.each([
    [`mutation { createUser(input: { password: "${SECRET}" }) { user { id } } }`],
    [`mutation { createUser(input: { userName: "ada", password: ["${SECRET}"] }) { user { id } } }`],
    [`mutation { createUser(input: { userName: "ada", password: { a: "${SECRET}" } }) { user { id } } }`],
    [`mutation { createUser(input: { userName: "ada", password: 77777777777777 }) { user { id } } }`],
    [`mutation { createUser(input: { userName: "ada", password "${SECRET}" }) { user { id } } }`],
    [`mutation { createUser(input: { userName: "ada", password: """${SECRET}""" "${SECRET}" }) { user { id } } }`],
    [`mutation { createUser(input: { userName: "ada", password: "${SECRET}") { user { id } } }`],
    [`mutation { createUser(input: "${SECRET}") { user { id } } }`],
    [`mutation ($p: String = ["${SECRET}"]) { createUser(input: { userName: "ada", password: $p }) { user { id } } }`],
    [`mutation { createUser(input: { userName: "ada", active: "${SECRET}" }) { user { id } } }`],
    [
      `mutation { patchUser(input: { id: "x", operations: [{ op: "${SECRET}", path: "password", value: "x" }] }) { user { id } } }`,
    ],
  ])('nor is it where it stands in a document that is malformed: %s', async (query) => {
    const text = await ask(query);
    expect(text).toContain('"errors":[{');
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('77777777');
  });

  test('operations that name it tell nothing of it either', async () => {
    const { id } = await done(gateway, 'createUser', { userName: 'ada' });
    for (const value of [[SECRET], '', { a: SECRET }]) {
      const input = { id, operations: [{ op: 'REPLACE', path: 'password', value }] };
      const text = await ask(mutation('patchUser'), { input });
      expect(text).toContain('INVALID_VALUE');
      expect(text).not.toContain(SECRET);
    }
  });
});
