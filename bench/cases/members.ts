import assert from 'node:assert/strict';
import type { Arena } from '../arena.ts';
import type { Comparison, Contest } from '../contest.ts';
import { FRESH_NUMBER, type HttpRequest } from '../http-request.ts';
import type { Options } from '../options.ts';
import { newUsers, patch } from './writes.ts';

const SIZES = [10, 1_000, 10_000, 100_000];
const NEWCOMERS = 500;
/** A newcomer leaves this many additions later: later than any request that is still under way, so that the two never meet. */
const STAY = 32;
const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

interface Target {
  readonly name: string;
  readonly size: number;
  readonly path: string;
}

/**
 * One member more, by groups of different sizes in turn. Every other request takes an earlier newcomer out again, so that each
 * addition is a real change and the group keeps its size.
 */
export async function addMember(arena: Arena): Promise<Contest> {
  const targets = await createTargets(arena);
  const newcomers = await createNewcomers(arena);
  const [smallest, ...larger] = targets;
  assert.ok(smallest !== undefined);
  const answer = await arena.subject.send('GET', `${smallest.path}?excludedAttributes=members`);
  const contenders = targets.map((target) => arena.contend(target.name, memberRequests(target.path, newcomers)));
  const yardstick = await arena.startYardstick(answer, contenders[0]?.requests ?? []);
  return {
    name: 'add member',
    people: arena.subject.people,
    contestants: [yardstick, ...contenders],
    ...(arena.directory === undefined && { yardstick: yardstick.name }),
    comparisons: [
      { subject: smallest.name, against: yardstick.name },
      ...larger.map((target) => compare(target, smallest, arena.options)),
    ],
    confirm: async () => {
      for (const target of targets) await checkSize(arena, target);
    },
  };
}

/** A group may cost so much more than one of ten; a directory keeps the members of a group in one entry. */
const AT_LEAST = { memory: new Map([[100_000, 0.8]]), ldap: new Map([[10_000, 0.4]]) };

function compare({ name, size }: Target, smallest: Target, { adapter }: Options): Comparison {
  const atLeast = AT_LEAST[adapter].get(size);
  return { subject: name, against: smallest.name, ...(atLeast !== undefined && { atLeast }) };
}

async function createTargets(arena: Arena): Promise<readonly Target[]> {
  const { directory } = arena;
  const sizes = SIZES.filter((size) => size <= arena.subject.people);
  const everybody = directory === undefined ? await loadUserIds(arena) : [];
  const targets: Target[] = [];
  for (const size of sizes) {
    const id = await (directory?.addGroup(size) ?? createGroup(arena, size, everybody.slice(0, size)));
    targets.push({ name: `add member to ${size.toLocaleString('en')}`, size, path: `/scim/v2/Groups/${id}` });
  }
  return targets;
}

function memberRequests(path: string, newcomers: readonly string[]): readonly HttpRequest[] {
  return newcomers.flatMap((id, position) => {
    const leaver = newcomers.at(position - STAY) ?? '';
    return [
      patch(path, { schemas: [PATCH_SCHEMA], Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }] }),
      patch(path, {
        schemas: [PATCH_SCHEMA],
        Operations: [{ op: 'remove', path: `members[value eq "${leaver}"]` }],
      }),
    ];
  });
}

/** A group that lost additions or removals on the way would have another size than this. */
async function checkSize(arena: Arena, { path, size, name }: Target): Promise<void> {
  const group = (await arena.subject.send('GET', path)).json as { members: readonly object[] };
  const guests = group.members.length - size;
  assert.ok(guests > 0 && guests <= 3 * STAY, `${name}: ${guests} newcomers are left, about ${STAY} were expected`);
}

async function createGroup(arena: Arena, size: number, ids: readonly string[]): Promise<string> {
  const body = { schemas: [GROUP_SCHEMA], displayName: `Benchmark ${size}`, members: ids.map((value) => ({ value })) };
  const path = '/scim/v2/Groups?attributes=id';
  return ((await arena.subject.send('POST', path, body, [201])).json as { id: string }).id;
}

async function createNewcomers(arena: Arena): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [position, text] of newUsers(arena.options.seed + 1)
    .slice(0, NEWCOMERS)
    .entries()) {
    const body = JSON.parse(text.replaceAll(FRESH_NUMBER, String(800_000_000 + position))) as object;
    ids.push(((await arena.subject.send('POST', '/scim/v2/Users', body, [201])).json as { id: string }).id);
  }
  return ids;
}

async function loadUserIds(arena: Arena): Promise<readonly string[]> {
  const ids: string[] = [];
  while (ids.length < arena.subject.people) {
    const path = `/scim/v2/Users?startIndex=${ids.length + 1}&count=1000&attributes=id`;
    const list = (await arena.subject.send('GET', path)).json as { Resources: readonly { id: string }[] };
    assert.ok(list.Resources.length > 0, 'the directory has fewer people than it was filled with');
    ids.push(...list.Resources.map((user) => user.id));
  }
  return ids.slice(0, arena.subject.people);
}
