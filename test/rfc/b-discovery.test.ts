import { expect } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { ScimClient } from '#test/support/scim-client.ts';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, USER } from '../scim/people.ts';
import { listed, query, read, type Shown } from './answers.ts';
import { PROBE, PROBED } from './extensions.ts';
import { openRows } from './rows.ts';

interface Characteristics {
  readonly name: string;
  readonly type: string;
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Characteristics[];
}

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';
const DISCOVERY = ['/ServiceProviderConfig', '/Schemas', '/ResourceTypes', `/Schemas/${USER}`, '/ResourceTypes/User'];
const row = openRows();

function attributesOf(schema: Shown | undefined): readonly Characteristics[] {
  return (schema?.['attributes'] ?? []) as unknown as readonly Characteristics[];
}

async function schemasOf(scim: ScimClient): Promise<readonly Shown[]> {
  return listed(await scim.get('/Schemas')).Resources;
}

row('B1', async ({ scim }) => {
  const { body, status } = await scim.get('/ServiceProviderConfig');
  expect(status).toBe(200);
  expect(body['schemas']).toEqual([`${CORE}:ServiceProviderConfig`]);
  expect([body['Resources'], body['totalResults']]).toEqual([undefined, undefined]);
});

row('B2', async ({ scim }) => {
  const config = await read(scim, '/ServiceProviderConfig');
  for (const feature of ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag']) {
    expect(config[feature], feature).toMatchObject({ supported: expect.any(Boolean) });
  }
  expect(config['authenticationSchemes']).toEqual([expect.anything()]);
});

row('B3', async ({ scim }) => {
  const { bulk, filter } = await read(scim, '/ServiceProviderConfig');
  const { maxOperations, maxPayloadSize } = bulk as { readonly [name: string]: Json };
  const { maxResults } = filter as { readonly [name: string]: Json };
  for (const limit of [maxOperations, maxPayloadSize, maxResults]) expect(Number.isInteger(limit)).toBe(true);
});

row('B4', async ({ scim }) => {
  const { authenticationSchemes } = await read(scim, '/ServiceProviderConfig');
  for (const scheme of authenticationSchemes as readonly Json[]) {
    expect(scheme).toMatchObject({
      type: expect.stringMatching(/^(oauth|oauth2|oauthbearertoken|httpbasic|httpdigest)$/),
      name: expect.stringMatching(/./),
      description: expect.stringMatching(/./),
    });
  }
});

row('B5', async ({ scim }) => {
  const answer = await scim.get('/ServiceProviderConfig', { authorization: null });
  expect(answer.status).toBe(200);
  const { authenticationSchemes } = await read(scim, '/ServiceProviderConfig');
  expect(answer.body['authenticationSchemes']).toEqual(authenticationSchemes);
  expectRefusal(await scim.get('/Users', { authorization: null }), { status: 401 });
});

row('B6', { off: { limits: { bulkMaxOperations: 0 } } }, async ({ scim, client }) => {
  const features = async (scim: ScimClient) => {
    const config = await read(scim, '/ServiceProviderConfig');
    const names = ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag'];
    return names.filter((name) => (config[name] as { readonly supported: boolean }).supported);
  };
  expect(await features(scim)).toEqual(['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag']);
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const password = await scim.patch(path, [{ op: 'replace', path: 'password', value: 'Another-Password-1' }]);
  const sorted = await scim.get(`${query('/Users', 'userName pr')}&sortBy=userName`);
  expect([password.status, sorted.status]).toEqual([200, 200]);
  expect((await scim.get(path)).headers['etag']).toMatch(/./);
  const bulk = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: [{ method: 'DELETE', path }],
  };
  expect((await scim.post('/Bulk', bulk)).status).toBe(200);
  expectRefusal(await scim.get(path), { status: 404 });
  const off = client('off');
  expect(await features(off)).not.toContain('bulk');
  expectRefusal(await off.post('/Bulk', bulk), { status: 501 });
});

row('B7', { main: PROBED }, async ({ scim }) => {
  const answer = await scim.get('/Schemas');
  expect(answer.body['schemas']).toEqual(['urn:ietf:params:scim:api:messages:2.0:ListResponse']);
  const { totalResults, Resources } = listed(answer);
  expect(Resources.map(({ id }) => id)).toEqual([USER, GROUP, ENTERPRISE, PROBE]);
  expect(totalResults).toBe(4);
});

row('B8', async ({ scim }) => {
  for (const urn of [USER, GROUP, ENTERPRISE]) {
    for (const path of [urn, encodeURIComponent(urn)]) {
      const schema = await read(scim, `/Schemas/${path}`);
      expect(schema).toMatchObject({ id: urn, schemas: [`${CORE}:Schema`] });
    }
  }
  for (const unknown of [`${USER}x`, 'User', 'urn:example:none']) {
    expectRefusal(await scim.get(`/Schemas/${unknown}`), { status: 404 });
  }
});

row('B9', async ({ scim }) => {
  const { Resources, totalResults } = listed(await scim.get('/ResourceTypes'));
  expect(Resources.map(({ id }) => id)).toEqual(['User', 'Group']);
  expect(totalResults).toBe(2);
  expect(await read(scim, '/ResourceTypes/User')).toEqual(Resources[0]);
  expectRefusal(await scim.get('/ResourceTypes/Robot'), { status: 404 });
});

row('B10', async ({ scim }) => {
  const parameters = 'startIndex=2&count=1&sortBy=id&sortOrder=descending&attributes=id';
  for (const path of DISCOVERY) {
    expect((await scim.get(`${path}?${parameters}`)).text, path).toBe((await scim.get(path)).text);
  }
});

row('B11', async ({ scim }) => {
  for (const path of DISCOVERY) {
    expectRefusal(await scim.get(`${path}?filter=${encodeURIComponent('id pr')}`), { status: 403 });
  }
});

row('B12', { main: { schemas: ['probe.json', 'room.json'] } }, async ({ scim }) => {
  for (const type of listed(await scim.get('/ResourceTypes')).Resources) {
    expect(type).toMatchObject({ name: expect.stringMatching(/./), endpoint: expect.stringMatching(/^\/./) });
    const extensions = type['schemaExtensions'] as readonly { readonly schema: string; readonly required: boolean }[];
    for (const urn of [String(type['schema']), ...extensions.map(({ schema }) => schema)]) {
      expect((await read(scim, `/Schemas/${urn}`)).id).toBe(urn);
    }
    for (const { required } of extensions) expect(typeof required).toBe('boolean');
  }
});

row('B13', { main: { schemas: ['room.json'] } }, async ({ scim }) => {
  await createUser(scim, 'ann');
  await createGroup(scim, 'g');
  await scim.post('/Rooms', { schemas: ['urn:example:params:scim:schemas:core:2.0:Room'], roomName: 'Attic' });
  const types = listed(await scim.get('/ResourceTypes')).Resources;
  for (const { name, endpoint } of types) {
    const [resource] = listed(await scim.get(String(endpoint))).Resources;
    expect(resource?.meta.resourceType).toBe(name);
  }
});

row('B14', { main: PROBED }, async ({ scim }) => {
  const schemas = await schemasOf(scim);
  const attributes = schemas.flatMap(attributesOf);
  for (const attribute of attributes.flatMap((attribute) => [attribute, ...(attribute.subAttributes ?? [])])) {
    expect(attribute).toMatchObject({
      name: expect.stringMatching(/^\$?[A-Za-z][\w-]*$/),
      type: expect.stringMatching(/^(string|boolean|decimal|integer|dateTime|reference|binary|complex)$/),
      multiValued: expect.any(Boolean),
      description: expect.any(String),
      required: expect.any(Boolean),
      caseExact: expect.any(Boolean),
      mutability: expect.stringMatching(/^(readOnly|readWrite|immutable|writeOnly)$/),
      returned: expect.stringMatching(/^(always|never|default|request)$/),
      uniqueness: expect.stringMatching(/^(none|server|global)$/),
    });
    if (attribute.type === 'reference') expect(attribute.referenceTypes, attribute.name).toEqual(expect.any(Array));
  }
});

row('B15', { main: PROBED }, async ({ scim }) => {
  for (const attribute of (await schemasOf(scim)).flatMap(attributesOf)) {
    const types = attribute.subAttributes?.map(({ type }) => type) ?? [];
    expect(types.length > 0, attribute.name).toBe(attribute.type === 'complex');
    expect(types).not.toContain('complex');
  }
});

row('B16', async ({ scim }) => {
  const ids = (await schemasOf(scim)).map(({ id }) => id);
  expect(ids.filter((id) => id.includes('api:messages'))).toEqual([]);
  for (const message of ['ListResponse', 'PatchOp', 'Error', 'SearchRequest', 'BulkRequest']) {
    const path = `/Schemas/urn:ietf:params:scim:api:messages:2.0:${message}`;
    expectRefusal(await scim.get(path), { status: 404 });
  }
});

row('B17', async ({ scim }) => {
  for (const path of DISCOVERY) {
    const before = (await scim.get(path)).text;
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expectRefusal(await scim.send(method, path, { body: '{}' }), { status: 405 });
    }
    expect((await scim.get(path)).text).toBe(before);
  }
});

row('B18', { main: PROBED }, async ({ scim }) => {
  const config = await read(scim, '/ServiceProviderConfig');
  const documents = [config, ...(await schemasOf(scim)), ...listed(await scim.get('/ResourceTypes')).Resources];
  for (const document of documents) {
    const { meta, schemas } = document;
    expect(schemas).toEqual([`${CORE}:${meta.resourceType}`]);
    expect(meta.location).toMatch(scim.baseUrl);
    expect(await read(scim, meta.location.slice(scim.baseUrl.length))).toEqual(document);
  }
  for (const { id } of await schemasOf(scim)) expect(id).toMatch(/^urn:/);
});

row('B20', async ({ scim }) => {
  const user = attributesOf(await read(scim, `/Schemas/${USER}`));
  const sub = (name: string, part: string) =>
    user.find((attribute) => attribute.name === name)?.subAttributes?.find((attribute) => attribute.name === part);
  expect(sub('groups', '$ref')?.referenceTypes).toEqual(['Group']);
  expect(sub('photos', 'value')).toMatchObject({ type: 'reference', caseExact: true });
  expect(user.find(({ name }) => name === 'profileUrl')).toMatchObject({ type: 'reference', caseExact: true });
  const address = { schemas: [USER], userName: 'ann', addresses: [{ type: 'work', country: 'US' }] };
  expect((await scim.post('/Users', address)).body).toMatchObject({ addresses: [{ country: 'US' }] });
});
