import { describe, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { Body } from '../support/scim-client.ts';
import { attribute, BADGE, badge, createUser, DEVICE, device, put, schemaPath } from './documents.ts';
import { openAdminGateway } from './gateway.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

describe('an extension that is set at run time', () => {
  test('is in force at once: in discovery, SCIM and GraphQL, for its tenant alone, until it goes', async () => {
    const gateway = await openAdminGateway();
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    const before = await createUser(scim, 'ada', { colour: 'red' });
    expect((await scim.get(`/Users/${before}`)).body).not.toHaveProperty([BADGE]);
    const query = '{ users(orderBy: [{ field: USER_NAME }]) { nodes { userName badge { colour } } } }';
    expect((await gateway.query(query)).errors?.[0]?.message).toContain('badge');

    const created = await admin.put(schemaPath(BADGE), badge(attribute('colour')));
    expect(created).toMatchObject({ status: 201, body: { id: BADGE, meta: { origin: 'runtime' } } });
    expect(created.body['attributes']).toMatchObject([{ name: 'colour', mutability: 'readWrite', multiValued: false }]);

    expect((await scim.get(`/Schemas/${BADGE}`)).body).toMatchObject({ id: BADGE, meta: { resourceType: 'Schema' } });
    expect((await scim.get('/ResourceTypes/User')).body['schemaExtensions']).toContainEqual({
      schema: BADGE,
      required: false,
    });
    await createUser(scim, 'bea', { colour: 'blue' });
    const found = await scim.get(`/Users?filter=${encodeURIComponent(`${BADGE}:colour eq "BLUE"`)}`);
    expect(found.body).toMatchObject({
      totalResults: 1,
      Resources: [{ userName: 'bea', [BADGE]: { colour: 'blue' } }],
    });
    expect((await gateway.query(query)).data).toEqual({
      users: {
        nodes: [
          { userName: 'ada', badge: null },
          { userName: 'bea', badge: { colour: 'blue' } },
        ],
      },
    });
    expect((await gateway.scim('zeta').get(`/Schemas/${BADGE}`)).status).toBe(404);

    await scim.patch(`/Users/${(found.body['Resources'] as Body[])[0]?.['id']}`, [{ op: 'remove', path: BADGE }]);
    expect((await admin.delete(schemaPath(BADGE))).status).toBe(204);
    expect((await scim.get(`/Schemas/${BADGE}`)).status).toBe(404);
    expect((await gateway.query(query)).errors?.[0]?.message).toContain('badge');
    expect((await admin.get(schemaPath(BADGE))).status).toBe(404);
  });

  test('shows in answers that were rendered before it was changed', async () => {
    const gateway = await openAdminGateway();
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    await put(admin, schemaPath(BADGE), badge(attribute('colour'), attribute('pin')));
    const id = await createUser(scim, 'ada', { colour: 'red', pin: '1234' });
    expect((await scim.get(`/Users/${id}`)).body[BADGE]).toEqual({ colour: 'red', pin: '1234' });
    await put(admin, schemaPath(BADGE), badge(attribute('colour'), attribute('pin', { returned: 'never' })));
    expect((await scim.get(`/Users/${id}`)).body[BADGE]).toEqual({ colour: 'red' });
    await put(admin, schemaPath(BADGE), badge(attribute('colour'), attribute('pin')));
    expect((await scim.get(`/Users/${id}`)).body[BADGE]).toEqual({ colour: 'red', pin: '1234' });
  });

  test('is named by its URN in any case, and found under what it is called itself', async () => {
    const admin = (await openAdminGateway()).admin();
    await put(admin, schemaPath(BADGE), badge(attribute('colour')));
    expect((await admin.get(schemaPath(BADGE.toUpperCase()))).body['id']).toBe(BADGE);
    expect(
      await admin.put(schemaPath(BADGE.toUpperCase()), badge(attribute('colour'), attribute('more'))),
    ).toMatchObject({ status: 200 });
    expect((await admin.delete(schemaPath(BADGE.toLowerCase()))).status).toBe(204);
  });
});

describe('a resource type that is set at run time', () => {
  test('comes after its schema, is served, and goes before it', async () => {
    const gateway = await openAdminGateway();
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    expect(await admin.put('/resource-types/Device', device())).toMatchObject({
      status: 400,
      body: { faults: [{ path: 'Device', got: DEVICE, remedy: expect.stringContaining('add the schema first') }] },
    });
    await put(admin, schemaPath(DEVICE), { id: DEVICE, attributes: [attribute('serial', { uniqueness: 'server' })] });
    expect((await scim.get('/Devices')).status).toBe(404);
    expect(await admin.put('/resource-types/Device', device())).toMatchObject({ status: 201 });
    const { body } = await scim.post('/Devices', { serial: 'S1' });
    expect(body).toMatchObject({ schemas: [DEVICE], serial: 'S1', meta: { resourceType: 'Device' } });
    expect((await gateway.query('{ devices { nodes { serial } } }')).data).toEqual({
      devices: { nodes: [{ serial: 'S1' }] },
    });
    expect(await admin.delete(schemaPath(DEVICE))).toMatchObject({
      status: 409,
      body: { code: 'STILL_NEEDED', faults: [{ path: 'Device', got: DEVICE }] },
    });
    expect(await admin.delete('/resource-types/Device')).toMatchObject({
      status: 409,
      body: { code: 'DATA_CONFLICT', resources: 1, conflicts: [{ id: body['id'], type: 'Device' }] },
    });
    await scim.delete(`/Devices/${body['id']}`);
    expect((await admin.delete('/resource-types/Device')).status).toBe(204);
    expect((await admin.delete(schemaPath(DEVICE))).status).toBe(204);
    expect((await scim.get('/Devices')).status).toBe(404);
  });

  test('can be made read-only, and users as well', async () => {
    const gateway = await openAdminGateway();
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    const id = await createUser(scim, 'ada');
    const { body: user } = await admin.get('/resource-types/User');
    const OPERATIONS = 'urn:portico:params:scim:schemas:extension:operations:1.0:ResourceType';
    await put(admin, '/resource-types/User', { ...user, [OPERATIONS]: { operations: ['read', 'patch'] } });
    expect(await scim.post('/Users', { userName: 'bea' })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
    expect((await scim.delete(`/Users/${id}`)).status).toBe(405);
    expect((await scim.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }])).status).toBe(200);
    expect((await admin.delete('/resource-types/User')).status).toBe(204);
    await createUser(scim, 'bea');
  });
});

describe('a document is changed by whoever has read it', () => {
  test('If-Match and If-None-Match are honoured', async () => {
    const admin = (await openAdminGateway()).admin();
    const path = schemaPath(BADGE);
    const one = badge(attribute('one'));
    const two = badge(attribute('one'), attribute('two'));
    expect((await admin.put(path, one, { 'if-match': '*' })).status).toBe(412);
    const created = await admin.put(path, one, { 'if-none-match': '*' });
    expect(created).toMatchObject({ status: 201, headers: { etag: expect.stringMatching(/^"[\w-]{22}"$/) } });
    const etag = created.headers['etag'] ?? '';
    expect(await admin.put(path, two, { 'if-none-match': '*' })).toMatchObject({
      status: 412,
      body: { code: 'VERSION_MISMATCH' },
    });
    expect(await admin.put(path, one, { 'if-match': etag })).toMatchObject({ status: 200, headers: { etag } });
    expect((await admin.put(path, two, { 'if-match': `"other", W/${etag}` })).status).toBe(200);
    expect((await admin.put(path, one, { 'if-match': etag })).status).toBe(412);
    expect((await admin.delete(path, { 'if-match': etag })).status).toBe(412);
    expect((await admin.get(path)).body['attributes']).toHaveLength(2);
  });

  test('what was read can be set again as it is', async () => {
    const admin = (await openAdminGateway()).admin();
    await put(admin, schemaPath(BADGE), badge(attribute('one', { uniqueness: 'server', caseExact: true })));
    const { body } = await admin.get(schemaPath(BADGE));
    expect((await admin.put(schemaPath(BADGE), body)).body).toEqual(body);
  });
});

describe('a document is refused', () => {
  test.each<[string, string, Json, number, object]>([
    [
      'with all its faults',
      schemaPath(BADGE),
      { id: BADGE, attributes: [{ name: '1' }, attribute('a', { type: 'x' })] },
      400,
      { faults: [{ path: 'attributes[0].name' }, { path: 'attributes[1].type' }] },
    ],
    ['under another address', schemaPath(DEVICE), badge(attribute('a')), 400, { faults: [{ path: 'id' }] }],
    ['that is a list', schemaPath(BADGE), [badge(attribute('a'))], 400, { code: 'INVALID_SYNTAX' }],
    [
      'as a standard schema',
      schemaPath(USER),
      { id: USER, attributes: [] },
      403,
      { code: 'READ_ONLY', detail: expect.stringContaining('schema of your own') },
    ],
    [
      'as another schema of users',
      '/resource-types/User',
      device({ name: 'User' }),
      400,
      { faults: [{ path: 'endpoint' }, { path: 'schema' }] },
    ],
    [
      'with an inherited name',
      schemaPath(BADGE),
      badge(attribute('constructor')),
      400,
      { faults: [{ path: 'attributes[0].name' }] },
    ],
    ['as text', schemaPath(BADGE), '{"a":', 400, { code: 'INVALID_SYNTAX' }],
    [
      'with whole numbers that are not written like any',
      schemaPath(BADGE),
      `{"id":"${BADGE}","x":1.0,"description":1e3,"attributes":[]}`,
      400,
      {
        faults: [
          { path: 'x', got: '1' },
          { path: 'description', got: '1000' },
        ],
      },
    ],
    ['with such a number for its URN', schemaPath(BADGE), '{"id":1.0}', 400, { faults: [{ path: 'id', got: '1' }] }],
    [
      'with such a number for the id of a resource type',
      '/resource-types/User',
      '{"id":1.0,"endpoint":"/Users","schema":"urn:ietf:params:scim:schemas:core:2.0:User"}',
      400,
      { faults: [{ path: 'id', got: '1' }] },
    ],
    [
      'with __proto__',
      schemaPath(BADGE),
      `{"id":"${BADGE}","attributes":[{"name":"a","__proto__":{}}]}`,
      400,
      { code: 'INVALID_SYNTAX' },
    ],
  ])('%s', async (_what, path, document, status, body) => {
    const admin = (await openAdminGateway()).admin();
    expect(await admin.put(path, document)).toMatchObject({ status, body: { status, ...body } });
    expect((await admin.get(schemaPath(BADGE))).status).toBe(404);
  });

  test('where it goes past what a tenant may have', async () => {
    const admin = (await openAdminGateway()).admin();
    for (let number = 0; number < 200; number++) {
      const urn = `urn:acme:${number}:Device`;
      await put(admin, schemaPath(urn), { id: urn, attributes: [] });
    }
    expect(await admin.put(schemaPath(BADGE), badge())).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
  });

  test('where it comes from elsewhere', async () => {
    const files = { 'badge.json': JSON.stringify(badge(attribute('colour'))) };
    const admin = (await openAdminGateway({ acme: '{ schemas: [./badge.json] }', files })).admin();
    expect((await admin.get(schemaPath(BADGE))).body).toMatchObject({ meta: { origin: 'file' } });
    const refused = {
      status: 403,
      body: { code: 'READ_ONLY', detail: expect.stringContaining('file of the configuration') },
    };
    expect(await admin.put(schemaPath(BADGE), badge(attribute('other')))).toMatchObject(refused);
    expect(await admin.delete(schemaPath(BADGE))).toMatchObject(refused);
    expect(await admin.delete(schemaPath(USER))).toMatchObject({ status: 403 });
    expect(await admin.delete('/resource-types/Group')).toMatchObject({ status: 403 });
  });
});
