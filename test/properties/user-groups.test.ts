import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import { createGroup, createUser } from '#test/scim/people.ts';
import type { Body } from '#test/support/scim-client.ts';
import { openScimGateway } from '#test/support/scim-gateway.ts';
import { holdsForAsync, SEED } from './runs.ts';

const NAMES = ['A', 'B', 'C', 'New', 'a'];

/** How a group can be named, and what names none. */
function groupValue(ids: readonly string[]): fc.Arbitrary<Json> {
  const value = fc.constantFrom(...ids, 'gone', '', null, 7);
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ value }) },
    { weight: 4, arbitrary: fc.record({ display: fc.constantFrom(...NAMES) }) },
    fc.record({
      value,
      display: fc.constantFrom(...NAMES, '\u0000'),
      type: fc.constantFrom('direct', 'indirect', 'x'),
    }),
    fc.constantFrom<Json>(...ids),
    fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  );
}

function operation(ids: readonly string[]): fc.Arbitrary<Body> {
  const op = fc.constantFrom('add', 'remove', 'replace', 'Add');
  const path = fc.constantFrom('groups', 'groups', 'groups', 'Groups', 'groups.value', 'groups[value pr]');
  const brackets = fc
    .tuple(fc.constantFrom('value', 'display', 'type'), fc.constantFrom(...ids, ...NAMES))
    .map(([name, text]) => `groups[${name} eq ${JSON.stringify(text)}]`);
  return fc.oneof(
    fc.record({ op, path, value: fc.array(groupValue(ids), { maxLength: 4 }) }),
    fc.record({ op, path, value: groupValue(ids) }),
    fc.record({ op: fc.constant('remove'), path: fc.oneof(path, brackets) }),
    fc.record({ op: fc.constant('replace'), path: fc.constant('title'), value: fc.constantFrom('T', 'U') }),
  );
}

test(`whatever a PATCH says of a user's groups, it is done as a whole or not at all (PORTICO_SEED=${SEED})`, async () => {
  const gateway = await openScimGateway({ lifeCycle: { userGroups: 'create' } });
  onTestFinished(() => gateway.close());
  const client = gateway.client();
  const ada = await createUser(client, 'ada');
  const ids = [
    await createGroup(client, 'A', [ada]),
    await createGroup(client, 'B'),
    await createGroup(client, 'C'),
    ada,
  ];
  const state = async () => {
    const user = (await client.get(`/Users/${ada}?attributes=title,groups`)).body;
    const groups = (user['groups'] ?? []) as readonly Body[];
    const seen = groups.map(({ value }) => value).toSorted();
    const all = (await client.get('/Groups')).body['Resources'] as readonly Body[];
    const holding = all.filter(({ members = [] }) => (members as readonly Body[]).some(({ value }) => value === ada));
    expect(holding.map(({ id }) => id).toSorted()).toEqual(seen);
    return JSON.stringify([user['title'], seen, all.map(({ displayName }) => displayName).toSorted()]);
  };
  let done = 0;
  const property = fc.asyncProperty(fc.array(operation(ids), { minLength: 1, maxLength: 4 }), async (operations) => {
    const before = await state();
    const { status, text } = await client.patch(`/Users/${ada}`, operations);
    expect([200, 400], text).toContain(status);
    if (status === 200) done += 1;
    else expect(await state()).toBe(before);
  });
  await holdsForAsync(300, property);
  expect(done).toBeGreaterThan(20);
});
