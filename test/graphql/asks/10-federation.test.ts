import { composeServices } from '@apollo/composition';
import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { type GraphQLSchema, graphql, parse } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { BADGES } from '../badges.ts';
import { type Company, fillCompany } from '../company.ts';
import { create, Gateway } from '../gateway.ts';
import { openSubgraph, type Subgraph } from '../subgraph.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])';

/** Knows people and groups by id. */
const openDevices = ({ ada, bob, platform }: Company) =>
  openSubgraph(
    'devices',
    `${LINK}
    type Device @key(fields: "serial") { serial: ID! owner: User! }
    type User @key(fields: "id") { id: ID! devices: [Device!]! }
    type Group @key(fields: "id") { id: ID! doors: [String!]! }
    type PageInfo @shareable { hasNextPage: Boolean! endCursor: String }
    type Query { devices: [Device!]! }`,
    {
      Query: {
        devices: () => [
          { serial: 'phone', owner: { id: ada } },
          { serial: 'laptop', owner: { id: bob } },
        ],
      },
      User: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        devices: ({ id }: { id: string }) => (id === ada ? [{ serial: 'phone', owner: { id } }] : []),
      },
      Group: {
        __resolveReference: ({ id }: { id: string }) => ({ id, doors: id === platform ? ['lab'] : [] }),
      },
    },
  );

/** Knows people by userName. */
const openBadges = () =>
  openSubgraph(
    'badges',
    `${LINK}
    type Badge { number: Int! holder: User! }
    type User @key(fields: "userName") { userName: String! badge: Badge }
    type Query { badges: [Badge!]! }`,
    {
      Query: { badges: () => [{ number: 7, holder: { userName: 'BOB' } }] },
      User: {
        __resolveReference: ({ userName }: { userName: string }) => ({
          userName,
          badge: userName === 'ada' ? { number: 1, holder: { userName } } : null,
        }),
      },
    },
  );

async function sdlOf(url: string, headers: { readonly [name: string]: string } = {}): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  return ((await response.json()) as { data: { _service: { sdl: string } } }).data._service.sdl;
}

describe('ask 10: Portico is a subgraph, so that one query reaches what other services know of the same people', () => {
  const token = 'of the router';
  let gateway: Gateway;
  let company: Company;
  let others: readonly Subgraph[];
  let supergraph: GraphQLSchema;

  beforeAll(async () => {
    gateway = await Gateway.open({ token });
    company = await fillCompany(gateway);
    others = await Promise.all([openDevices(company), openBadges()]);
    const url = `${gateway.url}/graphql`;
    const services = await Promise.all([
      sdlOf(url, { authorization: `Bearer ${token}` }).then((sdl) => ({ name: 'portico', url, sdl })),
      ...others.map(async (each) => ({ name: each.name, url: each.url, sdl: await sdlOf(each.url) })),
    ]);
    const composed = composeServices(services.map(({ sdl, ...service }) => ({ ...service, typeDefs: parse(sdl) })));
    if (composed.supergraphSdl === undefined) throw new Error(composed.errors.map(String).join('\n'));
    supergraph = getStitchedSchemaFromSupergraphSdl({
      supergraphSdl: composed.supergraphSdl,
      batch: true,
      httpExecutorOpts: ({ endpoint }) => (endpoint === url ? { headers: { authorization: `Bearer ${token}` } } : {}),
    });
  });
  beforeEach(() => {
    gateway.calls.length = 0;
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    for (const each of others) await each[Symbol.asyncDispose]();
  });

  const across = async (source: string) => {
    const { data, errors } = await graphql({ schema: supergraph, source, contextValue: {} });
    expect(errors).toBeUndefined();
    return JSON.parse(JSON.stringify(data)) as unknown;
  };

  test('from another service to Portico, by id', async () => {
    expect(
      await across('{ devices { serial owner { userName manager { userName } memberOf { nodes { displayName } } } } }'),
    ).toEqual({
      devices: [
        {
          serial: 'phone',
          owner: { userName: 'ada', manager: null, memberOf: { nodes: [{ displayName: 'Engineering' }] } },
        },
        {
          serial: 'laptop',
          owner: { userName: 'bob', manager: { userName: 'ada' }, memberOf: { nodes: [{ displayName: 'Platform' }] } },
        },
      ],
    });
    expect([...gateway.calls].sort()).toEqual(['getMany', 'linked']);
  });

  test('from another service to Portico, by userName, whatever its case', async () => {
    expect(await across('{ badges { number holder { id displayName } } }')).toEqual({
      badges: [{ number: 7, holder: { id: company.bob, displayName: 'Bob' } }],
    });
    expect(gateway.calls).toEqual(['byKeys']);
  });

  test('from Portico to another service, for people and for groups', async () => {
    expect(
      await across(
        '{ users(orderBy: [{ field: USER_NAME }]) { nodes { userName devices { serial } badge { number } } } groups { nodes { displayName doors } } }',
      ),
    ).toEqual({
      users: {
        nodes: [
          { userName: 'ada', devices: [{ serial: 'phone' }], badge: { number: 1 } },
          { userName: 'bob', devices: [], badge: null },
          { userName: 'cyd', devices: [], badge: null },
        ],
      },
      groups: {
        nodes: expect.arrayContaining([
          { displayName: 'Platform', doors: ['lab'] },
          { displayName: 'Everyone', doors: [] },
        ]),
      },
    });
  });

  test('from one service through Portico to a third, which knows only what Portico tells', async () => {
    expect(await across('{ devices { owner { badge { number } devices { serial } } } }')).toEqual({
      devices: [
        { owner: { badge: { number: 1 }, devices: [{ serial: 'phone' }] } },
        { owner: { badge: null, devices: [] } },
      ],
    });
  });
});

describe('ask 10: what a router asks for', () => {
  let gateway: Gateway;
  let company: Company;
  let failing = '';

  beforeAll(async () => {
    const fail = (adapter: DirectoryAdapter) =>
      hooked(adapter, (method) => {
        if (method === failing) throw new DirectoryError('UNAVAILABLE', 'gone', { retryAfterMs: 1_000 });
      });
    gateway = await Gateway.open({ decorate: fail, sources: [{ name: 'badges.json', content: BADGES }] });
    company = await fillCompany(gateway);
  });
  beforeEach(() => {
    failing = '';
    gateway.calls.length = 0;
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const ENTITIES = `query ($of: [_Any!]!) { _entities(representations: $of) {
    __typename ... on User { userName manager { userName } } ... on Group { displayName }
  } }`;
  const user = (of: object) => ({ __typename: 'User', ...of });

  test('each type and key is one adapter call, however many are asked for, and each is read once', async () => {
    const known = [user({ id: company.bob }), { __typename: 'Group', id: company.platform }, user({ userName: 'bob' })];
    for (const times of [1, 100]) {
      gateway.calls.length = 0;
      const of = Array.from({ length: times }, (_, at) => [...known, user({ userName: `nobody${at}` })]).flat();
      const { _entities } = await gateway.data(ENTITIES, { of });
      expect(_entities).toHaveLength(4 * times);
      expect((_entities as readonly unknown[]).slice(0, 4)).toEqual([
        { __typename: 'User', userName: 'bob', manager: { userName: 'ada' } },
        { __typename: 'Group', displayName: 'Platform' },
        { __typename: 'User', userName: 'bob', manager: { userName: 'ada' } },
        null,
      ]);
      expect([...gateway.calls].sort()).toEqual(['byKeys', 'getMany', 'getMany', 'getMany']);
    }
  });

  test('a unique name of a group and a type of the tenant are keys, too', async () => {
    const room = await create(gateway.session(), 'Room', { code: 'R1' });
    const of = [
      { __typename: 'Group', displayName: 'PLATFORM' },
      { __typename: 'Room', code: 'r1' },
    ];
    const query =
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Group { id } ... on Room { id code } } }';
    expect(await gateway.data(query, { of })).toEqual({
      _entities: [{ id: company.platform }, { id: room, code: 'R1' }],
    });
  });

  test('an id of another type, or of nobody, is null', async () => {
    const of = [user({ id: company.platform }), user({ id: 'nobody' })];
    expect(await gateway.data(ENTITIES, { of })).toEqual({ _entities: [null, null] });
  });

  test.each([
    [{ id: 'x' }, 'must have the __typename User or Group or Room'],
    [{ __typename: 'Query' }, 'must have the __typename User or Group or Room'],
    [{ __typename: '__proto__', id: 'x' }, 'must have the __typename'],
    [{ __typename: 'User' }, 'must have id or userName'],
    [{ __typename: 'User', email: 'ada@acme.example' }, 'must have id or userName'],
    [{ __typename: 'User', id: 7 }, 'must have text as its id'],
    [{ __typename: 'User', userName: null }, 'must have text as its userName'],
    [{ __typename: 'User', id: { toString: 'x' } }, 'must have text as its id'],
    ['User', 'must be an object'],
    [[], 'must be an object'],
  ])('%j is an error of its own, and the others are answered', async (malformed, message) => {
    const { status, data, errors } = await gateway.ask(ENTITIES, { of: [malformed, user({ id: company.ada })] });
    expect(status).toBe(200);
    expect(data).toEqual({ _entities: [null, { __typename: 'User', userName: 'ada', manager: null }] });
    expect(errors).toEqual([
      {
        message: expect.stringContaining(`_entities: representation 0 ${message}`),
        path: ['_entities', 0],
        locations: expect.anything(),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(gateway.bugs).toEqual([]);
  });

  test('more than 1,000 are refused with both figures, before any call', async () => {
    const of = (count: number) => Array.from({ length: count }, () => user({ id: company.ada }));
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }';
    expect((await gateway.data(query, { of: of(1_000) }))['_entities']).toHaveLength(1_000);
    gateway.calls.length = 0;
    const { data, errors } = await gateway.ask(query, { of: of(1_001) });
    expect(data).toBeNull();
    expect(errors?.[0]).toMatchObject({
      message: '_entities: 1001 representations; at most 1000 at a time',
      extensions: { code: 'BAD_USER_INPUT', limit: 1_000, actual: 1_001 },
    });
    expect(gateway.calls).toEqual([]);
  });

  test('they count as a list of their length in what a query may cost', async () => {
    const of = Array.from({ length: 1_000 }, () => user({ id: company.ada }));
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on User { memberOf(first: 1000) { nodes { displayName } } }
    } }`;
    expect((await gateway.ask(query, { of })).errors?.[0]?.extensions['code']).toBe('QUERY_TOO_COSTLY');
    expect((await gateway.ask(query, { of: of.slice(0, 10) })).errors).toBeUndefined();
  });

  test('where the backend fails for one kind, the others are answered', async () => {
    failing = 'byKeys';
    const of = [user({ id: company.ada }), user({ userName: 'bob' })];
    const { data, errors } = await gateway.ask(ENTITIES, { of });
    expect(data).toEqual({ _entities: [{ __typename: 'User', userName: 'ada', manager: null }, null] });
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
      [['_entities', 1], { code: 'UNAVAILABLE', retryAfter: 1 }],
    ]);
  });

  test('keys mean what they mean in the tenant of the credential', async () => {
    const { data } = await gateway.ask(
      ENTITIES,
      { of: [user({ id: company.ada }), user({ userName: 'ada' })] },
      'zeta',
    );
    expect(data).toEqual({ _entities: [null, null] });
  });

  test('the schema of a tenant with types and policies of its own composes', async () => {
    await using other = await Gateway.open({
      sources: [{ name: 'badges.json', content: BADGES }],
      policies: new Map([['apps', { hide: ['userName', 'emails'] }]]),
    });
    const url = `${other.url}/graphql`;
    const { errors, supergraphSdl } = composeServices([{ name: 'portico', url, typeDefs: parse(await sdlOf(url)) }]);
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toContain('type Room implements Node & Resource');
  });

  test('the schema is told to whoever may read it, and to nobody else', async () => {
    const { _service } = await gateway.data('{ _service { __typename sdl } }');
    expect(_service).toMatchObject({ __typename: '_Service', sdl: expect.stringContaining('badgeOffice') });
    await using closed = await Gateway.open({ settings: { introspection: false } });
    const { status, errors } = await closed.ask('{ ...S } fragment S on Query { s: _service { sdl } }');
    expect([status, errors?.[0]?.extensions['code']]).toEqual([400, 'INTROSPECTION_DISABLED']);
    expect((await closed.ask(ENTITIES, { of: [] })).data).toEqual({ _entities: [] });
  });
});
