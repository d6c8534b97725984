import assert from 'node:assert/strict';
import { demoOrganisation } from '#demo/organisation.ts';
import type { Arena, SampledUser } from '../arena.ts';
import type { Contest } from '../contest.ts';
import { openDuel } from '../duel.ts';
import { FRESH_NUMBER, type HttpRequest } from '../http-request.ts';

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Everybody off, then everybody on: nearly every request is a change. The shape is Okta's. */
export function patchActiveRequests(users: readonly SampledUser[]): readonly HttpRequest[] {
  return [false, true].flatMap((active) => users.map(({ id }) => patch(`/scim/v2/Users/${id}`, activeBody(active))));
}

function activeBody(active: boolean): object {
  return { schemas: [PATCH_SCHEMA], Operations: [{ op: 'replace', value: { active } }] };
}

export async function patchActive(arena: Arena): Promise<Contest> {
  const name = 'PATCH active';
  const [first, second] = arena.users;
  assert.ok(first !== undefined && second !== undefined);
  const off = await arena.subject.send('PATCH', `/scim/v2/Users/${first.id}`, activeBody(false), [200]);
  assert.equal((off.json as { active: boolean }).active, false);
  // The second request of the load switches this one off.
  const path = `/scim/v2/Users/${second.id}`;
  const on = await arena.subject.send('PATCH', path, activeBody(true), [200]);
  const requests = patchActiveRequests(arena.users);
  return openDuel(arena, {
    name,
    requests,
    answer: off,
    atLeast: { memory: 0.12 },
    async confirm() {
      const now = (await arena.subject.send('GET', path)).json as { meta: { version: string } };
      assert.notEqual(now.meta.version, (on.json as typeof now).meta.version, 'the PATCHes changed nothing');
    },
  });
}

/** People of the demo's shape under names that nobody has. */
export async function createUsers(arena: Arena): Promise<Contest> {
  const name = 'create';
  const bodies = newUsers(arena.options.seed);
  const probe = (bodies[0] ?? '').replaceAll(FRESH_NUMBER, '999999999');
  const answer = await arena.subject.send('POST', '/scim/v2/Users', JSON.parse(probe) as object, [201]);
  assert.match((answer.json as { userName: string }).userName, /999999999@example\.com$/);
  const before = await countUsers(arena);
  const requests = bodies.map((body): HttpRequest => ({ method: 'POST', path: '/scim/v2/Users', body }));
  return openDuel(arena, {
    name,
    requests,
    answer,
    atLeast: { memory: 0.12 },
    async confirm(slices) {
      const acknowledged = (slices.get(name) ?? []).reduce((sum, slice) => sum + slice.requests - slice.failures, 0);
      const created = (await countUsers(arena)) - before;
      assert.ok(created >= acknowledged, `${acknowledged} creates were acknowledged, ${created} are there`);
    },
  });
}

const BULK_OPERATIONS = 1_000;
const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

/** The same people, a thousand to a request, against one after the other: a client waits for each answer, as provisioning does. */
export async function createInBulk(arena: Arena): Promise<Contest> {
  const [alone, bulk] = ['create alone', 'create in bulk'];
  const bodies = newUsers(arena.options.seed);
  const body = bulkBody(bodies);
  const probe = JSON.parse(body.replaceAll(FRESH_NUMBER, '999999998')) as object;
  const answer = await arena.subject.send('POST', '/scim/v2/Bulk', probe, [200]);
  const told = (answer.json as { Operations: readonly { status: string }[] }).Operations;
  assert.equal(told.filter(({ status }) => status === '201').length, BULK_OPERATIONS);
  const before = await countUsers(arena);
  const requests = bodies.map((text): HttpRequest => ({ method: 'POST', path: '/scim/v2/Users', body: text }));
  return {
    name: bulk,
    people: arena.subject.people,
    contestants: [
      { ...arena.contend(alone, requests), connections: 1 },
      {
        ...arena.contend(bulk, [{ method: 'POST', path: '/scim/v2/Bulk', body }]),
        operations: BULK_OPERATIONS,
        connections: 2,
      },
    ],
    comparisons: [{ subject: bulk, against: alone, atLeast: 3 }],
    async confirm(slices) {
      const all = [alone, bulk].flatMap((name) => slices.get(name) ?? []);
      const acknowledged = all.reduce((sum, slice) => sum + slice.requests, 0);
      const created = (await countUsers(arena)) - before;
      assert.ok(created >= acknowledged, `${acknowledged} creates were acknowledged, ${created} are there`);
    },
  };
}

/** A number of its own behind the fresh one keeps names apart within the request. */
function bulkBody(bodies: readonly string[]): string {
  const operations = Array.from({ length: BULK_OPERATIONS }, (_, at) => {
    const body = (bodies[at % bodies.length] ?? '').replaceAll(FRESH_NUMBER, `${FRESH_NUMBER}.${at}`);
    return { method: 'POST', path: '/Users', bulkId: `b${at}`, data: JSON.parse(body) as object };
  });
  return JSON.stringify({ schemas: [BULK_REQUEST], Operations: operations });
}

async function countUsers(arena: Arena): Promise<number> {
  const list = (await arena.subject.send('GET', '/scim/v2/Users?count=0')).json as { totalResults: number };
  return list.totalResults;
}

const NEW_USERS = 500;

/** Another seed than the directory's own people; the fresh number makes login and addresses unique. */
export function newUsers(seed: number): readonly string[] {
  return [...demoOrganisation({ people: NEW_USERS, seed: seed + 1 }).people].map(({ body }) => {
    const text = JSON.stringify({ ...body, externalId: `new-${FRESH_NUMBER}` });
    return text.replaceAll(/"([^"@]+)@example\./g, `"$1${FRESH_NUMBER}@example.`);
  });
}

export function patch(path: string, body: object): HttpRequest {
  return { method: 'PATCH', path, body: JSON.stringify(body) };
}
