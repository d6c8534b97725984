import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { Body, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, USER } from '../people.ts';
import {
  addMembers,
  bulk,
  count,
  idOf,
  managedBy,
  managerOf,
  membersOf,
  patchOf,
  postGroup,
  postUser,
  statuses,
  type Told,
} from './bulk-client.ts';

let gateway: ScimGateway;
let client: ScimClient;

beforeEach(async () => {
  gateway = await openScimGateway();
  client = gateway.client();
});
afterEach(() => gateway.close());

/** Whatever stands in the directory, as text. */
async function everything(): Promise<string> {
  return (await client.get('/Users')).text + (await client.get('/Groups')).text;
}

function isRefused(told: Told | undefined, detail: RegExp): void {
  expect(told?.status, JSON.stringify(told)).toBe('400');
  expect(told?.response).toMatchObject({ scimType: 'invalidValue', detail: expect.stringMatching(detail) });
}

describe('a bulkId stands for the id', () => {
  test('in members, in either order', async () => {
    const told = await bulk(client, [
      postGroup('before', ['bulkId:a', 'bulkId:b']),
      postUser('a'),
      postUser('b'),
      postGroup('after', ['bulkId:a', 'bulkId:before']),
    ]);
    const [before, a, b, after] = told.map(idOf);
    expect(statuses(told)).toStrictEqual(['201', '201', '201', '201']);
    expect(told.map(({ bulkId }) => bulkId)).toStrictEqual(['before', 'a', 'b', 'after']);
    expect(await membersOf(client, before ?? '')).toStrictEqual([a, b].sort());
    expect(await membersOf(client, after ?? '')).toStrictEqual([a, before].sort());
  });

  test('in the manager of an extension, as an object, a bare text, and by $ref', async () => {
    const told = await bulk(client, [
      postUser('a', 'a', managedBy('bulkId:boss')),
      postUser('b', 'b', { [ENTERPRISE]: { manager: 'bulkId:boss' } }),
      postUser('c', 'c', { [ENTERPRISE]: { manager: { value: 'bulkId:boss', $ref: '../Users/bulkId:boss' } } }),
      postUser('boss'),
    ]);
    const [a = '', b = '', c = '', boss] = told.map(idOf);
    expect(statuses(told)).toStrictEqual(['201', '201', '201', '201']);
    expect([await managerOf(client, a), await managerOf(client, b), await managerOf(client, c)]).toStrictEqual([
      boss,
      boss,
      boss,
    ]);
  });

  test('in the path of PUT, PATCH and DELETE, also before the POST', async () => {
    const told = await bulk(client, [
      patchOf('/Users/bulkId:a', { op: 'add', path: 'title', value: 'x' }),
      { method: 'PUT', path: '/Users/bulkId:b', data: { schemas: [USER], userName: 'b2' } },
      { method: 'DELETE', path: '/Users/bulkId:c' },
      postUser('a'),
      postUser('b'),
      postUser('c'),
    ]);
    expect(statuses(told)).toStrictEqual(['200', '200', '204', '201', '201', '201']);
    expect(told[0]?.location).toBe(told[3]?.location);
    expect((await client.get(`/Users/${idOf(told[0])}`)).body['title']).toBe('x');
    expect((await client.get(`/Users/${idOf(told[4])}`)).body['userName']).toBe('b2');
    expect((await client.get(`/Users/${idOf(told[2])}`)).status).toBe(404);
  });

  const changes: readonly [string, (group: string) => Json][] = [
    ['a list', (path) => addMembers(path, 'bulkId:a')],
    ['one value', (path) => patchOf(path, { op: 'add', path: 'members', value: { value: 'bulkId:a' } })],
    ['no path', (path) => patchOf(path, { op: 'add', value: { members: [{ value: 'bulkId:a' }] } })],
    [
      'brackets',
      (path) => patchOf(path, { op: 'add', path: 'members[value eq "bulkId:a"]', value: { value: 'bulkId:a' } }),
    ],
    [
      'a replacement beside others',
      (path) =>
        patchOf(
          path,
          { op: 'replace', path: 'displayName', value: 'G' },
          { op: 'replace', path: 'members', value: [{ value: 'bulkId:a' }] },
        ),
    ],
  ];
  test.each(changes)('in the values and brackets of a PATCH: %s', async (_, change) => {
    const group = await createGroup(client, 'G');
    const told = await bulk(client, [change(`/Groups/${group}`), postUser('a')]);
    expect(told.map(({ status }) => status[0])).toStrictEqual(['2', '2']);
    expect(await membersOf(client, group)).toStrictEqual([idOf(told[1])]);
    const removed = await bulk(client, [
      postUser('b'),
      addMembers(`/Groups/${group}`, 'bulkId:b'),
      patchOf(`/Groups/${group}`, {
        op: 'remove',
        path: `members[value eq "bulkId:b" or value eq "${idOf(told[1])}"]`,
      }),
    ]);
    expect(statuses(removed)).toStrictEqual(['201', '204', '204']);
    expect(await membersOf(client, group)).toStrictEqual([]);
  });

  test('in PATCH of a manager', async () => {
    const ada = await createUser(client, 'ada');
    const told = await bulk(client, [
      patchOf(`/Users/${ada}`, { op: 'replace', path: `${ENTERPRISE}:manager`, value: 'bulkId:a' }),
      postUser('a'),
    ]);
    expect(statuses(told)).toStrictEqual(['200', '201']);
    expect(await managerOf(client, ada)).toBe(idOf(told[1]));
  });

  test('whatever it is spelt like', async () => {
    const told = await bulk(client, [
      JSON.parse(
        '{"method":"POST","path":"/Groups","bulkId":"g","data":{"displayName":"G","members":[{"value":"bulk\\u0049d:bulkId:ä \\" x"}]}}',
      ),
      postUser('bulkId:ä " x', 'a'),
    ]);
    expect(statuses(told)).toStrictEqual(['201', '201']);
    expect(told[1]?.bulkId).toBe('bulkId:ä " x');
    const path = `members[value eq ${JSON.stringify('bulkId:bulkId:ä " x')}]`;
    const again = [postUser('bulkId:ä " x', 'b'), patchOf(`/Groups/${idOf(told[0])}`, { op: 'remove', path })];
    expect(statuses(await bulk(client, again))).toStrictEqual(['201', '204']);
    expect(await everything()).not.toMatch(/bulkId/);
  });
});

describe('a bulkId that stands for nothing', () => {
  test.each([
    ['members', postGroup('g', ['bulkId:nobody'])],
    ['no name at all', postGroup('g', ['bulkId:'])],
    ['a manager', postUser('a', 'a', managedBy('bulkId:nobody'))],
    ['any other text', postUser('a', 'a', { title: 'bulkId:nobody' })],
    ['a value', postUser('a', 'a', { emails: [{ value: 'bulkId:nobody' }] })],
    ['a path', { method: 'DELETE', path: '/Users/bulkId:nobody' }],
    ['brackets', patchOf('/Groups/1', { op: 'remove', path: 'members[value eq "bulkId:nobody"]' })],
    ['the bulkId of what is no POST', { method: 'DELETE', path: '/Users/bulkId:p' }],
  ])('is refused in %s, and nothing is stored', async (_, operation) => {
    const ada = await createUser(client, 'ada');
    const put = { method: 'PUT', path: `/Users/${ada}`, bulkId: 'p', data: { schemas: [USER], userName: 'ada' } };
    const told = await bulk(client, [put, operation, postUser('z')]);
    expect(statuses(told)).toStrictEqual(['200', '400', '201']);
    isRefused(told[1], /no POST of this request has the bulkId/);
    expect(await everything()).not.toMatch(/bulkId/);
  });

  test('is refused where its own operation failed, and so is what builds on that', async () => {
    await createUser(client, 'taken');
    const told = await bulk(client, [
      postGroup('g', ['bulkId:a']),
      postUser('a', 'taken'),
      addMembers('/Groups/bulkId:g', 'bulkId:z'),
      { method: 'DELETE', path: '/Users/bulkId:a' },
      postUser('z'),
    ]);
    expect(statuses(told)).toStrictEqual(['400', '409', '400', '400', '201']);
    isRefused(told[0], /bulkId:a was not created/);
    isRefused(told[2], /bulkId:g was not created/);
    isRefused(told[3], /bulkId:a was not created/);
    expect(await count(client, '/Groups')).toBe(0);
    expect(await everything()).not.toMatch(/bulkId/);
  });

  test('a removal of a member who was not created is refused rather than taken for done', async () => {
    const group = await createGroup(client, 'G');
    const told = await bulk(client, [
      postUser('a', ''),
      postUser('b', 'same'),
      postUser('c', 'same'),
      patchOf(`/Groups/${group}`, { op: 'remove', path: 'members[value eq "bulkId:a"]' }),
      patchOf(`/Groups/${group}`, { op: 'remove', path: 'members[value eq "bulkId:c"]' }),
    ]);
    expect(statuses(told)).toStrictEqual(['400', '201', '409', '400', '400']);
  });

  test('is refused where a tenant drops unknown members', async () => {
    const lenient = await openScimGateway({ lifeCycle: { references: 'lenient' } });
    const own = lenient.client();
    await createUser(own, 'taken');
    const told = await bulk(own, [postUser('a', 'taken'), postGroup('g', ['bulkId:a']), postGroup('h', ['nobody'])]);
    expect(statuses(told)).toStrictEqual(['409', '400', '201']);
    expect(await count(own, '/Groups')).toBe(1);
    await lenient.close();
  });

  test('a POST has a bulkId, and one of its own', async () => {
    const { bulkId: _, ...nameless } = postUser('a') as { readonly [name: string]: Json };
    const told = await bulk(client, [
      nameless,
      { ...nameless, bulkId: '' },
      postUser('b'),
      postUser('b', 'c'),
      postGroup('g', ['bulkId:b']),
    ]);
    expect(statuses(told)).toStrictEqual(['400', '400', '201', '400', '201']);
    isRefused(told[0], /bulkId/);
    isRefused(told[3], /same bulkId/);
    expect(await membersOf(client, idOf(told[4]))).toStrictEqual([idOf(told[2])]);
  });
});

describe('circles', () => {
  test('users may manage each other, and themselves', async () => {
    const told = await bulk(client, [
      postUser('a', 'a', managedBy('bulkId:b')),
      postUser('b', 'b', { ...managedBy('bulkId:c'), password: 'correct horse battery' }),
      postUser('c', 'c', managedBy('bulkId:a')),
      postUser('ceo', 'ceo', managedBy('bulkId:ceo')),
      postGroup('g', ['bulkId:a', 'bulkId:ceo']),
    ]);
    const [a = '', b = '', c = '', ceo = ''] = told.map(idOf);
    expect(statuses(told)).toStrictEqual(['201', '201', '201', '201', '201']);
    expect([await managerOf(client, a), await managerOf(client, b), await managerOf(client, c)]).toStrictEqual([
      b,
      c,
      a,
    ]);
    expect(await managerOf(client, ceo)).toBe(ceo);
    for (const { location = '', version } of told) {
      expect((await client.get(location.slice(client.baseUrl.length))).headers['etag']).toBe(version);
    }
  });

  test('groups in each other are a conflict, of which nothing is left', async () => {
    const told = await bulk(client, [
      postUser('u'),
      postGroup('a', ['bulkId:b', 'bulkId:u']),
      postGroup('b', ['bulkId:a']),
      postGroup('c', ['bulkId:a', 'bulkId:u']),
      postGroup('d', ['bulkId:u']),
      postGroup('e', ['bulkId:e']),
    ]);
    expect(statuses(told)).toStrictEqual(['201', '409', '409', '400', '201', '409']);
    expect(told[2]?.response).toMatchObject({ detail: expect.stringMatching(/circle/) });
    isRefused(told[3], /bulkId:a was not created/);
    expect(await count(client, '/Groups')).toBe(1);
    expect(await membersOf(client, idOf(told[4]))).toStrictEqual([idOf(told[0])]);
    expect(statuses(await bulk(client, [postGroup('a', []), postGroup('b', [])]))).toStrictEqual(['201', '201']);
  });

  test('where one of a circle fails, all of it does, and names are free again', async () => {
    await createUser(client, 'taken');
    const told = await bulk(client, [
      postUser('a', 'a', managedBy('bulkId:b')),
      postUser('b', 'taken', managedBy('bulkId:a')),
      postUser('c', 'a'),
    ]);
    expect(statuses(told)).toStrictEqual(['400', '409', '201']);
    expect(told[0]).not.toHaveProperty('location');
    expect(await count(client, '/Users')).toBe(2);
  });

  test('a circle through a path is closed by a PATCH of its own', async () => {
    const told = await bulk(client, [
      postUser('a'),
      postUser('b', 'b', managedBy('bulkId:a')),
      patchOf('/Users/bulkId:a', { op: 'add', path: `${ENTERPRISE}:manager`, value: { value: 'bulkId:b' } }),
    ]);
    expect(statuses(told)).toStrictEqual(['201', '201', '200']);
    expect(await managerOf(client, idOf(told[0]))).toBe(idOf(told[1]));
  });

  test.each([600, 1_000])('a ring of %i is created', async (size) => {
    const ring = Array.from({ length: size }, (_, at) =>
      postUser(`u${at}`, `u${at}`, managedBy(`bulkId:u${(at + 1) % size}`)),
    );
    const told = await bulk(client, ring);
    expect(new Set(statuses(told))).toStrictEqual(new Set(['201']));
    expect(await managerOf(client, idOf(told[size - 1]))).toBe(idOf(told[0]));
    expect(await managerOf(client, idOf(told[0]))).toBe(idOf(told[1]));
  });
});

describe('an attribute of a custom type that refers', () => {
  const DESK = 'urn:example:params:scim:schemas:core:1.0:Desk';
  const owner = { name: 'owner', type: 'reference', referenceTypes: ['User', 'Desk'] };
  const users = {
    name: 'users',
    type: 'complex',
    multiValued: true,
    subAttributes: [{ name: 'value', type: 'string' }],
  };
  const content: readonly Json[] = [
    { id: DESK, name: 'Desk', attributes: [{ name: 'label', type: 'string', required: true }, owner, users] },
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      name: 'Desk',
      endpoint: '/Desks',
      schema: DESK,
    },
  ];
  const desk = (bulkId: string, more: Body): Json => ({
    method: 'POST',
    path: '/Desks',
    bulkId,
    data: { schemas: [DESK], label: bulkId, ...more },
  });

  test('gets the id or address of what was created, and never that of what was not', async () => {
    const own = await openScimGateway({ sources: [{ name: 'desk.json', content }] });
    const asked = own.client();
    await createUser(asked, 'taken');
    const told = await bulk(asked, [
      desk('d', { owner: 'bulkId:a', users: [{ value: 'bulkId:a' }] }),
      postUser('a'),
      desk('e', { owner: 'bulkId:b' }),
      postUser('b', 'taken'),
      desk('f', { owner: 'https://example.com/scim/v2/Desks/bulkId:g' }),
      desk('g', { owner: 'bulkId:f' }),
      patchOf('/Desks/bulkId:f', { op: 'replace', path: 'owner', value: 'bulkId:a' }),
      patchOf('/Desks/bulkId:f', { op: 'replace', path: 'owner', value: '/Users/bulkId:b' }),
    ]);
    expect(statuses(told)).toStrictEqual(['201', '201', '400', '409', '201', '201', '200', '400']);
    const [d, a, , , f, g] = told.map(idOf);
    const shown = async (id: string | undefined) => (await asked.get(`/Desks/${id}`)).body;
    expect(await shown(d)).toMatchObject({ owner: `/Users/${a}`, users: [{ value: a }] });
    expect(await shown(f)).toMatchObject({ owner: `/Users/${a}` });
    expect(await shown(g)).toMatchObject({ owner: `/Desks/${f}` });
    expect(await count(asked, '/Desks')).toBe(3);
    await own.close();
  });
});

test('a chain as long as the request is carried out in its order', async () => {
  const chain = Array.from({ length: 1_000 }, (_, at) =>
    postUser(`u${at}`, `u${at}`, at === 999 ? {} : managedBy(`bulkId:u${at + 1}`)),
  );
  const told = await bulk(client, chain);
  expect(new Set(statuses(told))).toStrictEqual(new Set(['201']));
  expect(await managerOf(client, idOf(told[0]))).toBe(idOf(told[1]));
});

test('a group that is created whole by several operations', async () => {
  const told = await bulk(client, [
    { method: 'POST', path: '/Groups', bulkId: 'g', data: { schemas: [GROUP], displayName: 'G' } },
    ...Array.from({ length: 20 }, (_, at) => [
      postUser(`u${at}`),
      addMembers('/Groups/bulkId:g', `bulkId:u${at}`),
    ]).flat(),
  ]);
  expect(await membersOf(client, idOf(told[0]))).toHaveLength(20);
});

describe('a path of a megabyte is looked through once', () => {
  test.each([
    ['quotes that never close', `members[${'\\"'.repeat(500_000)}`],
    ['one name before a dot', `${'a'.repeat(1_000_000)}.`],
  ])('%s', async (_what, path) => {
    const told = await bulk(client, [
      patchOf('/Users/a', { op: 'add', path, value: 'bulkId:a' }),
      { method: 'POST', path: '/Users', bulkId: 'a', data: { schemas: [USER], userName: 'a', [path]: 'x' } },
      postUser('b'),
    ]);
    expect(statuses(told)).toStrictEqual([expect.stringMatching(/^4/), expect.stringMatching(/^[24]/), '201']);
  });
});
