import { describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';
import { faultInjecting } from '#test/support/fault-injecting-adapter.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { openScimGateway } from '#test/support/scim-gateway.ts';
import { createUser } from '../people.ts';
import {
  bulk,
  count,
  idOf,
  managedBy,
  membersOf,
  patchOf,
  postGroup,
  postUser,
  statuses,
  type Told,
} from './bulk-client.ts';

/** An adapter that a test exchanges while the gateway runs. */
function exchangeable() {
  let bare: DirectoryAdapter | undefined;
  let current: DirectoryAdapter | undefined;
  return {
    wrap(adapter: DirectoryAdapter): DirectoryAdapter {
      bare = adapter;
      current = adapter;
      return new Proxy(adapter, { get: (_, name) => bound(current ?? adapter, name) });
    },
    become(change: (adapter: DirectoryAdapter) => DirectoryAdapter) {
      current = bare && change(bare);
    },
  };
}

function bound(adapter: DirectoryAdapter, name: string | symbol): unknown {
  const member: unknown = Reflect.get(adapter, name);
  return typeof member === 'function' ? member.bind(adapter) : member;
}

const REQUEST: readonly Json[] = [
  postUser('a'),
  postUser('b', 'b', managedBy('bulkId:a')),
  postGroup('g', ['bulkId:a', 'bulkId:b']),
  patchOf('/Users/bulkId:a', { op: 'add', path: 'title', value: 'T' }),
  postUser('x', 'x', managedBy('bulkId:y')),
  postUser('y', 'y', managedBy('bulkId:x')),
  patchOf('/Users/bulkId:b', { op: 'add', path: 'title', value: 'T' }),
];

describe('where the connection breaks, every operation is told what became of it', () => {
  const faults = [1, 2, 3, 4, 5, 6, 7].flatMap((call) => [0, 1, 2, 3].map((sent) => ({ call, sent })));

  test.each(faults)('in call $call, after $sent operations', async (fault) => {
    const backend = exchangeable();
    const gateway = await openScimGateway({ wrap: backend.wrap });
    const client = gateway.client();
    backend.become((adapter) => faultInjecting(adapter, fault));
    const told = await bulk(client, REQUEST);
    backend.become((adapter) => adapter);
    expect(told).toHaveLength(REQUEST.length);
    for (const { status } of told) expect(['200', '201', '400', '503']).toContain(status);
    await checkTold(gateway, told);
    await gateway.close();
  });

  async function checkTold(gateway: Awaited<ReturnType<typeof openScimGateway>>, told: readonly Told[]): Promise<void> {
    const client = gateway.client();
    for (const [at, name] of [
      [0, 'a'],
      [1, 'b'],
      [4, 'x'],
      [5, 'y'],
    ] as const) {
      expect(
        await count(client, `/Users?filter=userName%20eq%20%22${name}%22&`),
        `${name} ${JSON.stringify(told)}`,
      ).toBe(told[at]?.status === '201' ? 1 : 0);
    }
    expect(await count(client, '/Groups')).toBe(told[2]?.status === '201' ? 1 : 0);
    if (told[2]?.status === '201') expect(await membersOf(client, idOf(told[2]))).toHaveLength(2);
    for (const [at, user] of [
      [3, 0],
      [6, 1],
    ] as const) {
      if (told[user]?.status !== '201') continue;
      const { body } = await client.get(`/Users/${idOf(told[user])}`);
      expect(body['title']).toBe(told[at]?.status === '200' ? 'T' : undefined);
    }
  }
});

test('what cannot be removed again after half a circle is told with its id', async () => {
  let writes = 0;
  const gateway = await openScimGateway({
    wrap: (adapter) =>
      hooked(adapter, (method) => {
        if (method === 'write' && ++writes > 1) throw new DirectoryError('UNAVAILABLE', 'the backend is down');
      }),
  });
  const client = gateway.client();
  const told = await bulk(client, [
    postUser('x', 'x', managedBy('bulkId:y')),
    postUser('y', 'y', managedBy('bulkId:x')),
  ]);
  const left = (await client.get('/Users')).body['Resources'] as unknown as readonly { readonly id: string }[];
  expect(statuses(told)).toStrictEqual(['503', '400']);
  for (const { id } of left) {
    expect(JSON.stringify(told)).toContain(`User ${id} could not be removed again`);
  }
  expect(left).toHaveLength(2);
  await gateway.close();
});

test('half a circle is removed also where nobody could tell whether it was created', async () => {
  const lost = new DirectoryError('OUTCOME_UNKNOWN', 'the answer was lost');
  let writes = 0;
  const gateway = await openScimGateway({
    wrap: (adapter) =>
      new Proxy(adapter, {
        get(target, name) {
          const member = bound(target, name);
          if (name === 'getMany' && writes === 1)
            return () => Promise.reject(new DirectoryError('UNAVAILABLE', 'down'));
          if (name !== 'write' || typeof member !== 'function') return member;
          return async (...args: readonly unknown[]) => {
            const answers = (await member(...args)) as readonly unknown[];
            return ++writes === 1 ? [lost, ...answers.slice(1)] : answers;
          };
        },
      }),
  });
  const client = gateway.client();
  const told = await bulk(client, [
    postUser('x', 'x', managedBy('bulkId:y')),
    postUser('y', 'y', managedBy('bulkId:x')),
  ]);
  expect(statuses(told)).toStrictEqual(['503', '400']);
  expect(await count(client, '/Users')).toBe(0);
  await gateway.close();
});

test('a tenant that deactivates or retains what is deleted keeps nothing of half a circle', async () => {
  for (const onDelete of ['deactivate', 'retain'] as const) {
    const gateway = await openScimGateway({ lifeCycle: { onDelete } });
    const client = gateway.client();
    await createUser(client, 'taken');
    const told = await bulk(client, [
      postUser('x', 'x', managedBy('bulkId:y')),
      postUser('y', 'taken', managedBy('bulkId:x')),
    ]);
    expect(statuses(told)).toStrictEqual(['400', '409']);
    expect(await count(client, '/Users')).toBe(1);
    await gateway.close();
  }
});

test('bulk requests that change the same resources at once all succeed', async () => {
  const gateway = await openScimGateway();
  const client = gateway.client();
  const users: string[] = [];
  for (let at = 0; at < 10; at += 1) users.push(await createUser(client, `user${at}`));
  const requests = Array.from({ length: 8 }, (_, at) =>
    users.map((id) =>
      patchOf(`/Users/${id}`, { op: 'add', path: 'emails', value: [{ value: `${at}@example.com`, type: 'other' }] }),
    ),
  );
  const answers = await Promise.all(requests.map((operations) => bulk(client, operations)));
  expect(new Set(answers.flatMap(statuses))).toStrictEqual(new Set(['200']));
  for (const id of users) {
    expect((await client.get(`/Users/${id}`)).body['emails']).toHaveLength(8);
  }
  await gateway.close();
});

test('an operation that others overtook is repeated, and what was refused because of it as well', async () => {
  const state: { interfere?: () => Promise<unknown> } = {};
  const gateway = await openScimGateway({
    wrap: (adapter) =>
      new Proxy(adapter, {
        get(target, name) {
          const member = bound(target, name);
          if (name !== 'write' || typeof member !== 'function') return member;
          return async (...args: readonly unknown[]) => {
            const { interfere } = state;
            delete state.interfere;
            await interfere?.();
            return member(...args);
          };
        },
      }),
  });
  const client = gateway.client();
  const ada = await createUser(client, 'ada');
  state.interfere = () => client.patch(`/Users/${ada}`, [{ op: 'add', path: 'nickName', value: 'N' }]);
  const told = await bulk(client, [
    patchOf(`/Users/${ada}`, { op: 'replace', path: 'userName', value: 'countess' }),
    postUser('b', 'ada'),
    postGroup('g', ['bulkId:b']),
  ]);
  expect(statuses(told)).toStrictEqual(['200', '201', '201']);
  expect((await client.get(`/Users/${ada}`)).body).toMatchObject({ userName: 'countess', nickName: 'N' });
  await gateway.close();
});

test('a bug in a backend is an answer of 500 for what it met, without detail, and stands in the log', async () => {
  const gateway = await openScimGateway({
    wrap: (adapter) =>
      hooked(adapter, (method) => {
        if (method === 'getMany') throw new TypeError('secret detail');
      }),
  });
  const client = gateway.client();
  const told = await bulk(client, [postUser('a'), patchOf('/Users/1', { op: 'add', path: 'title', value: 'x' })]);
  expect(statuses(told)).toStrictEqual(['201', '500']);
  expect(JSON.stringify(told)).not.toContain('secret detail');
  expect(gateway.log.at(-1)?.outcome.cause).toBeInstanceOf(TypeError);
  await gateway.close();
});
