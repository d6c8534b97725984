import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '#model/resource.ts';
import { addMembers, patchOf, sendBulk } from '#test/scim/bulk/bulk-client.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, USER } from '#test/scim/people.ts';
import type { ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway } from '#test/support/scim-gateway.ts';
import { holdsForAsync, SEED } from './runs.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly bulkId?: string;
  readonly data?: JsonObject;
}

interface Request {
  readonly operations: readonly Operation[];
  readonly failOnErrors: number | undefined;
}

const CREATED = ['c0', 'c1', 'c2', 'c3', 'c4'];
/** There from the beginning; in a request `{u0}` is its id. */
const PRESENT = ['u0', 'u1', 'g0'];

const present = PRESENT.map((label) => `{${label}}`);
const created = CREATED.map((bulkId) => `bulkId:${bulkId}`);
const name = fc.constantFrom('ada', 'Ada', 'bob', 'eve', 'u0', '');
const anyone = fc.constantFrom(...present, ...created, ...created, 'nobody', 'bulkId:nobody');
const members = fc.array(anyone, { maxLength: 3 });
const endpoint = fc.constantFrom('/Users', '/Users', '/Groups');

/** A creation names only those with a lower number, so that there is no circle; where they stand is another matter. */
function creation(at: number): fc.Arbitrary<Operation> {
  const others = fc.constantFrom(...present, ...present, ...created.slice(0, at));
  const bulkId = CREATED[at] ?? '';
  return fc.oneof(
    fc.record({ name, manager: fc.option(others, { nil: undefined }) }).map(({ name: userName, manager }) => ({
      method: 'POST',
      path: '/Users',
      bulkId,
      data: { schemas: [USER], userName, ...managed(manager) },
    })),
    fc.record({ name, members: fc.array(others, { maxLength: 3 }) }).map((group) => ({
      method: 'POST',
      path: '/Groups',
      bulkId,
      data: { schemas: [GROUP], displayName: group.name, members: group.members.map((value) => ({ value })) },
    })),
  );
}

const change: fc.Arbitrary<Operation> = fc.oneof(
  fc
    .record({ whom: anyone, name, manager: fc.option(anyone, { nil: undefined }) })
    .map(({ whom, name: userName, manager }) => ({
      method: 'PUT',
      path: `/Users/${whom}`,
      data: { schemas: [USER], userName, ...managed(manager) },
    })),
  fc
    .record({ whom: anyone, at: endpoint, value: fc.constantFrom('x', 'y') })
    .map(({ whom, at, value }) => toOperation(patchOf(`${at}/${whom}`, { op: 'add', path: 'externalId', value }))),
  fc
    .record({ whom: anyone, value: anyone })
    .map(({ whom, value }) =>
      toOperation(patchOf(`/Users/${whom}`, { op: 'replace', path: `${ENTERPRISE}:manager`, value })),
    ),
  fc.record({ whom: anyone, members }).map((each) => toOperation(addMembers(`/Groups/${each.whom}`, ...each.members))),
  fc
    .record({ whom: anyone, member: anyone })
    .map(({ whom, member }) =>
      toOperation(patchOf(`/Groups/${whom}`, { op: 'remove', path: `members[value eq "${member}"]` })),
    ),
  fc.record({ whom: anyone, at: endpoint }).map(({ whom, at }) => ({ method: 'DELETE', path: `${at}/${whom}` })),
);

const request: fc.Arbitrary<Request> = fc
  .record({
    creations: fc.tuple(...CREATED.map((_, at) => creation(at))),
    changes: fc.array(change, { maxLength: 12, size: 'max' }),
    failOnErrors: fc.constantFrom(undefined, undefined, 1, 3),
    order: fc.infiniteStream(fc.nat()),
  })
  .map(({ creations, changes, failOnErrors, order }) => ({
    operations: [...creations, ...changes]
      .map((operation) => ({ operation, key: Number(order.next().value) }))
      .sort((a, b) => a.key - b.key)
      .map(({ operation }) => operation),
    failOnErrors,
  }));

describe(`random bulk requests (PORTICO_SEED=${SEED})`, () => {
  test('end as their operations do one by one, each after what it names', async () => {
    await holdsForAsync(
      120,
      fc.asyncProperty(request, async ({ operations, failOnErrors }) => {
        const [together, alone] = [await openScimGateway(), await openScimGateway()];
        try {
          const [one, other] = [together.client(), alone.client()];
          const [ids, otherIds] = [await fill(one), await fill(other)];
          const got = await runTogether(one, operations, failOnErrors, ids);
          const expected = await runAlone(other, operations, failOnErrors ?? Number.POSITIVE_INFINITY, otherIds);
          expect(got).toStrictEqual(expected);
          const state = await shown(one, ids);
          expect(state).toStrictEqual(await shown(other, otherIds));
          expect(JSON.stringify(state)).not.toMatch(/bulkId/);
        } finally {
          await Promise.all([together.close(), alone.close()]);
        }
      }),
    );
  });
});

function managed(manager: string | undefined): JsonObject {
  return manager === undefined ? {} : { [ENTERPRISE]: { manager: { value: manager } } };
}

function toOperation(body: JsonObject): Operation {
  return body as unknown as Operation;
}

type Ids = Map<string, string>;

async function fill(client: ScimClient): Promise<Ids> {
  const u0 = await createUser(client, 'u0');
  const u1 = await createUser(client, 'u1', managed(u0));
  return new Map([
    ['{u0}', u0],
    ['{u1}', u1],
    ['{g0}', await createGroup(client, 'g0', [u0])],
  ]);
}

/** Statuses by position; undefined for what was left undone. */
type Statuses = readonly (string | undefined)[];

async function runTogether(
  client: ScimClient,
  operations: readonly Operation[],
  failOnErrors: number | undefined,
  ids: Ids,
): Promise<Statuses> {
  // Told apart by a name of their own, since answers of what was left undone are missing.
  const named = operations.map((operation, at) => ({ bulkId: `at${at}`, ...operation }));
  const sent = named.map((operation) => withIds(operation, ids)) as unknown as readonly Json[];
  const answer = await sendBulk(client, sent, failOnErrors === undefined ? {} : { failOnErrors });
  expect(answer.status, answer.text).toBe(200);
  const told = answer.body['Operations'] as unknown as readonly { bulkId: string; status: string; location?: string }[];
  for (const { bulkId, status, location = '' } of told) {
    if (status === '201') ids.set(`bulkId:${bulkId}`, location.slice(location.lastIndexOf('/') + 1));
  }
  return named.map(({ bulkId }) => told.find((each) => each.bulkId === bulkId)?.status);
}

/** The plainest way to say what a bulk request means. */
async function runAlone(
  client: ScimClient,
  operations: readonly Operation[],
  mayFail: number,
  ids: Ids,
): Promise<Statuses> {
  const statuses: (string | undefined)[] = operations.map(() => undefined);
  const visited = new Set<number>();
  let failed = 0;
  const visit = async (at: number): Promise<void> => {
    const operation = operations[at];
    if (operation === undefined || visited.has(at)) return;
    visited.add(at);
    const names = namesIn(operation);
    for (const need of operations.keys()) {
      const { bulkId } = operations[need] ?? {};
      if (bulkId !== undefined && names.includes(`bulkId:${bulkId}`)) await visit(need);
    }
    if (failed >= mayFail) return;
    const status = names.every((each) => ids.has(each)) ? await send(client, withIds(operation, ids)) : '400';
    statuses[at] = status;
    if (!status.startsWith('2')) failed += 1;
    const created = /^201 (.*)$/.exec(status)?.[1];
    if (created === undefined || operation.bulkId === undefined) return;
    ids.set(`bulkId:${operation.bulkId}`, created);
    statuses[at] = '201';
  };
  for (const at of operations.keys()) await visit(at);
  return statuses;
}

async function send(client: ScimClient, { method, path, data }: Operation): Promise<string> {
  const { status, body } = await client.send(method, path, data === undefined ? {} : { body: data });
  return status === 201 ? `201 ${body['id']}` : String(status);
}

function namesIn(operation: Operation): readonly string[] {
  return JSON.stringify({ ...operation, bulkId: '' }).match(/bulkId:\w+/g) ?? [];
}

function withIds(operation: Operation, ids: Ids): Operation {
  const text = JSON.stringify(operation).replaceAll(/\{\w\d\}|bulkId:\w+/g, (name) => ids.get(name) ?? name);
  return JSON.parse(text) as Operation;
}

/** All that is there, with names in place of ids. */
async function shown(client: ScimClient, ids: Ids): Promise<Json> {
  const labels = new Map([...ids].map(([label, id]) => [id, label.replace('bulkId:', '')]));
  const labelOf = (id: unknown) => labels.get(String(id)) ?? `unknown ${id}`;
  const listed = async (path: string) =>
    ((await client.get(`${path}?count=100`)).body['Resources'] as unknown as readonly JsonObject[]).toSorted((a, b) =>
      labelOf(a['id']).localeCompare(labelOf(b['id'])),
    );
  const users = (await listed('/Users')).map(({ id, userName = '', externalId = '', [ENTERPRISE]: enterprise }) => {
    const manager = (enterprise as { readonly manager?: { readonly value: string } } | undefined)?.manager;
    return { id: labelOf(id), userName, externalId, manager: manager === undefined ? '' : labelOf(manager.value) };
  });
  const groups = (await listed('/Groups')).map(
    ({ id, displayName = '', externalId = '', members: shownMembers = [] }) => ({
      id: labelOf(id),
      displayName,
      externalId,
      members: (shownMembers as readonly { readonly value: string }[]).map(({ value }) => labelOf(value)).sort(),
    }),
  );
  return { users, groups };
}
