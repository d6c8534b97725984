import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Call } from '#model/call.ts';
import { openAdminGateway } from '#test/admin/gateway.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { type Company, fillCompany } from '../company.ts';
import { Gateway } from '../gateway.ts';

const PROVENANCE = 'etag created lastModified source { backend }';

describe('ask 12: an answer says where it comes from, and the caller says how fresh it has to be', () => {
  let gateway: Gateway;
  let company: Company;
  const calls: string[] = [];

  beforeAll(async () => {
    const observe = (method: string, [call]: readonly unknown[]) =>
      void calls.push(`${method} ${(call as Call | undefined)?.consistency}`);
    gateway = await Gateway.open({ decorate: (adapter) => hooked(adapter, observe) });
    company = await fillCompany(gateway);
  });
  beforeEach(() => {
    calls.length = 0;
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test('etag, times and the name of the backend stand on every resource, however it was reached', async () => {
    const data = await gateway.data(
      `query ($id: ID!) {
        user(by: { userName: "bob" }) { ...P manager { ...P } memberOf { nodes { ...P } } }
        node(id: $id) { ... on Resource { ...P meta { version created lastModified } } }
      }
      fragment P on Resource { ${PROVENANCE} }`,
      { id: company.everyone },
    );
    const known = {
      etag: expect.stringMatching(/^W\/".+"$/),
      created: expect.stringMatching(/^\d{4}-.+Z$/),
      lastModified: expect.stringMatching(/^\d{4}-.+Z$/),
      source: { backend: 'people' },
    };
    expect(data).toEqual({
      user: { ...known, manager: known, memberOf: { nodes: [known] } },
      node: { ...known, meta: expect.anything() },
    });
    const { etag, created, lastModified, meta } = data['node'] as { [name: string]: unknown };
    expect({ version: etag, created, lastModified }).toEqual(meta);
  });

  test('they are those of SCIM, and the backend is called what the configuration calls it', async () => {
    const portico = await openAdminGateway({
      acme: '{ backend: north }',
      more: 'backends: { north: { adapter: memory } }',
    });
    const written = await portico.scim().post('/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'ada',
    });
    const { meta } = written.body as { readonly meta: { readonly created: string; readonly lastModified: string } };
    const { data } = await portico.query(`{ user(by: { userName: "ada" }) { ${PROVENANCE} } }`);
    expect(data).toEqual({
      user: {
        etag: written.headers['etag'],
        created: meta.created,
        lastModified: meta.lastModified,
        source: { backend: 'north' },
      },
    });
  });

  test('there is no etag where the backend cannot check versions', async () => {
    await using lesser = await Gateway.open({ settings: { versions: false } });
    await fillCompany(lesser);
    expect(await lesser.data('{ user(by: { userName: "ada" }) { etag } }')).toEqual({ user: { etag: null } });
  });

  /** Every kind of call that a read can make. */
  const everything = (consistency: string) => `query ($ids: [ID!]!, $person: ID!) {
    node(id: $person${consistency}) { id }
    nodes(ids: $ids${consistency}) { id ... on User { manager { userName } } }
    user(by: { userName: "bob" }${consistency}) { manager { title directReports { nodes { title } } } memberOf { nodes { etag } } }
    group(by: { id: "none" }${consistency}) { id }
    users(first: 2, filter: "title eq \\"Head\\" or not (title pr)"${consistency}) { totalCount nodes { memberOf(transitive: true) { edges { via { etag } node { etag } } } } }
    groups(where: { memberOf: { present: true } }${consistency}) { nodes { members { totalCount nodes { etag } } } }
  }`;

  test('PRIMARY holds for every call beneath the field, and what is not asked so may come from a cache', async () => {
    const variables = { ids: [company.ada, company.platform], person: company.bob };
    await gateway.data(everything(''), variables);
    const usual = calls.splice(0);
    await gateway.data(everything(', consistency: PRIMARY'), variables);
    expect(new Set(usual.map((call) => call.split(' ')[1]))).toEqual(new Set(['cached']));
    expect([...calls].sort()).toEqual(usual.map((call) => call.replace('cached', 'primary')).sort());
    expect(new Set(calls.map((call) => call.split(' ')[0]))).toEqual(new Set(['getMany', 'byKeys', 'find', 'linked']));
  });

  test('fields of one request that differ in it share nothing of what they have read', async () => {
    const { data, errors } = await gateway.ask(
      `query ($id: ID!, $fresh: Consistency) {
        a: user(by: { id: $id }) { userName } b: user(by: { id: $id }, consistency: $fresh) { userName }
        c: user(by: { id: $id }, consistency: PRIMARY) { userName } d: user(by: { id: $id }, consistency: CACHED) { userName }
      }`,
      { id: company.ada, fresh: 'PRIMARY' },
    );
    expect(errors).toBeUndefined();
    expect(new Set(Object.values(data ?? {}).map((each) => JSON.stringify(each)))).toEqual(
      new Set(['{"userName":"ada"}']),
    );
    expect([...calls].sort()).toEqual(['getMany cached', 'getMany primary']);
  });

  test('a cursor from either goes on in the other', async () => {
    const page = (after: string) => `{ users(first: 1${after}) { nodes { id } pageInfo { endCursor } } }`;
    const { users } = await gateway.data(page(''));
    const { endCursor } = (users as { readonly pageInfo: { readonly endCursor: string } }).pageInfo;
    const next = await gateway.data(page(`, after: ${JSON.stringify(endCursor)}, consistency: PRIMARY`));
    expect((next['users'] as { readonly nodes: readonly unknown[] }).nodes).toHaveLength(1);
    expect(calls).toEqual(['find cached', 'find primary']);
  });

  test('another word is refused with the words that there are', async () => {
    const answer = await gateway.ask('{ users(consistency: FRESH) { totalCount } }');
    expect([answer.status, answer.errors?.[0]?.extensions['code']]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
  });
});
