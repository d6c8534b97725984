import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createUser, GROUP, USER } from '../scim/people.ts';
import { listed, read, shown } from './answers.ts';
import { openRows } from './rows.ts';
import { PATCH_OP } from './witness.ts';

const SCIM_JSON = 'application/scim+json';
const row = openRows();
const rowBehindProxy = openRows({ server: { trustedProxies: ['127.0.0.1'] } });

row('A1', async ({ scim }) => {
  const name = { formatted: 'Zoë 張偉 Ωμέγα 👩‍💻' };
  const body = { schemas: [USER], userName: 'zoë', name, title: 'المدير' };
  const created = shown(await scim.post('/Users', body, { 'content-type': SCIM_JSON }));
  const path = `/Users/${created.id}`;
  await scim.put(path, { ...body, nickName: 'ﬀi' });
  await scim.patch(path, [{ op: 'add', path: 'displayName', value: 'é vs é' }]);
  expect(await read(scim, path)).toMatchObject({ ...body, nickName: 'ﬀi', displayName: 'é vs é' });
});

row('A2', async ({ scim }) => {
  await createUser(scim, 'ann');
  for (const path of ['/Users', '/Schemas', '/ServiceProviderConfig']) {
    const answer = await scim.get(path, { accept: SCIM_JSON });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': SCIM_JSON } });
  }
});

row('A3', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const plain = await scim.get(path, { accept: 'application/json' });
  expect(plain).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
  for (const accept of ['*/*', null]) {
    const answer = await scim.get(path, { accept });
    expect(answer.headers['content-type']).toBe(SCIM_JSON);
    expect(answer.text).toBe(plain.text);
  }
  for (const [accept, type] of [
    ['application/*', SCIM_JSON],
    ['text/html, application/json;q=0.5', 'application/json'],
  ] as const) {
    expect((await scim.get(path, { accept })).headers['content-type'], accept).toBe(type);
  }
});

row('A4', async ({ scim }) => {
  for (const type of [SCIM_JSON, 'application/json']) {
    for (const header of [type, `${type}; charset=utf-8`, `${type};charset="UTF-8"`]) {
      const headers = { 'content-type': header };
      const created = await scim.post('/Users', { schemas: [USER], userName: `by ${header}` }, headers);
      const path = `/Users/${shown(created).id}`;
      const put = await scim.put(path, { schemas: [USER], userName: `put by ${header}` }, headers);
      const patched = await scim.patch(path, [{ op: 'add', path: 'title', value: 'Dr' }], headers);
      const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'] };
      const searched = await scim.post('/Users/.search', search, headers);
      expect([created, put, patched, searched].map(({ status }) => status)).toEqual([201, 200, 200, 200]);
    }
  }
});

row('A5', async ({ scim }) => {
  const body = { schemas: [USER], userName: 'ann' };
  for (const type of ['text/xml', 'application/x-www-form-urlencoded', null]) {
    expectRefusal(await scim.post('/Users', body, { 'content-type': type }), { status: 415 });
  }
  expectRefusal(await scim.get('/Users', { accept: 'text/html' }), { status: 406 });
  expect((await scim.get('/Users')).body['totalResults']).toBe(0);
});

row('A6', async ({ scim }) => {
  const cases = [
    ['PUT', '/Users', 'GET, HEAD, POST'],
    ['DELETE', '/Users', 'GET, HEAD, POST'],
    ['POST', '/Schemas', 'GET, HEAD'],
    ['DELETE', '/ServiceProviderConfig', 'GET, HEAD'],
    ['POST', '/Users/1', 'GET, HEAD, PUT, PATCH, DELETE'],
  ] as const;
  for (const [method, path, allow] of cases) {
    const answer = await scim.send(method, path, { body: '{}' });
    expectRefusal(answer, { status: 405 });
    expect(answer.headers['allow']).toBe(allow);
  }
  const options = await scim.send('OPTIONS', '/Users');
  expect([options.status, options.headers['allow']]).toEqual([405, 'GET, HEAD, POST']);
});

row('A7', async ({ scim }) => {
  for (const path of ['/Widgets', '/Users/1/more', '/users', '/Schemas/a/b'])
    expectRefusal(await scim.get(path), { status: 404 });
});

row('A8', async ({ scim }) => {
  for (const authorization of [null, 'Basic YTpi', 'Bearer', 'Bearer wrong', 'Bearer  ']) {
    const answer = await scim.get('/Users', { authorization });
    expectRefusal(answer, { status: 401 });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="/);
  }
});

row('A9', async ({ scim, client }) => {
  const reader = client('main', ['scim:read']);
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const before = await read(scim, path);
  const body = { schemas: [USER], userName: 'other' };
  expectRefusal(await reader.post('/Users', body), { status: 403 });
  expectRefusal(await reader.put(path, body), { status: 403 });
  expectRefusal(await reader.patch(path, [{ op: 'add', path: 'title', value: 'x' }]), { status: 403 });
  expectRefusal(await reader.delete(path), { status: 403 });
  expectRefusal(await client('main', ['scim:write']).get(path), { status: 403 });
  expectRefusal(await client('main', ['graphql:read']).get(path), { status: 403 });
  expect(await read(scim, path)).toEqual(before);
  expect((await scim.get('/Users')).body['totalResults']).toBe(1);
});

row('A10', { other: {} }, async ({ scim, client, token }) => {
  await createUser(scim, 'ann');
  expect((await client('other').get('/Users')).body['totalResults']).toBe(0);
  expect((await scim.get('/Users', { authorization: `Bearer ${token('other')}` })).body['totalResults']).toBe(0);
  expectRefusal(await scim.get('/Users', { authorization: `Bearer ${token()}x` }), { status: 401 });
  expectRefusal(await scim.get('/Users', { authorization: `Bearer ${token()}, Bearer ${token('other')}` }), {
    status: 401,
  });
});

rowBehindProxy('A11', async ({ scim, root, tenantName }) => {
  const id = await createUser(scim, 'ann');
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'id.example.com' };
  for (const base of [`/tenants/${tenantName('main')}/scim/v2`, '/scim/v2']) {
    const location = `https://id.example.com${base}`;
    const user = shown(await root.get(`${base}/Users/${id}`, forwarded));
    expect(user.meta.location).toBe(`${location}/Users/${id}`);
    const group = { schemas: [GROUP], displayName: base, members: [{ value: id }] };
    const answer = await root.post(`${base}/Groups`, group, forwarded);
    expect(shown(answer)).toMatchObject({ members: [{ $ref: user.meta.location }] });
    expect(answer.headers['location']).toBe(`${location}/Groups/${shown(answer).id}`);
    for (const { meta } of listed(await root.get(`${base}/Schemas`, forwarded)).Resources) {
      expect(meta.location).toMatch(`${location}/Schemas/`);
    }
  }
});

row('A12', async ({ root }) => {
  expect((await root.get('/scim/v2/Users')).status).toBe(200);
  for (const path of ['/scim/v9/Users', '/scim/v1/Users', '/scim/V2/Users']) {
    const answer = await root.get(path);
    expect([400, 404], path).toContain(answer.status);
    expect(answer.text).not.toContain('ListResponse');
  }
});

row('A13', async ({ root }) => {
  const user = shown(await root.post('/scim/Users', { schemas: [USER], userName: 'ann' }));
  for (const base of ['/scim', '/scim/v2']) {
    const list = listed(await root.get(`${base}/Users`));
    expect(list.Resources.map(({ id }) => id)).toEqual([user.id]);
  }
});

row('A14', async ({ scim }) => {
  await createUser(scim, 'ann');
  const plain = await scim.get('/Users');
  const answer = await scim.get('/Users?foo=bar&aadOptscim062020&__proto__=1');
  expect(answer).toMatchObject({ status: 200, text: plain.text });
});

row('A15', { main: { schemas: ['room.json'] } }, async ({ scim }) => {
  const types = (await scim.get('/ResourceTypes')).body['Resources'] as readonly { readonly endpoint: string }[];
  expect(types.map(({ endpoint }) => endpoint)).toEqual(['/Users', '/Groups', '/Rooms']);
  for (const { endpoint } of types) expect((await scim.get(endpoint)).body).toMatchObject({ totalResults: 0 });
  const room = { schemas: ['urn:example:params:scim:schemas:core:2.0:Room'], roomName: 'Attic', seats: 4 };
  const created = await scim.post('/Rooms', room);
  expect(created).toMatchObject({ status: 201, body: { ...room, meta: { resourceType: 'Room' } } });
  expect(await read(scim, `/Rooms/${shown(created).id}`)).toMatchObject(room);
});

row('A16', { strict: { profile: 'strict' } }, async ({ scim, client }) => {
  const sent = {
    schemas: [USER],
    USERNAME: 'Ann',
    unknownThing: 1,
    id: 'mine',
    emails: [{ Value: 'a@example.com' }],
    title: null,
  };
  const user = shown(await scim.post('/Users', sent));
  expect(user).toMatchObject({ userName: 'Ann', emails: [{ value: 'a@example.com' }] });
  expect(Object.keys(user)).not.toEqual(expect.arrayContaining(['unknownThing']));
  expect(user.id).not.toBe('mine');
  expect(Object.hasOwn(user, 'title')).toBe(false);
  const answer = await client('strict').post('/Users', { schemas: [USER], userName: 'Ann', unknownThing: 1 });
  expectRefusal(answer, { status: 400, scimType: 'invalidSyntax', detail: /unknownThing/ });
});

row('A17', { main: { profile: 'rfc' } }, async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const lists = [await scim.get('/Users'), await scim.get('/Schemas')];
  for (const { body } of lists) expect(body['schemas']).toEqual(['urn:ietf:params:scim:api:messages:2.0:ListResponse']);
  expect((await scim.get('/Users/none')).body['schemas']).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
  const wrong = { status: 400, scimType: 'invalidSyntax' };
  const patch = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    Operations: [{ op: 'remove', path: 'title' }],
  };
  expectRefusal(await scim.send('PATCH', path, { body: patch }), wrong);
  expectRefusal(await scim.post('/Users/.search', { schemas: [PATCH_OP] }), wrong);
  expectRefusal(await scim.post('/Users', { schemas: [PATCH_OP], userName: 'ben' }), wrong);
});

row('A18', async ({ scim }) => {
  const id = await createUser(scim, 'ann');
  const paths = ['/Users/', '//Users', `/Users/${id}/`, '/Schemas/', '/ServiceProviderConfig/', '/ResourceTypes/'];
  for (const path of paths) {
    const { status, headers } = await scim.get(path);
    expect({ status, location: status === 200 ? undefined : headers['location'] }, path).toEqual({ status: 200 });
  }
  expect((await scim.post('/Users/', { schemas: [USER], userName: 'ben' })).status).toBe(201);
});
