import { expect } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE, USER } from '../scim/people.ts';
import { read, valuesOf } from './answers.ts';
import { createProbed, PROBE, PROBED } from './extensions.ts';
import { openRows } from './rows.ts';
import { PATCH_OP } from './witness.ts';

const INVALID_SYNTAX = { status: 400, scimType: 'invalidSyntax' };
const INVALID_VALUE = { status: 400, scimType: 'invalidValue' };
const MUTABILITY = { status: 400, scimType: 'mutability' };
const NO_TARGET = { status: 400, scimType: 'noTarget' };
const row = openRows();

const WORK = { value: 'work@x.example', type: 'work' };
const HOME = { value: 'home@x.example', type: 'home' };

async function membersOf(scim: ScimClient, group: string): Promise<readonly string[]> {
  return valuesOf(await read(scim, `/Groups/${group}`), 'members').map(({ value }) => value);
}

row('M1', { strict: { profile: 'strict' } }, async ({ scim, client }) => {
  const patchBody = (client: ScimClient, id: string, body: Json) => client.send('PATCH', `/Users/${id}`, { body });
  const operations = [{ op: 'add', path: 'title', value: 'Dr' }];
  const tolerated = [{ Operations: operations }, { schemas: [PATCH_OP], Operations: [] }];
  const id = await createUser(scim, 'ann');
  for (const body of tolerated) expect((await patchBody(scim, id, body)).status).toBe(200);
  expect((await read(scim, `/Users/${id}`))['title']).toBe('Dr');
  const strict = client('strict');
  const other = await createUser(strict, 'ann');
  for (const body of [...tolerated, { schemas: [PATCH_OP] }, { schemas: [PATCH_OP], Operations: {} }]) {
    expectRefusal(await patchBody(strict, other, body), INVALID_SYNTAX);
  }
  expectRefusal(await patchBody(scim, id, { schemas: [USER], Operations: operations }), INVALID_SYNTAX);
});

row('M2', { rfc: { profile: 'rfc' } }, async ({ scim, client }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const done = [
    { op: 'Add', path: 'title', value: 'A' },
    { op: 'REPLACE', path: 'title', value: 'B' },
    { op: 'Remove', path: 'title' },
  ];
  for (const operation of done) expect((await scim.patch(path, [operation])).status, operation.op).toBe(200);
  for (const op of ['delete', 'test', 'move', '', null, 7]) {
    expectRefusal(await scim.patch(path, [{ op, path: 'title', value: 'x' }]), INVALID_SYNTAX);
  }
  expectRefusal(await scim.patch(path, [{ path: 'title', value: 'x' }]), INVALID_SYNTAX);
  const rfc = client('rfc');
  const answer = await rfc.patch(`/Users/${await createUser(rfc, 'ann')}`, [{ op: 'Add', path: 'title', value: 'x' }]);
  expectRefusal(answer, INVALID_SYNTAX);
});

row('M3', async ({ scim }) => {
  await createUser(scim, 'taken');
  const path = `/Users/${await createUser(scim, 'ann', { title: 'Dr' })}`;
  const before = await scim.get(path);
  for (const last of [
    { op: 'remove' },
    { op: 'replace', path: 'userName', value: 'TAKEN' },
    { op: 'add', path: 'active', value: 'x' },
  ]) {
    const operations = [
      { op: 'replace', path: 'title', value: 'x' },
      { op: 'add', path: 'emails', value: [WORK] },
      last,
    ];
    expect((await scim.patch(path, operations)).status).toBeGreaterThanOrEqual(400);
    const after = await scim.get(path);
    expect([after.text, after.headers['etag']]).toEqual([before.text, before.headers['etag']]);
  }
});

row('M4', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  await scim.patch(path, [
    { op: 'add', path: 'emails', value: [WORK] },
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@x.example' },
    { op: 'replace', path: 'emails[value eq "new@x.example"].type', value: 'home' },
    { op: 'add', path: 'title', value: 'one' },
    { op: 'remove', path: 'title' },
    { op: 'add', path: 'title', value: 'two' },
  ]);
  expect(await read(scim, path)).toMatchObject({ title: 'two', emails: [{ value: 'new@x.example', type: 'home' }] });
});

row('M5', { main: { userPatchAnswer: 204 }, other: { groupPatchAnswer: 200 } }, async ({ scim, client }) => {
  const answers = async (scim: ScimClient): Promise<readonly ScimAnswer[]> => {
    const [user, group] = [await createUser(scim, 'ann'), await createGroup(scim, 'g')];
    const change = [{ op: 'add', path: 'externalId', value: 'x' }];
    return [
      await scim.patch(`/Users/${user}`, change),
      await scim.patch(`/Groups/${group}`, change),
      await scim.patch(`/Users/${user}?attributes=externalId`, change),
      await scim.patch(`/Groups/${group}?attributes=externalId`, change),
    ];
  };
  const [minimal, full] = [await answers(scim), await answers(client('other'))];
  expect(minimal.map(({ status }) => status)).toEqual([204, 204, 200, 200]);
  expect(full.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  for (const { status, text, body } of [...minimal, ...full]) {
    if (status === 204) expect(text).toBe('');
    else expect(body).toMatchObject({ id: expect.any(String), externalId: 'x' });
  }
});

row('M6', { main: PROBED }, async ({ scim }) => {
  const set = await createProbed(scim, 'ann', { serial: '1' });
  const unset = await createProbed(scim, 'ben', {});
  const add = (id: string, path: string, value: Json) => scim.patch(`/Users/${id}`, [{ op: 'add', path, value }]);
  for (const path of ['id', 'meta.version', 'groups', `${PROBE}:assigned`, `${PROBE}:serial`]) {
    expectRefusal(await add(set.id, path, 'x'), MUTABILITY);
  }
  expect((await add(unset.id, `${PROBE}:serial`, '2')).status).toBe(200);
});

row('M7', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann', { emails: [{ ...WORK, primary: true }, HOME] })}`;
  const primaries = async () => valuesOf(await read(scim, path), 'emails').map(({ primary }) => primary === true);
  await scim.patch(path, [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }]);
  expect(await primaries()).toEqual([false, true]);
  await scim.patch(path, [{ op: 'add', path: 'emails', value: [{ value: 'c@x.example', primary: true }] }]);
  expect(await primaries()).toEqual([false, false, true]);
});

row('M8', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const schemas = async () => (await read(scim, path)).schemas;
  expect(await schemas()).toEqual([USER]);
  await scim.patch(path, [{ op: 'add', path: `${ENTERPRISE}:department`, value: 'Sales' }]);
  expect(await schemas()).toEqual(expect.arrayContaining([USER, ENTERPRISE]));
  await scim.patch(path, [{ op: 'remove', path: `${ENTERPRISE}:department` }]);
  expect(await schemas()).toEqual([USER]);
});

row('M9', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  for (const operation of [{ op: 'add', path: 'title' }, { op: 'add' }]) {
    const answer = await scim.patch(path, [operation]);
    expect(answer.status).toBe(400);
    expect(answer.body['scimType']).toMatch(/^invalid(Value|Syntax)$/);
  }
});

row('M10', { rfc: { profile: 'rfc' }, strict: { profile: 'strict' } }, async ({ scim, client }) => {
  const path = `/Users/${await createUser(scim, 'ann', { emails: [WORK], name: { familyName: 'Lee' } })}`;
  const value = {
    title: 'Dr',
    'name.givenName': 'Ann',
    emails: [HOME],
    [ENTERPRISE]: { department: 'Sales' },
    [`${ENTERPRISE}:division`]: 'West',
    [`${USER}:nickName`]: 'A',
  };
  expect((await scim.patch(path, [{ op: 'add', value }])).status).toBe(200);
  expect(await read(scim, path)).toMatchObject({
    userName: 'ann',
    title: 'Dr',
    nickName: 'A',
    name: { familyName: 'Lee', givenName: 'Ann' },
    emails: [WORK, HOME],
    [ENTERPRISE]: { department: 'Sales', division: 'West' },
  });
  const [rfc, strict] = [client('rfc'), client('strict')];
  const rfcPath = `/Users/${await createUser(rfc, 'ann')}`;
  expect((await rfc.patch(rfcPath, [{ op: 'add', value: { title: 'Dr' } }])).body).toMatchObject({ title: 'Dr' });
  expectRefusal(await rfc.patch(rfcPath, [{ op: 'add', value: { 'name.givenName': 'A' } }]), INVALID_SYNTAX);
  const strictPath = `/Users/${await createUser(strict, 'ann')}`;
  const pathless = await strict.patch(strictPath, [{ op: 'add', value: { title: 'Dr' } }]);
  expectRefusal(pathless, { status: 400, scimType: 'invalidPath' });
});

row('M11', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann', { emails: [WORK] })}`;
  await scim.patch(path, [{ op: 'add', path: 'emails', value: HOME }]);
  const more = [{ value: 'c@x.example', type: 'other' }, { value: 'd@x.example' }];
  await scim.patch(path, [{ op: 'add', path: 'emails', value: more }]);
  expect(valuesOf(await read(scim, path), 'emails')).toEqual([WORK, HOME, ...more]);
  const [user, bare] = [await createUser(scim, 'ben'), await createUser(scim, 'cat')];
  const group = await createGroup(scim, 'g');
  await scim.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: { value: user, $ref: null } }]);
  await scim.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: [bare] }]);
  expect((await membersOf(scim, group)).toSorted()).toEqual([user, bare].toSorted());
});

row('M12', async ({ scim }) => {
  const user = await createUser(scim, 'ann', { title: 'Dr', emails: [WORK, HOME] });
  const group = await createGroup(scim, 'g', [user]);
  const cases = [
    [`/Users/${user}`, { op: 'add', path: 'emails', value: [HOME] }],
    [`/Users/${user}`, { op: 'add', path: 'title', value: 'Dr' }],
    [`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: user }] }],
  ] as const;
  for (const [path, operation] of cases) {
    const before = await scim.get(path);
    expect((await scim.patch(path, [operation])).status).toBeLessThan(300);
    const after = await scim.get(path);
    expect([after.text, after.headers['etag']]).toEqual([before.text, before.headers['etag']]);
  }
});

row('M13', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann', { title: 'Dr', name: { givenName: 'A', familyName: 'B' } })}`;
  await scim.patch(path, [
    { op: 'add', path: 'title', value: 'Prof' },
    { op: 'add', path: 'name', value: { givenName: 'C', middleName: 'D' } },
  ]);
  const user = await read(scim, path);
  expect(user['title']).toBe('Prof');
  expect(user['name']).toEqual({ givenName: 'C', familyName: 'B', middleName: 'D' });
});

row('M14', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann', { title: 'Dr' })}`;
  expectRefusal(await scim.patch(path, [{ op: 'remove' }]), NO_TARGET);
  expect((await read(scim, path))['title']).toBe('Dr');
});

row('M15', async ({ scim }) => {
  const user = await createUser(scim, 'ann', { title: 'Dr', emails: [WORK, HOME], name: { givenName: 'A' } });
  const group = await createGroup(scim, 'g', [user, await createUser(scim, 'ben')]);
  await scim.patch(`/Users/${user}`, [
    { op: 'remove', path: 'title' },
    { op: 'remove', path: 'emails' },
    { op: 'remove', path: 'name' },
  ]);
  const after = await read(scim, `/Users/${user}`);
  for (const attribute of ['title', 'emails', 'name']) expect(Object.hasOwn(after, attribute)).toBe(false);
  await scim.patch(`/Groups/${group}`, [{ op: 'remove', path: 'members' }]);
  expect(await membersOf(scim, group)).toEqual([]);
});

row('M16', async ({ scim }) => {
  const other = { value: 'other@x.example', type: 'other' };
  const path = `/Users/${await createUser(scim, 'ann', { emails: [WORK, HOME, other] })}`;
  await scim.patch(path, [{ op: 'remove', path: 'emails[type eq "work" or type eq "other"]' }]);
  expect(valuesOf(await read(scim, path), 'emails')).toEqual([HOME]);
  await scim.patch(path, [{ op: 'remove', path: 'emails[type eq "home"]' }]);
  expect(Object.hasOwn(await read(scim, path), 'emails')).toBe(false);
});

row('M17', async ({ scim }) => {
  const emails = [
    { ...WORK, display: 'one' },
    { ...WORK, value: 'b@x.example', display: 'two' },
    { ...HOME, display: 'three' },
  ];
  const path = `/Users/${await createUser(scim, 'ann', { emails })}`;
  await scim.patch(path, [{ op: 'remove', path: 'emails[type eq "work"].display' }]);
  expect(valuesOf(await read(scim, path), 'emails')).toEqual([WORK, { ...WORK, value: 'b@x.example' }, emails[2]]);
});

row('M18', async ({ scim }) => {
  const user = await createUser(scim, 'ann');
  const group = await createGroup(scim, 'g', [user]);
  for (const path of ['userName', 'id', 'meta', 'schemas', 'groups']) {
    expectRefusal(await scim.patch(`/Users/${user}`, [{ op: 'remove', path }]), MUTABILITY);
  }
  expectRefusal(await scim.patch(`/Groups/${group}`, [{ op: 'remove', path: 'displayName' }]), MUTABILITY);
  expect(await read(scim, `/Users/${user}`)).toMatchObject({ id: user, userName: 'ann' });
});

row('M19', async ({ scim }) => {
  const [user, stranger] = [await createUser(scim, 'ann'), await createUser(scim, 'ben')];
  const group = await createGroup(scim, 'g', [user]);
  const before = await scim.get(`/Groups/${group}`);
  for (const id of [stranger, 'unknown']) {
    const answer = await scim.patch(`/Groups/${group}`, [{ op: 'remove', path: `members[value eq "${id}"]` }]);
    expect(answer.status).toBe(204);
  }
  expect((await scim.get(`/Groups/${group}`)).text).toBe(before.text);
  const path = `/Users/${user}`;
  const unchanged = await scim.get(path);
  expect((await scim.patch(path, [{ op: 'remove', path: 'emails[type eq "work"]' }])).status).toBe(200);
  expect((await scim.get(path)).headers['etag']).toBe(unchanged.headers['etag']);
});

row('M20', { rfc: { profile: 'rfc' } }, async ({ scim, client }) => {
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) ids.push(await createUser(scim, name));
  const [a = '', b = '', c = '', d = ''] = ids;
  const group = await createGroup(scim, 'g', ids);
  const remove = (value: Json) => scim.patch(`/Groups/${group}`, [{ op: 'Remove', path: 'members', value }]);
  expect((await remove([{ value: a }, { value: b }])).status).toBe(204);
  expect(await membersOf(scim, group)).toEqual([c, d].toSorted());
  expect((await remove([{ value: 'unknown' }])).status).toBe(204);
  expect((await membersOf(scim, group)).toSorted()).toEqual([c, d].toSorted());
  expectRefusal(await remove([{ display: 'c' }]), INVALID_VALUE);
  const rfc = client('rfc');
  const member = await createUser(rfc, 'a');
  const strictGroup = `/Groups/${await createGroup(rfc, 'g', [member])}`;
  const refused = await rfc.patch(strictGroup, [{ op: 'remove', path: 'members', value: [{ value: member }] }]);
  expectRefusal(refused, INVALID_VALUE);
});
