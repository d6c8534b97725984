import assert from 'node:assert/strict';
import type { Arena } from '../arena.ts';
import { type Figure, medianMs } from '../figures.ts';

const LARGE = 100_000;
const PAGE = 100;
const TIMES = 10;
const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MEMBERS = `query Members($id: ID!) {
  group(by: { id: $id }) { members(first: ${PAGE}) { totalCount edges { node { id } } } }
}`;

/** A group of everybody, a hundred thousand at most: one page of its members, one member more, one less. */
export async function changeLargeGroup(arena: Arena): Promise<readonly Figure[]> {
  const { directory, subject, users } = arena;
  assert.ok(directory !== undefined, 'the case is about a directory: --adapter ldap');
  const size = Math.min(LARGE, subject.people);
  const id = await directory.addGroup(size);
  const readPage = async () => {
    const { json } = await subject.send('POST', '/graphql', { query: MEMBERS, variables: { id } }, [200]);
    const { data } = json as { data: { group: { members: { totalCount: number; edges: readonly object[] } } } };
    assert.equal(data.group.members.edges.length, PAGE);
    return data.group.members.totalCount;
  };
  assert.equal(await readPage(), size);
  const leavers = users.slice(0, TIMES).map((user) => user.id);
  const change = (operation: object) =>
    subject.send('PATCH', `/scim/v2/Groups/${id}`, { schemas: [PATCH_SCHEMA], Operations: [operation] });
  const read = await medianMs(TIMES, readPage);
  const remove = await medianMs(TIMES, (at) => change({ op: 'remove', path: `members[value eq "${leavers[at]}"]` }));
  assert.equal(await readPage(), size - TIMES);
  const add = await medianMs(TIMES, (at) => change({ op: 'add', path: 'members', value: [{ value: leavers[at] }] }));
  assert.equal(await readPage(), size);
  const group = `group of ${size.toLocaleString('en')}`;
  const figure = (what: string, value: number): Figure => ({
    measure: `${group}: ${what}`,
    people: subject.people,
    value,
    unit: 'ms',
  });
  return [figure('a page of 100 members', read), figure('one member less', remove), figure('one member more', add)];
}
