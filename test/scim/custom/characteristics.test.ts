import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { Body, ScimClient } from '../../support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '../../support/scim-gateway.ts';

const CORE = 'urn:acme:params:scim:schemas:core:1.0:Gadget';
const EXTENSION = 'urn:acme:params:scim:schemas:extension:more:1.0:Gadget';

type Facts = { readonly [characteristic: string]: Json };

const MUTABILITY = ['readOnly', 'readWrite', 'immutable', 'writeOnly'];
const RETURNED = ['always', 'default', 'request', 'never'];

const simple = (name: string, facts: Facts): Facts => ({ name, type: 'string', ...facts });
const within = (attribute: Facts): Facts => ({
  name: `in-${attribute['name']}`,
  type: 'complex',
  subAttributes: [attribute, simple('other', {})],
});

/** One attribute for each characteristic, and the same as a sub-attribute. */
const ATTRIBUTES: readonly Facts[] = [
  ...MUTABILITY.map((mutability) => simple(`m-${mutability}`, { mutability })),
  ...RETURNED.map((returned) => simple(`r-${returned}`, { returned })),
  simple('u-server', { uniqueness: 'server' }),
  simple('u-global', { uniqueness: 'global', caseExact: true }),
  { name: 'u-number', type: 'integer', uniqueness: 'server' },
  simple('u-many', { uniqueness: 'server', multiValued: true }),
];
const GADGET = [
  { id: CORE, name: 'Gadget', attributes: [...ATTRIBUTES, ...ATTRIBUTES.map(within)] },
  { id: EXTENSION, name: 'More', attributes: [...ATTRIBUTES, ...ATTRIBUTES.map(within)] },
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    name: 'Gadget',
    endpoint: '/Gadgets',
    schema: CORE,
    schemaExtensions: [{ schema: EXTENSION, required: false }],
  },
];

let gateway: ScimGateway;
let client: ScimClient;

beforeAll(async () => {
  gateway = await openScimGateway({ sources: [{ name: 'gadget.json', content: GADGET }], tenants: ['acme', 'zeta'] });
  client = gateway.client();
});
afterAll(() => gateway.close());

/** The four places where an attribute can stand: how a body says it, how a path does, where an answer has it. */
const places = [
  ['an attribute', '', false],
  ['a sub-attribute', '', true],
  ['an attribute of an extension', EXTENSION, false],
  ['a sub-attribute of an extension', EXTENSION, true],
] as const;

describe.each(places)('%s', (_place, urn, nested) => {
  const bodyOf = (name: string, value: Json, other?: Json): Body => {
    const inner: Body = { [name]: value, ...(other !== undefined && { other }) };
    const own: Body = nested ? { [`in-${name}`]: inner } : { [name]: value };
    return { schemas: [CORE, ...(urn ? [urn] : [])], ...(urn ? { [urn]: own } : own) };
  };
  const pathOf = (name: string) => `${urn ? `${urn}:` : ''}${nested ? `in-${name}.` : ''}${name}`;
  const valueIn = (body: Body, name: string): Json | undefined => {
    const owner = (urn ? body[urn] : body) as Body | undefined;
    return nested ? (owner?.[`in-${name}`] as Body | undefined)?.[name] : owner?.[name];
  };
  const create = async (name: string, value: Json) => {
    const { status, body, text } = await client.post('/Gadgets', bodyOf(name, value, 'x'));
    expect(status, text).toBe(201);
    return { body, path: `/Gadgets/${body['id']}` };
  };
  const patch = (path: string, name: string, op: string, value?: Json) =>
    client.patch(path, [{ op, path: pathOf(name), ...(value !== undefined && { value }) }]);

  test('readOnly is ignored in bodies and refused by path (RFC 7643 §7)', async () => {
    const { body, path } = await create('m-readOnly', 'mine');
    expect(valueIn(body, 'm-readOnly')).toBeUndefined();
    expect(valueIn((await client.put(path, bodyOf('m-readOnly', 'mine', 'y'))).body, 'm-readOnly')).toBeUndefined();
    expect(await patch(path, 'm-readOnly', 'add', 'mine')).toMatchObject({
      status: 400,
      body: { scimType: 'mutability' },
    });
  });

  test('readWrite changes', async () => {
    const { path } = await create('m-readWrite', 'a');
    expect(valueIn((await patch(path, 'm-readWrite', 'replace', 'b')).body, 'm-readWrite')).toBe('b');
  });

  test('immutable is given once, at create or later, and then stays', async () => {
    const { path } = await create('m-immutable', 'a');
    const refused = { status: 400, body: { scimType: 'mutability' } };
    expect(await patch(path, 'm-immutable', 'replace', 'b')).toMatchObject(refused);
    expect(await patch(path, 'm-immutable', 'remove')).toMatchObject(refused);
    expect(await client.put(path, bodyOf('m-immutable', 'b', 'x'))).toMatchObject(refused);
    expect(await client.put(path, bodyOf('m-immutable', 'a', 'x'))).toMatchObject({ status: 200 });
    const { path: later } = await create('m-readWrite', 'a');
    expect(valueIn((await patch(later, 'm-immutable', 'add', 'c')).body, 'm-immutable')).toBe('c');
    expect(await patch(later, 'm-immutable', 'replace', 'd')).toMatchObject(refused);
  });

  test.each(['m-writeOnly', 'r-never'])('%s is shown by nothing, whatever is asked for', async (name) => {
    const { body, path } = await create(name, 'hidden-value');
    const asked = `attributes=${encodeURIComponent(pathOf(name))}`;
    const answers = [
      await client.get(path),
      await client.get(`${path}?${asked}`),
      await client.get(`/Gadgets?${asked}&count=1000`),
      await patch(path, name, 'replace', 'hidden-again'),
      await client.put(`${path}?${asked}`, bodyOf(name, 'hidden-again', 'x')),
    ];
    for (const { text } of [{ text: JSON.stringify(body) }, ...answers]) expect(text).not.toContain('hidden');
    for (const query of [
      `filter=${encodeURIComponent(`${pathOf(name)} eq "hidden-again"`)}`,
      `sortBy=${encodeURIComponent(pathOf(name))}`,
    ]) {
      const refused = await client.get(`/Gadgets?${query}`);
      expect([400, 403]).toContain(refused.status);
    }
  });

  test('what is returned always is there whatever is asked for or excluded', async () => {
    const { path } = await create('r-always', 'a');
    for (const query of ['', '?attributes=id', `?excludedAttributes=${encodeURIComponent(pathOf('r-always'))}`]) {
      expect(valueIn((await client.get(path + query)).body, 'r-always'), query).toBe('a');
    }
  });

  test('what is returned by default is excluded, or left out where other things are asked for', async () => {
    const { path } = await create('r-default', 'a');
    expect(valueIn((await client.get(path)).body, 'r-default')).toBe('a');
    for (const query of ['?attributes=id', `?excludedAttributes=${encodeURIComponent(pathOf('r-default'))}`]) {
      expect(valueIn((await client.get(path + query)).body, 'r-default'), query).toBeUndefined();
    }
  });

  test('what is returned on request is there when it is asked for, or was written', async () => {
    const { body, path } = await create('r-request', 'a');
    expect(valueIn(body, 'r-request')).toBe('a');
    expect(valueIn((await client.get(path)).body, 'r-request')).toBeUndefined();
    const asked = await client.get(`${path}?attributes=${encodeURIComponent(pathOf('r-request'))}`);
    expect(valueIn(asked.body, 'r-request')).toBe('a');
    expect(valueIn((await patch(path, 'r-request', 'replace', 'b')).body, 'r-request')).toBe('b');
    expect(valueIn((await patch(path, 'm-readWrite', 'add', 'b')).body, 'r-request')).toBeUndefined();
    expect(valueIn((await client.put(path, bodyOf('r-request', 'c', 'x'))).body, 'r-request')).toBe('c');
    const whole = await client.patch(path, [{ op: 'add', value: bodyOf('r-request', 'd') }]);
    expect(valueIn(whole.body, 'r-request')).toBe('d');
  });

  test.each<[string, Json, Json, Json]>([
    ['u-server', 'Ada', 'aDA', 'Bea'],
    ['u-global', 'Ada', 'Ada', 'ada'],
    ['u-number', 7, 7, 8],
    ['u-many', ['a', 'b'], ['c', 'B'], ['c', 'd']],
  ])(
    '%s: a value that another resource has is refused, in the tenant and nowhere else',
    async (name, taken, again, free) => {
      const { body } = await create(name, taken);
      const refused = { status: 409, body: { scimType: 'uniqueness' } };
      const second = await client.post('/Gadgets', bodyOf(name, again));
      expect(second).toMatchObject(refused);
      expect(second.body['detail']).toContain(`${pathOf(name)} is already taken by Gadget ${body['id']}`);
      const { path } = await create(name, free);
      expect(await patch(path, name, 'replace', again)).toMatchObject(refused);
      expect(await client.put(path, bodyOf(name, again))).toMatchObject(refused);
      expect(await gateway.client('zeta').post('/Gadgets', bodyOf(name, taken))).toMatchObject({ status: 201 });
      await client.delete(`/Gadgets/${body['id']}`);
      expect(await patch(path, name, 'replace', again)).toMatchObject({ status: 200 });
      await client.delete(path);
    },
  );
});

describe('what a schema requires', () => {
  const required = [
    {
      id: 'urn:acme:Crate',
      attributes: [
        simple('label', { required: true }),
        { name: 'size', type: 'complex', subAttributes: [simple('unit', { required: true }), simple('note', {})] },
      ],
    },
    { id: 'urn:acme:seal:Crate', attributes: [simple('number', { required: true }), simple('colour', {})] },
    { id: 'urn:acme:wax:Crate', attributes: [simple('tint', { required: true }), simple('smell', {})] },
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      name: 'Crate',
      endpoint: '/Crates',
      schema: 'urn:acme:Crate',
      schemaExtensions: [
        { schema: 'urn:acme:seal:Crate', required: true },
        { schema: 'urn:acme:wax:Crate', required: false },
      ],
    },
  ];
  const whole = { label: 'a', 'urn:acme:seal:Crate': { number: '1' } };
  let crates: ScimGateway;
  beforeAll(async () => {
    crates = await openScimGateway({ sources: [{ name: 'crate.json', content: required }] });
  });
  afterAll(() => crates.close());

  test.each<[string, Body]>([
    ['an attribute', { 'urn:acme:seal:Crate': { number: '1' } }],
    ['an attribute, given as nothing', { ...whole, label: null }],
    ['a sub-attribute of a value that is there', { ...whole, size: { note: 'x' } }],
    ['an extension', { label: 'a' }],
    ['an attribute of an extension that is required', { label: 'a', 'urn:acme:seal:Crate': { colour: 'red' } }],
    ['an attribute of an extension that is there', { ...whole, 'urn:acme:wax:Crate': { smell: 'sweet' } }],
  ])('is refused without %s, on POST and PUT', async (_what, body) => {
    const client = crates.client();
    const created = await client.post('/Crates', whole);
    expect(created).toMatchObject({ status: 201 });
    const refused = { status: 400, body: { scimType: 'invalidValue' } };
    expect(await client.post('/Crates', body)).toMatchObject(refused);
    expect(await client.put(`/Crates/${created.body['id']}`, body)).toMatchObject(refused);
  });

  test.each(['label', 'urn:acme:seal:Crate', 'urn:acme:seal:Crate:number'])(
    'PATCH does not remove %s',
    async (path) => {
      const client = crates.client();
      const { body } = await client.post('/Crates', whole);
      expect(await client.patch(`/Crates/${body['id']}`, [{ op: 'remove', path }])).toMatchObject({
        status: 400,
        body: { scimType: 'mutability' },
      });
    },
  );
});

test('two extensions with attributes of one name do not collide', async () => {
  const [one, two] = ['urn:acme:one:User', 'urn:acme:one:User:two:User'];
  const attributes = [simple('badge', { uniqueness: 'server' })];
  const twins = await openScimGateway({
    sources: [
      {
        name: 'twins.json',
        content: [
          { id: one, attributes },
          { id: two, attributes },
        ],
      },
    ],
  });
  const client = twins.client();
  const { body } = await client.post('/Users', { userName: 'ada', [one]: { badge: 'x' }, [two]: { badge: 'y' } });
  expect(body).toMatchObject({ [one]: { badge: 'x' }, [two]: { badge: 'y' } });
  const path = `/Users/${body['id']}`;
  const patched = await client.patch(path, [{ op: 'replace', path: `${two}:badge`, value: 'z' }]);
  expect(patched.body).toMatchObject({ [one]: { badge: 'x' }, [two]: { badge: 'z' } });
  const found = await client.get(`/Users?filter=${encodeURIComponent(`${two}:badge eq "z" and ${one}:badge eq "x"`)}`);
  expect(found.body['totalResults']).toBe(1);
  expect((await client.post('/Users', { userName: 'bea', [one]: { badge: 'z' } })).status).toBe(201);
  await twins.close();
});
