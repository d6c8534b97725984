import { setImmediate as turnOfOthers } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create, Gateway } from './gateway.ts';

const PEOPLE = 1_000;
const TEXTS = Array.from({ length: 90 }, (_, index) => ({ displayName: { contains: `nobody${index}` } }));
const times = (count: number, field: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => `a${index}: ${field(index)}`).join(' ');

/** Whatever is compared takes a fraction of a second altogether, in a query of few bytes. */
const COMPARED: readonly (readonly [what: string, query: string, variables: { readonly [name: string]: unknown }])[] = [
  [
    'members',
    `query ($where: MemberWhere!) { groups { nodes { ${times(10, (index) => `members(first: ${index + 1}, where: $where) { totalCount }`)} } } }`,
    { where: { user: { or: TEXTS } } },
  ],
  [
    'people',
    `query ($where: UserWhere!) { ${times(20, (index) => `users(first: ${index + 1}, where: $where) { totalCount }`)} }`,
    { where: { or: TEXTS } },
  ],
];

describe('a query that compares many values', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open();
    const session = gateway.session();
    const members = [];
    for (let index = 0; index < PEOPLE; index += 1) {
      members.push({ value: await create(session, 'User', { userName: `u${index}`, displayName: `Name ${index}` }) });
    }
    await create(session, 'Group', { displayName: 'All', members });
    await gateway.data('{ __typename }');
  });

  afterAll(() => gateway[Symbol.asyncDispose]());

  test.each(COMPARED)('lets others have a turn, again and again: %s', { retry: 3 }, async (_, query, variables) => {
    let working = true;
    const end = () => {
      working = false;
    };
    const used = () => process.cpuUsage().user;
    const begun = used();
    const asked = gateway.data(query, variables).finally(end);
    let longest = 0;
    for (let before = begun; working; before = used()) {
      await turnOfOthers();
      longest = Math.max(longest, used() - before);
    }
    await asked;
    expect(longest / (used() - begun)).toBeLessThan(1 / 2);
  });
});
