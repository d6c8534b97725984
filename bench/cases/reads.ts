import assert from 'node:assert/strict';
import type { Arena } from '../arena.ts';
import type { Contest } from '../contest.ts';
import { type Duel, openDuel } from '../duel.ts';
import type { HttpRequest } from '../http-request.ts';
import { ENTRY_ALONE } from '../ldap/directory.ts';
import type { Answer } from '../subject.ts';
import { patchActiveRequests } from './writes.ts';

/** A user by id, as an IdP or an application reads one: whole, with its groups. */
export async function getById(arena: Arena): Promise<Contest> {
  const requests = arena.users.map(({ id }) => read(`/scim/v2/Users/${id}`));
  const answers = await probe(arena, requests);
  for (const { json, position } of answers) {
    const user = json as { id: string; groups: readonly { value: string; display: string }[] };
    assert.equal(user.id, arena.users[position]?.id);
    assert.ok(
      user.groups.length > 0 && user.groups.every((group) => group.value && group.display),
      'groups are missing',
    );
  }
  const contest = await duel(arena, 'get by id', requests, answers, { memory: 0.4 });
  return arena.directory === undefined ? contest : withEntryAlone(arena, contest);
}

/** Besides, what a search gives as well: the user's own entry, without the names of groups and manager. */
async function withEntryAlone(arena: Arena, contest: Contest): Promise<Contest> {
  const name = 'get by id, its entry alone';
  const requests = arena.users.map(({ id }) => read(`/scim/v2/Users/${id}${ENTRY_ALONE}`));
  for (const { json, position } of await probe(arena, requests)) {
    const user = json as { id: string; groups?: unknown };
    assert.deepEqual([user.id, user.groups], [arena.users[position]?.id, undefined]);
  }
  return {
    ...contest,
    contestants: [...contest.contestants, arena.contend(name, requests)],
    comparisons: [{ subject: name, against: 'ldapts', atLeast: 0.45 }, ...contest.comparisons],
  };
}

/** The look-up before every create and update of an IdP. */
export async function filterByUserName(arena: Arena): Promise<Contest> {
  const requests = arena.users.map(({ userName }) => {
    return read(`/scim/v2/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
  });
  const answers = await probe(arena, requests);
  for (const { json, position } of answers) {
    const list = json as { totalResults: number; Resources: readonly { id: string }[] };
    assert.equal(list.totalResults, 1);
    assert.equal(list.Resources[0]?.id, arena.users[position]?.id);
  }
  return duel(arena, 'userName eq', requests, answers, { memory: 0.4 });
}

const PAGE = 100;
const WRITTEN = 50;
/** A prime, so that pages follow each other in no order that a cache could guess. */
const LEAP = 7_919;
const READS_PER_WRITE = 19;

/** Pages all over the directory while it changes: one request in twenty switches a user on or off. */
export async function pageOf100(arena: Arena): Promise<Contest> {
  const last = arena.subject.people - PAGE + 1;
  const writes = patchActiveRequests(arena.users.slice(0, WRITTEN));
  const reads = Array.from({ length: writes.length * READS_PER_WRITE }, (_, page) => {
    const startIndex = 1 + ((page * LEAP) % last);
    return read(`/scim/v2/Users?startIndex=${startIndex}&count=${PAGE}`);
  });
  const answers = await probe(arena, reads);
  for (const { json } of answers) {
    const list = json as { totalResults: number; Resources: readonly object[] };
    assert.equal(list.Resources.length, PAGE);
    assert.ok(list.totalResults >= arena.subject.people, `totalResults is ${list.totalResults}`);
  }
  const requests = writes.flatMap((write, position) => {
    return [write, ...reads.slice(position * READS_PER_WRITE, (position + 1) * READS_PER_WRITE)];
  });
  return duel(arena, 'page of 100', requests, answers, { memory: 0.22 });
}

type Probe = Answer & { readonly position: number };

/** A few of the requests, answered: first, middle and last. */
async function probe(arena: Arena, requests: readonly HttpRequest[]): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  for (const position of [0, Math.floor(requests.length / 2), requests.length - 1]) {
    const answer = await arena.subject.send('GET', requests[position]?.path ?? '', undefined, [200]);
    probes.push({ ...answer, position });
  }
  return probes;
}

async function duel(
  arena: Arena,
  name: string,
  requests: readonly HttpRequest[],
  answers: readonly Answer[],
  atLeast: Duel['atLeast'],
): Promise<Contest> {
  const answer = answers[Math.floor(answers.length / 2)];
  assert.ok(answer !== undefined);
  return openDuel(arena, { name, requests, answer, atLeast });
}

const read = (path: string): HttpRequest => ({ method: 'GET', path });
