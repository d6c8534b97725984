import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Body, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { expectRefusal } from './expect-refusal.ts';
import { ENTERPRISE, GROUP, USER } from './people.ts';

const BADGE = 'urn:example:params:scim:schemas:extension:badge:2.0:User';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0';
const badgeSchema = {
  schemas: [`${CORE}:Schema`],
  id: BADGE,
  name: 'Badge',
  description: 'What opens doors.',
  attributes: [{ name: 'number', type: 'string', multiValued: false, description: 'The number on it.' }],
};

let gateway: ScimGateway;
let client: ScimClient;
beforeAll(async () => {
  gateway = await openScimGateway({ sources: [{ name: 'badge.json', content: badgeSchema }] });
  client = gateway.client();
});
afterAll(() => gateway.close());

function items(body: Body): readonly Body[] {
  expect(body['schemas']).toStrictEqual(['urn:ietf:params:scim:api:messages:2.0:ListResponse']);
  const resources = body['Resources'] as readonly Body[];
  expect(body['totalResults']).toBe(resources.length);
  return resources;
}

describe('ServiceProviderConfig (RFC 7643 §5)', () => {
  test('says what is offered, with numbers even where it is not', async () => {
    const { status, body } = await client.get('/ServiceProviderConfig');
    expect(status).toBe(200);
    expect(body).toStrictEqual({
      schemas: [`${CORE}:ServiceProviderConfig`],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 4_194_304 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: true },
      sort: { supported: true },
      etag: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 200,
        cursorTimeout: 3_600,
      },
      authenticationSchemes: [
        {
          type: 'oauthbearertoken',
          name: 'Bearer token',
          description: 'A token in the Authorization header, as in "Authorization: Bearer <token>"',
          specUri: 'https://www.rfc-editor.org/info/rfc6750',
          primary: true,
        },
      ],
      meta: { resourceType: 'ServiceProviderConfig', location: `${client.baseUrl}/ServiceProviderConfig` },
    });
  });

  test('a backend without versions and order is said to have none, and has none', async () => {
    const poor = await openScimGateway({ supports: { etag: false, sort: false, changePassword: false } });
    const own = poor.client();
    const { body } = await own.get('/ServiceProviderConfig');
    for (const ability of ['etag', 'sort', 'changePassword']) expect(body[ability]).toStrictEqual({ supported: false });
    const created = await own.post('/Users', { schemas: [USER], userName: 'ada' });
    expect(created.headers['etag']).toBeUndefined();
    expect(created.body['meta']).not.toHaveProperty('version');
    expect((await own.get('/Users?sortBy=shoeSize')).status).toBe(200);
    const stale = await own.delete(`/Users/${String(created.body['id'])}`, { 'if-match': 'W/"1"' });
    expectRefusal(stale, { status: 501 });
    await poor.close();
  });
});

describe('Schemas (RFC 7643 §7)', () => {
  test('lists every schema, an extension from configuration among them', async () => {
    const { body } = await client.get('/Schemas');
    expect(items(body).map(({ id }) => id)).toStrictEqual([USER, GROUP, ENTERPRISE, BADGE]);
  });

  test.each([USER, encodeURIComponent(USER), USER.toUpperCase()])('finds one by URN: %s', async (urn) => {
    const { status, body } = await client.get(`/Schemas/${urn}`);
    expect(status).toBe(200);
    expect(body['id']).toBe(USER);
    expect(body['meta']).toStrictEqual({ resourceType: 'Schema', location: `${client.baseUrl}/Schemas/${USER}` });
  });

  test('every characteristic of every attribute stands there, and nothing of our own', async () => {
    const { body } = await client.get('/Schemas');
    const known =
      /^(name|type|multiValued|description|required|caseExact|mutability|returned|uniqueness|canonicalValues|referenceTypes|subAttributes)$/;
    const check = (attributes: readonly Body[]): void => {
      for (const attribute of attributes) {
        for (const name of Object.keys(attribute)) expect(name).toMatch(known);
        expect(Object.keys(attribute).length).toBeGreaterThanOrEqual(9);
        expect(attribute['type'] === 'complex').toBe(attribute['subAttributes'] !== undefined);
        check((attribute['subAttributes'] ?? []) as readonly Body[]);
      }
    };
    for (const schema of items(body)) check(schema['attributes'] as readonly Body[]);
  });

  test('messages are no schemas (RFC 7644 §3.1)', async () => {
    expectRefusal(await client.get('/Schemas/urn:ietf:params:scim:api:messages:2.0:ListResponse'), { status: 404 });
  });
});

describe('ResourceTypes (RFC 7643 §6)', () => {
  test('each names an endpoint that answers and schemas that are there', async () => {
    const { body } = await client.get('/ResourceTypes');
    const types = items(body);
    expect(types.map(({ id }) => id)).toStrictEqual(['User', 'Group']);
    for (const { name, endpoint, schema, schemaExtensions, meta } of types) {
      expect((await client.get(String(endpoint))).status).toBe(200);
      const urns = [schema, ...(schemaExtensions as readonly Body[]).map((extension) => extension['schema'])];
      for (const urn of urns) expect((await client.get(`/Schemas/${String(urn)}`)).status).toBe(200);
      expect(meta).toStrictEqual({
        resourceType: 'ResourceType',
        location: `${client.baseUrl}/ResourceTypes/${String(name)}`,
      });
      expect((await client.get(`/ResourceTypes/${String(name)}`)).body['name']).toBe(name);
    }
  });

  test('an unknown name is not found', async () => {
    expectRefusal(await client.get('/ResourceTypes/Device'), { status: 404, detail: /Device/ });
  });
});

describe('discovery as a whole (RFC 7644 §4)', () => {
  const endpoints = ['/ServiceProviderConfig', '/Schemas', '/ResourceTypes'];

  test.each(endpoints)('%s ignores paging, order and projection', async (endpoint) => {
    const whole = await client.get(endpoint);
    const asked = await client.get(`${endpoint}/?startIndex=2&count=0&sortBy=id&attributes=id&aadOptscim062020`);
    expect(asked.body).toStrictEqual(whole.body);
  });

  test.each(endpoints)('%s can be read alone', async (endpoint) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await client.send(method, endpoint, { body: {} });
      expectRefusal(answer, { status: 405 });
      expect(answer.headers['allow']).toBe('GET, HEAD');
    }
  });

  test.each(endpoints)('%s answers HEAD as GET, without the body', async (endpoint) => {
    const [head, get] = await Promise.all([client.send('HEAD', endpoint), client.get(endpoint)]);
    expect(head.status).toBe(200);
    expect(head.text).toBe('');
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
  });
});
