import { expect } from 'vitest';
import type { ScimClient } from '#test/support/scim-client.ts';
import { createGroup, createUser, GROUP, USER } from '../scim/people.ts';
import { listed, query, shown } from './answers.ts';
import { openRows } from './rows.ts';

const LARGE = 100_000;
const OPERATIONS = 10_000;
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const row = openRows({ shared: { limits: { bulkMaxOperations: OPERATIONS, bulkMaxPayload: '16mb' } } });
let filled: Promise<string> | undefined;

/** The id of a group of 100,000 users, which both rows share. */
function largeGroup(scim: ScimClient): Promise<string> {
  filled ??= fill(scim);
  return filled;
}

async function fill(scim: ScimClient): Promise<string> {
  const ids: string[] = [];
  for (let start = 0; start < LARGE; start += OPERATIONS) {
    const Operations = Array.from({ length: OPERATIONS }, (_, index) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `${index}`,
      data: { schemas: [USER], userName: `user${start + index}` },
    }));
    const { body } = await scim.post('/Bulk', { schemas: [BULK], Operations });
    const results = body['Operations'] as readonly { readonly location: string }[];
    ids.push(...results.map(({ location }) => location.slice(location.lastIndexOf('/') + 1)));
  }
  const members = ids.map((value) => ({ value }));
  const path = '/Groups?excludedAttributes=members';
  return shown(await scim.post(path, { schemas: [GROUP], displayName: 'large', members })).id;
}

async function within(milliseconds: number, work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await work();
  expect(performance.now() - started).toBeLessThan(milliseconds);
}

row('J8', async ({ client }) => {
  const scim = client('shared');
  const group = await largeGroup(scim);
  await within(2_000, async () => {
    const one = await scim.get(`/Groups/${group}?excludedAttributes=members`);
    const all = await scim.get('/Groups?excludedAttributes=members');
    expect(shown(one)).toMatchObject({ schemas: [GROUP], displayName: 'large' });
    for (const { text } of [one, all]) expect(text.length).toBeLessThan(1_000);
  });
});

row('M35', async ({ client }) => {
  const scim = client('shared');
  const group = await largeGroup(scim);
  const user = await createUser(scim, 'newcomer');
  const small = await createGroup(scim, 'small', [user]);
  const groupsOf = async () => (await scim.get(`/Users/${user}?attributes=groups`)).text;
  await within(2_000, async () => {
    const added = await scim.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: [{ value: user }] }]);
    expect(added).toMatchObject({ status: 204, text: '' });
    expect(await groupsOf()).toContain(group);
    const removed = await scim.patch(`/Groups/${group}`, [{ op: 'remove', path: `members[value eq "${user}"]` }]);
    expect(removed).toMatchObject({ status: 204, text: '' });
    expect(await groupsOf()).not.toContain(group);
    expect(await groupsOf()).toContain(small);
  });
  const member = listed(await scim.get(query('/Groups', `members[value eq "${user}"]`)));
  expect(member.totalResults).toBe(1);
});
