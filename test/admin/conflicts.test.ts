import { describe, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { Body } from '../support/scim-client.ts';
import { attribute, BADGE, badge, createUser, put, schemaPath } from './documents.ts';
import { openAdminGateway } from './gateway.ts';

const complex = (...subAttributes: readonly Json[]): { readonly [name: string]: Json } => ({
  type: 'complex',
  subAttributes,
});

/** What is there, what a user says of it, what it is to become, and the path and words of the conflict. */
const BREAKING: readonly (readonly [string, Json[], Body, Json[], string, RegExp])[] = [
  ['an attribute that goes', [attribute('a'), attribute('b')], { a: 'x' }, [attribute('b')], `${BADGE}:a`, /no value/],
  ['a name in another case', [attribute('a')], { a: 'x' }, [attribute('A')], `${BADGE}:a`, /no value/],
  [
    'a sub-attribute that goes',
    [attribute('a', complex(attribute('p'), attribute('q')))],
    { a: { p: 'x' } },
    [attribute('a', complex(attribute('q')))],
    `${BADGE}:a.p`,
    /no value/,
  ],
  [
    'a narrower type',
    [attribute('a')],
    { a: 'x' },
    [attribute('a', { type: 'integer' })],
    `${BADGE}:a`,
    /whole number/,
  ],
  [
    'a type that values do not fit',
    [attribute('a')],
    { a: 'a b' },
    [attribute('a', { type: 'reference' })],
    `${BADGE}:a`,
    /URI/,
  ],
  ['a complex type', [attribute('a')], { a: 'x' }, [attribute('a', complex(attribute('p')))], `${BADGE}:a`, /object/],
  [
    'a simple type',
    [attribute('a', complex(attribute('p')))],
    { a: { p: 'x' } },
    [attribute('a')],
    `${BADGE}:a`,
    /one value/,
  ],
  [
    'one value instead of several',
    [attribute('a', { multiValued: true })],
    { a: ['x'] },
    [attribute('a')],
    `${BADGE}:a`,
    /one value/,
  ],
  [
    'several values instead of one',
    [attribute('a')],
    { a: 'x' },
    [attribute('a', { multiValued: true })],
    `${BADGE}:a`,
    /array/,
  ],
  [
    'a value that becomes required',
    [attribute('a'), attribute('b')],
    { a: 'x' },
    [attribute('a'), attribute('b', { required: true })],
    `${BADGE}:b`,
    /required/,
  ],
  [
    'a new attribute that is required',
    [attribute('a')],
    { a: 'x' },
    [attribute('a'), attribute('b', { required: true })],
    `${BADGE}:b`,
    /required/,
  ],
  [
    'values that are not listed',
    [attribute('a')],
    { a: 'x' },
    [attribute('a', { canonicalValues: ['y', 'z'] })],
    `${BADGE}:a`,
    /one of "y", "z"/,
  ],
  [
    'references elsewhere',
    [attribute('a', { type: 'reference' })],
    { a: '/Groups/1' },
    [attribute('a', { type: 'reference', referenceTypes: ['User'] })],
    `${BADGE}:a`,
    /\/Users\/\{id\}/,
  ],
  [
    'case that no longer counts',
    [attribute('a', { multiValued: true, caseExact: true })],
    { a: ['x', 'X'] },
    [attribute('a', { multiValued: true })],
    `${BADGE}:a`,
    /all different/,
  ],
];

describe('a change that would break stored data is refused, naming the data, and nothing has changed', () => {
  test.each(BREAKING)('%s', async (_what, before, said, after, path, expected) => {
    const gateway = await openAdminGateway();
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    await put(admin, schemaPath(BADGE), badge(...before));
    await createUser(scim, 'without');
    const ids = [await createUser(scim, 'ada', said), await createUser(scim, 'bea', said)];
    const [{ body: user }, { body: schema }] = [await scim.get(`/Users/${ids[0]}`), await admin.get(schemaPath(BADGE))];
    const refused = await admin.put(schemaPath(BADGE), badge(...after));
    expect(refused, refused.text).toMatchObject({ status: 409, body: { code: 'DATA_CONFLICT', resources: 2 } });
    const conflicts = refused.body['conflicts'] as Body[];
    expect(conflicts.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    for (const conflict of conflicts)
      expect(conflict).toMatchObject({ type: 'User', path, expected: expect.stringMatching(expected) });
    expect((await admin.get(schemaPath(BADGE))).body).toEqual(schema);
    expect((await scim.get(`/Users/${ids[0]}`)).body).toEqual(user);
    for (const id of ids) await scim.delete(`/Users/${id}`);
    expect((await admin.put(schemaPath(BADGE), badge(...after))).status).toBe(200);
  });

  test('an extension that goes, and one that becomes required', async () => {
    const gateway = await openAdminGateway();
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    await put(admin, schemaPath(BADGE), badge(attribute('a')));
    const ada = await createUser(scim, 'ada', { a: 'x' });
    const bea = await createUser(scim, 'bea');
    const refused = (id: string) => ({
      status: 409,
      body: { resources: 1, conflicts: [{ id, type: 'User', path: BADGE }] },
    });
    expect(await admin.delete(schemaPath(BADGE))).toMatchObject(refused(ada));
    const { body: user } = await admin.get('/resource-types/User');
    const required = { ...user, schemaExtensions: [{ schema: BADGE, required: true }] };
    expect(await admin.put('/resource-types/User', required)).toMatchObject(refused(bea));
    await scim.patch(`/Users/${bea}`, [{ op: 'add', path: `${BADGE}:a`, value: 'y' }]);
    expect((await admin.put('/resource-types/User', required)).status).toBe(200);
    expect((await scim.post('/Users', { userName: 'cem' })).status).toBe(400);
  });

  test('what DELETE has retained counts as well', async () => {
    const gateway = await openAdminGateway({ acme: '{ lifeCycle: { onDelete: retain } }' });
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    await put(admin, schemaPath(BADGE), badge(attribute('a')));
    const ada = await createUser(scim, 'ada', { a: 'x' });
    await scim.delete(`/Users/${ada}`);
    expect(await admin.delete(schemaPath(BADGE))).toMatchObject({ status: 409, body: { conflicts: [{ id: ada }] } });
  });

  test('more than a page of data is counted, and the first 20 are named', async () => {
    const gateway = await openAdminGateway();
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    await put(admin, schemaPath(BADGE), badge(attribute('a')));
    for (let number = 0; number < 1_100; number++) await createUser(scim, `user${number}`, { a: `${number}` });
    const { body } = await admin.delete(schemaPath(BADGE));
    expect(body['resources']).toBe(1_100);
    expect(body['conflicts']).toHaveLength(20);
    expect(body['detail']).toMatch(/^1100 resources stand against the change, such as .+ Nothing has changed$/);
  });

  test('a hidden value is not told', async () => {
    const gateway = await openAdminGateway();
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    await put(admin, schemaPath(BADGE), badge(attribute('pin', { mutability: 'writeOnly' })));
    await createUser(scim, 'ada', { pin: 'geheim' });
    const refused = await admin.put(
      schemaPath(BADGE),
      badge(attribute('pin', { type: 'integer', mutability: 'writeOnly' })),
    );
    expect(refused.status).toBe(409);
    expect(refused.text).not.toContain('geheim');
  });
});

describe('an attribute that becomes unique', () => {
  const free = badge(attribute('a'));
  const unique = badge(attribute('a', { uniqueness: 'server' }));

  test('is refused where two have a value, and both are named', async () => {
    const gateway = await openAdminGateway();
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    await put(admin, schemaPath(BADGE), free);
    const ids = [await createUser(scim, 'ada', { a: 'X' }), await createUser(scim, 'bea', { a: 'x' })];
    const { status, body } = await admin.put(schemaPath(BADGE), unique);
    expect([status, body['resources']]).toEqual([409, 1]);
    const [conflict] = body['conflicts'] as Body[];
    expect([conflict?.['id'], conflict?.['sharedWith']].toSorted()).toEqual(ids.toSorted());
    expect(conflict).toMatchObject({ path: `${BADGE}:a` });
    await createUser(scim, 'cem', { a: 'x' });
  });

  test('holds for values that were there before, and no longer once it is taken back', async () => {
    const gateway = await openAdminGateway();
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    await put(admin, schemaPath(BADGE), free);
    const ada = await createUser(scim, 'ada', { a: 'X' });
    const { headers } = await scim.get(`/Users/${ada}`);
    await put(admin, schemaPath(BADGE), unique);
    expect((await scim.get(`/Users/${ada}`)).headers['etag']).toBe(headers['etag']);
    const bea = { userName: 'bea', [BADGE]: { a: 'x' } };
    expect(await scim.post('/Users', bea)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(ada) },
    });
    const found = await scim.get(`/Users?filter=${encodeURIComponent(`${BADGE}:a eq "x"`)}`);
    expect(found.body['totalResults']).toBe(1);
    await put(admin, schemaPath(BADGE), free);
    expect((await scim.post('/Users', bea)).status).toBe(201);
  });

  test('counts case where it is told to, and is refused where that brings values together', async () => {
    const gateway = await openAdminGateway();
    const [admin, scim] = [gateway.admin(), gateway.scim()];
    const exact = badge(attribute('a', { uniqueness: 'server', caseExact: true }));
    await put(admin, schemaPath(BADGE), unique);
    await createUser(scim, 'ada', { a: 'X' });
    const bea = { userName: 'bea', [BADGE]: { a: 'x' } };
    expect((await scim.post('/Users', bea)).status).toBe(409);
    await put(admin, schemaPath(BADGE), exact);
    const { status, body } = await scim.post('/Users', bea);
    expect(status).toBe(201);
    expect(await admin.put(schemaPath(BADGE), unique)).toMatchObject({ status: 409, body: { resources: 1 } });
    await scim.delete(`/Users/${body['id']}`);
    await put(admin, schemaPath(BADGE), unique);
    expect((await scim.post('/Users', bea)).status).toBe(409);
  });
});

test('a change that only adds or loosens looks at no data', async () => {
  const gateway = await openAdminGateway();
  const [admin, scim] = [gateway.admin(), gateway.scim()];
  const strict = attribute('a', { required: true, canonicalValues: ['x'], mutability: 'immutable' });
  await put(admin, schemaPath(BADGE), badge(strict));
  const id = await createUser(scim, 'ada', { a: 'x' });
  await put(
    admin,
    schemaPath(BADGE),
    badge(attribute('a', { canonicalValues: ['x', 'y'] }), attribute('b', { uniqueness: 'server' })),
  );
  const patched = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: `${BADGE}:a`, value: 'Y' }]);
  expect(patched.body[BADGE]).toEqual({ a: 'y' });
});
