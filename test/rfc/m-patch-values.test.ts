import { expect } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { ScimClient } from '#test/support/scim-client.ts';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE, USER } from '../scim/people.ts';
import { read, shown, valuesOf } from './answers.ts';
import { createProbed, PROBE, PROBED, probeOf } from './extensions.ts';
import { openRows } from './rows.ts';

const INVALID_VALUE = { status: 400, scimType: 'invalidValue' };
const NO_TARGET = { status: 400, scimType: 'noTarget' };
const row = openRows();

const WORK = { value: 'work@x.example', type: 'work' };
const HOME = { value: 'home@x.example', type: 'home' };

async function membersOf(scim: ScimClient, group: string): Promise<readonly string[]> {
  return valuesOf(await read(scim, `/Groups/${group}`), 'members').map(({ value }) => value);
}

function replace(path: string, value: Json): Json {
  return { op: 'replace', path, value };
}

row('M21', async ({ scim }) => {
  const more = { title: 'Dr', nickName: 'A', emails: [WORK, HOME], [ENTERPRISE]: { division: 'x' } };
  const path = `/Users/${await createUser(scim, 'ann', more)}`;
  const before = await read(scim, path);
  await scim.patch(path, [{ op: 'replace', value: { title: 'Prof', emails: [HOME] } }]);
  const after = await read(scim, path);
  expect(after).toEqual({ ...before, title: 'Prof', emails: [HOME], meta: after.meta });
});

row('M22', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  await scim.patch(path, [replace('title', 'Dr'), replace('emails', [WORK]), replace('name.givenName', 'A')]);
  expect(await read(scim, path)).toMatchObject({ title: 'Dr', emails: [WORK], name: { givenName: 'A' } });
});

row('M23', async ({ scim }) => {
  const name = { givenName: 'A', familyName: 'B', middleName: 'C' };
  const path = `/Users/${await createUser(scim, 'ann', { name })}`;
  await scim.patch(path, [replace('name', { givenName: 'Z' })]);
  await scim.patch(path, [{ op: 'replace', value: { name: { middleName: 'Y' } } }]);
  expect((await read(scim, path))['name']).toEqual({ givenName: 'Z', familyName: 'B', middleName: 'Y' });
});

row('M24', async ({ scim }) => {
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c']) ids.push(await createUser(scim, name, { emails: [WORK, HOME] }));
  const [a = '', b = '', c = ''] = ids;
  const other = { value: 'other@x.example', type: 'other' };
  await scim.patch(`/Users/${a}`, [replace('emails', [other])]);
  expect(valuesOf(await read(scim, `/Users/${a}`), 'emails')).toEqual([other]);
  const group = await createGroup(scim, 'g', [a, b]);
  expect((await scim.patch(`/Groups/${group}`, [replace('members', [{ value: b }, { value: c }])])).status).toBe(204);
  expect((await membersOf(scim, group)).toSorted()).toEqual([b, c].toSorted());
});

row('M25', async ({ scim }) => {
  const second = { value: 'second@x.example', type: 'work' };
  const path = `/Users/${await createUser(scim, 'ann', { emails: [WORK, second, HOME] })}`;
  await scim.patch(path, [replace('emails[type eq "work"].display', 'W')]);
  const displays = valuesOf(await read(scim, path), 'emails').map(({ display }) => display);
  expect(displays).toEqual(['W', 'W', undefined]);
  await scim.patch(path, [replace('emails[type eq "home"]', { value: 'new@x.example', type: 'home' })]);
  expect(valuesOf(await read(scim, path), 'emails')[2]).toEqual({ value: 'new@x.example', type: 'home' });
});

row('M26', { rfc: { profile: 'rfc' } }, async ({ scim, client }) => {
  const operation = replace('emails[type eq "work"].value', 'new@x.example');
  const path = `/Users/${await createUser(scim, 'ann', { emails: [HOME] })}`;
  await scim.patch(path, [operation]);
  expect(valuesOf(await read(scim, path), 'emails')).toEqual([HOME, { type: 'work', value: 'new@x.example' }]);
  expectRefusal(await scim.patch(path, [replace('emails[value sw "q"].display', 'x')]), NO_TARGET);
  const rfc = client('rfc');
  const other = `/Users/${await createUser(rfc, 'ann', { emails: [HOME] })}`;
  expectRefusal(await rfc.patch(other, [operation]), NO_TARGET);
  expect(valuesOf(await read(rfc, other), 'emails')).toEqual([HOME]);
  const added = { op: 'add', path: 'emails[type eq "other"].value', value: 'added@x.example' };
  await scim.patch(path, [added]);
  expect(valuesOf(await read(scim, path), 'emails')[2]).toEqual({ type: 'other', value: 'added@x.example' });
});

row('M27', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann', { emails: [WORK] })}`;
  const broken = [
    'emails[type eq',
    'emails[0]',
    '/emails',
    'emails[type eq "work"]x',
    'emails[]',
    'emails.',
    '.value',
    'emails[type zz "a"]',
    'a b',
    'emails[type eq "work"].a.b',
  ];
  for (const target of broken) {
    const answer = await scim.patch(path, [replace(target, 'x')]);
    expect(answer.status, target).toBe(400);
    expect(answer.body['scimType'], target).toMatch(/^invalid(Path|Filter)$/);
  }
});

row('M28', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  for (const target of [
    'nothingLikeIt',
    'name.nothing',
    'emails.nothing',
    `${ENTERPRISE}:nothing`,
    'urn:example:none:2.0:User:x',
  ]) {
    for (const op of ['add', 'replace', 'remove']) {
      const answer = await scim.patch(path, [{ op, path: target, value: 'x' }]);
      expect(answer.status, target).toBe(400);
      expect(answer.body['scimType'], target).toMatch(/^(invalidPath|noTarget)$/);
    }
  }
});

row('M29', { main: PROBED }, async ({ scim }) => {
  const path = `/Users/${(await createProbed(scim, 'ann', { count: 1 })).id}`;
  const wrong = [
    ['title', 7],
    ['title', { a: 1 }],
    ['active', 'maybe'],
    ['name', 'Ann'],
    [`${PROBE}:count`, 'one'],
    [`${PROBE}:at`, 'today'],
    ['emails', 7],
  ] as const;
  for (const [target, value] of wrong) {
    for (const op of ['add', 'replace'])
      expectRefusal(await scim.patch(path, [{ op, path: target, value }]), INVALID_VALUE);
  }
});

row('M30', async ({ scim }) => {
  await createUser(scim, 'ann');
  await createGroup(scim, 'g');
  const taken = { status: 409, scimType: 'uniqueness' };
  expectRefusal(await scim.patch(`/Users/${await createUser(scim, 'ben')}`, [replace('userName', 'ANN')]), taken);
  expectRefusal(await scim.patch(`/Groups/${await createGroup(scim, 'h')}`, [replace('displayName', 'g')]), taken);
});

row('M31', async ({ scim }) => {
  expect((await scim.get('/ServiceProviderConfig')).body).toMatchObject({ patch: { supported: true } });
  for (const path of ['/Users/unknown', '/Groups/unknown']) {
    expectRefusal(await scim.patch(path, [{ op: 'add', path: 'externalId', value: 'x' }]), { status: 404 });
  }
  const members = [{ op: 'add', path: 'members', value: [{ value: await createUser(scim, 'ann') }] }];
  expectRefusal(await scim.patch('/Groups/unknown', members), { status: 404 });
});

row('M32', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann', { emails: [WORK] })}`;
  const answer = await scim.patch(path, [
    replace('title', 'Dr'),
    replace('name.givenName', 'A'),
    replace('emails[type eq "work"]', { display: 'W' }),
    replace('emails[type eq "work"].primary', true),
    replace(`${USER}:nickName`, 'N'),
    replace(`${USER}:name.familyName`, 'B'),
    replace(`${ENTERPRISE}:department`, 'Sales'),
    replace(ENTERPRISE, { division: 'West' }),
  ]);
  expect(shown(answer)).toMatchObject({
    title: 'Dr',
    nickName: 'N',
    name: { givenName: 'A', familyName: 'B' },
    emails: [{ type: 'work', display: 'W', primary: true }],
    [ENTERPRISE]: { department: 'Sales', division: 'West' },
  });
  expect(shown(await scim.patch(path, [{ op: 'remove', path: ENTERPRISE }])).schemas).toEqual([USER]);
});

row('M33', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann', { emails: [WORK] })}`;
  await scim.patch(path, [
    replace('TITLE', 'Dr'),
    replace('Name.GIVENNAME', 'A'),
    replace('EMAILS[TYPE EQ "WORK"].Display', 'W'),
    replace(`${ENTERPRISE.toUpperCase()}:DEPARTMENT`, 'Sales'),
  ]);
  expect(await read(scim, path)).toMatchObject({
    title: 'Dr',
    name: { givenName: 'A' },
    emails: [{ ...WORK, display: 'W' }],
    [ENTERPRISE]: { department: 'Sales' },
  });
});

row('M34', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann', { title: 'Dr', nickName: 'N', emails: [WORK], name: { givenName: 'A', familyName: 'B' } })}`;
  await scim.patch(path, [
    replace('title', null),
    { op: 'add', path: 'nickName', value: null },
    { op: 'replace', value: { emails: null, name: { givenName: null } } },
  ]);
  const after = await read(scim, path);
  expect(after['name']).toEqual({ familyName: 'B' });
  for (const attribute of ['title', 'nickName', 'emails'])
    expect(Object.hasOwn(after, attribute), attribute).toBe(false);
});

row('M36', async ({ scim }) => {
  const ids = await Promise.all(Array.from({ length: 50 }, (_, index) => createUser(scim, `u${index}`)));
  const group = await createGroup(scim, 'g');
  const answers = await Promise.all(
    ids.map((value) => scim.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: [{ value }] }])),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  expect((await membersOf(scim, group)).toSorted()).toEqual(ids.toSorted());
});

row('M37', { main: PROBED }, async ({ scim }) => {
  const { id } = await createProbed(scim, 'ann', { code: 'c' });
  const path = `/Users/${id}`;
  const before = await scim.get(path);
  for (const target of [
    '__proto__',
    '__proto__.polluted',
    'constructor.prototype',
    'toString.x',
    'name.__proto__',
    `${PROBE}:__proto__`,
  ]) {
    const answer = await scim.patch(path, [{ op: 'add', path: target, value: { polluted: true } }]);
    expect(answer.status, target).toBe(400);
  }
  const keys =
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"name":{"__proto__":{"polluted":true}}}';
  const body = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","value":${keys}}]}`;
  expect((await scim.send('PATCH', path, { body })).status).toBeLessThan(500);
  expect((await scim.get(path)).text).toBe(before.text);
  expect((await scim.get('/Users')).text).not.toContain('polluted');
  const other = shown(await scim.post('/Users', { schemas: [USER], userName: 'ben' }));
  expect([other['polluted'], probeOf(other)]).toEqual([undefined, {}]);
});

row('M38', async ({ scim }) => {
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) ids.push(await createUser(scim, name));
  const group = await createGroup(scim, 'g', ids);
  const gone = [ids[0], ids[2], ids[3]];
  await scim.patch(
    `/Groups/${group}`,
    gone.map((id) => ({ op: 'remove', path: `members[value eq "${id}"]` })),
  );
  expect((await membersOf(scim, group)).toSorted()).toEqual([ids[1], ids[4]].toSorted());
});
