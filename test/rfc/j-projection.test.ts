import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createUser, ENTERPRISE, USER } from '../scim/people.ts';
import { listed, read, shown } from './answers.ts';
import { createProbed, PROBE, PROBED, probeOf } from './extensions.ts';
import { openRows } from './rows.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const row = openRows();

function keys(resource: object): readonly string[] {
  return Object.keys(resource).toSorted();
}

row('J1', async ({ scim }) => {
  const body = { schemas: [USER], userName: 'ann', title: 'Dr', nickName: 'A' };
  const created = shown(await scim.post('/Users?attributes=title', body));
  const path = `/Users/${created.id}`;
  const titled = [
    created,
    await read(scim, `${path}?attributes=title`),
    listed(await scim.get('/Users?attributes=title')).Resources[0] ?? {},
    listed(await scim.post('/Users/.search', { schemas: [SEARCH], attributes: ['title'] })).Resources[0] ?? {},
    shown(await scim.put(`${path}?attributes=title`, body)),
    shown(await scim.patch(`${path}?attributes=title`, [{ op: 'add', path: 'nickName', value: 'B' }])),
  ];
  for (const resource of titled) expect(keys(resource)).toEqual(['id', 'schemas', 'title']);
  const excluded = shown(
    await scim.patch(`${path}?excludedAttributes=title`, [{ op: 'add', path: 'nickName', value: 'C' }]),
  );
  expect(keys(excluded)).toEqual(['active', 'id', 'meta', 'nickName', 'schemas', 'userName']);
});

row('J2', async ({ scim }) => {
  const id = await createUser(scim, 'ann', { title: 'Dr', emails: [{ value: 'a@x.example' }] });
  expect(await read(scim, `/Users/${id}?attributes=userName`)).toEqual({ schemas: [USER], id, userName: 'ann' });
  const [first] = listed(await scim.get('/Users?attributes=userName')).Resources;
  expect(first).toEqual({ schemas: [USER], id, userName: 'ann' });
  for (const none of ['attributes=', 'excludedAttributes=', 'attributes=&excludedAttributes=']) {
    expect((await scim.get(`/Users/${id}?${none}`)).text).toBe((await scim.get(`/Users/${id}`)).text);
  }
});

row('J3', async ({ scim }) => {
  const emails = [{ value: 'a@x.example', type: 'work', primary: true, display: 'A' }];
  const id = await createUser(scim, 'ann', { name: { givenName: 'A', familyName: 'B' }, emails });
  expect(await read(scim, `/Users/${id}?attributes=name.givenName`)).toEqual({
    schemas: [USER],
    id,
    name: { givenName: 'A' },
  });
  expect((await read(scim, `/Users/${id}?attributes=emails`))['emails']).toEqual(emails);
  expect((await read(scim, `/Users/${id}?attributes=emails.type`))['emails']).toEqual([{ type: 'work' }]);
  const without = await read(scim, `/Users/${id}?excludedAttributes=name.givenName`);
  expect(without['name']).toEqual({ familyName: 'B' });
});

row('J4', { main: PROBED }, async ({ scim }) => {
  const { id } = await createProbed(scim, 'ann', { badge: 'b', code: 'c' });
  const user = await read(scim, `/Users/${id}?excludedAttributes=id,schemas,userName,${PROBE}:badge,${PROBE}:code`);
  expect(user.id).toBe(id);
  expect(user.schemas).toContain(USER);
  expect(probeOf(user)).toEqual({ badge: 'b' });
  expect(user.userName).toBeUndefined();
});

row('J5', async ({ scim }) => {
  const id = await createUser(scim, 'ann');
  const both = 'attributes=userName&excludedAttributes=title';
  for (const path of [`/Users?${both}`, `/Users/${id}?${both}`]) {
    expectRefusal(await scim.get(path), { status: 400, scimType: 'invalidValue' });
  }
  const search = { schemas: [SEARCH], attributes: ['userName'], excludedAttributes: ['title'] };
  expectRefusal(await scim.post('/Users/.search', search), { status: 400, scimType: 'invalidValue' });
});

row('J6', async ({ scim }) => {
  const enterprise = { department: 'Sales', division: 'x' };
  const id = await createUser(scim, 'ann', { title: 'Dr', [ENTERPRISE]: enterprise });
  const asked = async (attributes: string) => {
    const { schemas: _, id: __, ...rest } = await read(scim, `/Users/${id}?attributes=${attributes}`);
    return rest;
  };
  expect(await asked(`${USER}:title`)).toEqual({ title: 'Dr' });
  expect(await asked(`${ENTERPRISE}:department`)).toEqual({ [ENTERPRISE]: { department: 'Sales' } });
  expect(await asked(ENTERPRISE)).toEqual({ [ENTERPRISE]: enterprise });
  expect(await asked('title,nothingOfTheKind,urn:example:none:x')).toEqual({ title: 'Dr' });
});

row('J7', async ({ scim }) => {
  await createUser(scim, 'ann', { title: 'Dr', nickName: 'A' });
  const wanted = ['id', 'nickName', 'schemas', 'title'];
  for (const attributes of ['title,nickName', 'title,%20nickName', '%20title%20,%09nickName,', 'title+,+nickName']) {
    const [user] = listed(await scim.get(`/Users?attributes=${attributes}`)).Resources;
    expect(keys(user ?? {}), attributes).toEqual(wanted);
  }
  const body = { schemas: [SEARCH], attributes: ['title', ' nickName '] };
  expect(keys(listed(await scim.post('/Users/.search', body)).Resources[0] ?? {})).toEqual(wanted);
});
