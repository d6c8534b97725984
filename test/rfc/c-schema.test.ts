import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createUser, ENTERPRISE, GROUP, USER } from '../scim/people.ts';
import { found, listed, query, read, shown, valuesOf } from './answers.ts';
import { createProbed, PAYROLL, PROBE, PROBED, probed, probeOf, TWIN } from './extensions.ts';
import { openRows } from './rows.ts';

const INVALID_VALUE = { status: 400, scimType: 'invalidValue' };
const INVALID_SYNTAX = { status: 400, scimType: 'invalidSyntax' };
const UNKNOWN = 'urn:example:nobody:declared:this';
const row = openRows();

row('C1', async ({ scim }) => {
  const schemas = [ENTERPRISE, USER, USER];
  const user = shown(await scim.post('/Users', { schemas, userName: 'ann', [ENTERPRISE]: { division: 'x' } }));
  expect(user.schemas.toSorted()).toEqual([USER, ENTERPRISE].toSorted());
  for (const path of ['/Users', '/Schemas', '/ServiceProviderConfig', '/Users/none', `/Users/${user.id}`]) {
    const named = (await scim.get(path)).body['schemas'] as readonly string[];
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named).size).toBe(named.length);
  }
});

row('C2', { strict: { profile: 'strict' } }, async ({ scim, client }) => {
  const body = { schemas: [USER, UNKNOWN], userName: 'ann', [UNKNOWN]: { a: 1 } };
  const user = shown(await scim.post('/Users', body));
  expect(user.schemas).toEqual([USER]);
  expect(Object.hasOwn(user, UNKNOWN)).toBe(false);
  expectRefusal(await client('strict').post('/Users', body), INVALID_SYNTAX);
});

row('C3', { strict: { profile: 'strict' } }, async ({ scim, client }) => {
  expect(shown(await scim.post('/Users', { userName: 'ann' })).schemas).toEqual([USER]);
  expectRefusal(await client('strict').post('/Users', { userName: 'ann' }), INVALID_SYNTAX);
  const extensionAlone = { schemas: [ENTERPRISE], userName: 'ann', [ENTERPRISE]: { division: 'x' } };
  expectRefusal(await client('strict').post('/Users', extensionAlone), INVALID_SYNTAX);
});

row('C4', { rfc: { profile: 'rfc' } }, async ({ scim, client }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  expect((await read(scim, path)).schemas).toEqual([USER]);
  await scim.put(path, { schemas: [USER, ENTERPRISE], userName: 'ann', [ENTERPRISE]: { department: 'Sales' } });
  const user = await read(scim, path);
  expect(user.schemas).toContain(ENTERPRISE);
  expect(user[ENTERPRISE]).toEqual({ department: 'Sales' });
  expect(user['department']).toBeUndefined();
  const undeclared = { schemas: [USER], userName: 'ben', [ENTERPRISE]: { division: 'x' } };
  expect(shown(await scim.post('/Users', undeclared)).schemas).toContain(ENTERPRISE);
  expectRefusal(await client('rfc').post('/Users', undeclared), INVALID_SYNTAX);
});

row('C5', { main: { schemas: ['payroll.json'] } }, async ({ scim }) => {
  const types = listed(await scim.get('/ResourceTypes')).Resources;
  expect(types[0]).toMatchObject({ schemaExtensions: expect.arrayContaining([{ schema: PAYROLL, required: true }]) });
  expectRefusal(await scim.post('/Users', { schemas: [USER], userName: 'ann' }), INVALID_VALUE);
  const body = { schemas: [USER, PAYROLL], userName: 'ann', [PAYROLL]: { account: '1' } };
  expect((await scim.post('/Users', body)).status).toBe(201);
});

row('C6', { main: PROBED }, async ({ scim }) => {
  const body = {
    SCHEMAS: [USER.toUpperCase(), PROBE],
    USERNAME: 'ann',
    Emails: [{ VALUE: 'a@example.com' }],
    [PROBE.toUpperCase()]: { CODE: 'x' },
  };
  const { id } = shown(await scim.post('/Users', body));
  const user = await read(scim, `/Users/${id}?attributes=USERNAME,eMails,${PROBE.toUpperCase()}:CODE`);
  expect(user).toMatchObject({ userName: 'ann', emails: [{ value: 'a@example.com' }], [PROBE]: { code: 'x' } });
  expect(await found(scim, `USERNAME eq "ann" and ${PROBE.toUpperCase()}:Code eq "x" and EMAILS.Value pr`)).toEqual([
    'ann',
  ]);
  await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'EMAILS[VALUE eq "a@example.com"].Type', value: 'home' }]);
  expect(valuesOf(await read(scim, `/Users/${id}`), 'emails')[0]?.type).toBe('home');
  const twice = { schemas: [USER], userName: 'ben', username: 'cat' };
  expectRefusal(await scim.post('/Users', twice), INVALID_VALUE);
});

row('C7', { main: PROBED }, async ({ scim }) => {
  const user = await createProbed(scim, 'ann', { boxes: [{ 'size-x_y': 1, $ref: 'https://example.com/1' }] });
  for (const name of ['user name', '1abc', 'a/b', '-a', 'naïve']) {
    const path = await scim.patch(`/Users/${user.id}`, [{ op: 'add', path: name, value: 'x' }]);
    expectRefusal(path, { status: 400, scimType: 'invalidPath' });
    expectRefusal(await scim.get(query('/Users', `${name} eq "x"`)), { status: 400, scimType: 'invalidFilter' });
  }
  expect(await found(scim, `${PROBE}:boxes.size-x_y eq 1 and ${PROBE}:boxes.$ref co "example"`)).toEqual(['ann']);
});

row('C8', { main: PROBED }, async ({ scim }) => {
  const schema = (await scim.get(`/Schemas/${PROBE}`)).body as { readonly attributes?: readonly object[] };
  expect(schema.attributes?.[0]).toMatchObject({
    name: 'plain',
    type: 'string',
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
  });
  await createProbed(scim, 'ann', { plain: 'Once' });
  await createProbed(scim, 'ben', { plain: 'once' });
  expect(await found(scim, `${PROBE}:plain eq "ONCE"`)).toEqual(['ann', 'ben']);
});

row('C9', { strict: { profile: 'strict' } }, async ({ scim, client }) => {
  for (const [name, active, stored] of [
    ['a', 'True', true],
    ['b', 'false', false],
    ['c', true, true],
  ] as const) {
    expect(shown(await scim.post('/Users', { schemas: [USER], userName: name, active }))['active']).toBe(stored);
  }
  for (const active of ['yes', 1, 0, [true]]) {
    const answer = await scim.post('/Users', { schemas: [USER], userName: 'd', active });
    expectRefusal(answer, INVALID_VALUE);
  }
  expectRefusal(
    await client('strict').post('/Users', { schemas: [USER], userName: 'a', active: 'true' }),
    INVALID_VALUE,
  );
  expect(await found(scim, 'active eq "True"')).toEqual(['a', 'c']);
  expectRefusal(await client('strict').get(query('/Users', 'active eq "True"')), {
    status: 400,
    scimType: 'invalidFilter',
  });
});

row('C10', { main: PROBED }, async ({ scim }) => {
  for (const count of ['1.5', '1e3', '1.0', '1e-3', '"1"', '1e400', '9007199254740993']) {
    const body = JSON.stringify(probed('ann', { count: 0 })).replace('"count":0', `"count":${count}`);
    expectRefusal(await scim.send('POST', '/Users', { body }), INVALID_VALUE);
  }
  expect(probeOf(await createProbed(scim, 'ann', { count: -42 }))['count']).toBe(-42);
});

row('C11', { main: PROBED }, async ({ scim }) => {
  const ratios = [0.1, 1.7976931348623157e308, -2.5e-10, -3.0000000000000004];
  for (const [index, ratio] of ratios.entries()) {
    const { id } = await createProbed(scim, `u${index}`, { ratio });
    expect(probeOf(await read(scim, `/Users/${id}`))['ratio']).toBe(ratio);
    expect(await found(scim, `${PROBE}:ratio eq ${ratio}`)).toEqual([`u${index}`]);
  }
});

row('C12', { main: PROBED }, async ({ scim }) => {
  for (const at of ['2011-05-13', '13:00:00Z', '2011-02-30T00:00:00Z', '2011-05-13 04:42:34Z', 1305261754]) {
    expectRefusal(await scim.post('/Users', probed('x', { at })), INVALID_VALUE);
  }
  await createProbed(scim, 'ann', { at: '2011-05-13T06:42:34.500+02:00' });
  await createProbed(scim, 'ben', { at: '2011-05-13T04:42:34.5Z' });
  await createProbed(scim, 'cat', { at: '2011-05-13T04:42:35Z' });
  expect(await found(scim, `${PROBE}:at eq "2011-05-13T04:42:34.5Z"`)).toEqual(['ann', 'ben']);
  expect(await found(scim, `${PROBE}:at gt "2011-05-13T00:42:34.6-04:00"`)).toEqual(['cat']);
  const sent = '2011-05-13T06:42:34.1234567+02:00';
  expect(probeOf(await createProbed(scim, 'dan', { at: sent }))['at']).toBe(sent);
});

row('C13', { main: PROBED }, async ({ scim }) => {
  for (const key of ['a', 'abc!', 'a b=', 'YQ=', '===='])
    expectRefusal(await scim.post('/Users', probed('x', { key })), INVALID_VALUE);
  await createProbed(scim, 'ann', { key: 'YWJj' });
  await createProbed(scim, 'ben', { key: 'YQ==' });
  await createProbed(scim, 'cat', { key: 'YQ' });
  expect(await found(scim, `${PROBE}:key eq "YWJj"`)).toEqual(['ann']);
  expect(await found(scim, `${PROBE}:key eq "ywjj"`)).toEqual([]);
});

row('C14', { main: PROBED }, async ({ scim, root }) => {
  const id = await createUser(scim, 'ann');
  await scim.post('/Groups', { schemas: [GROUP], displayName: 'g', members: [{ value: id }] });
  const [group] = valuesOf(await read(scim, `/Users/${id}`), 'groups');
  const path = String(group?.$ref).slice(root.baseUrl.length);
  expect(path).toMatch(/^\/scim\/v2\/Groups\//);
  const [member] = valuesOf(await read(root, path), 'members');
  expect((await read(root, String(member?.$ref).slice(root.baseUrl.length))).id).toBe(id);
  const probe = { home: '../pages/ann' };
  expect(probeOf(await createProbed(scim, 'ben', probe))).toEqual(probe);
});

row('C15', async ({ scim }) => {
  const body = {
    schemas: [USER],
    userName: 'ann',
    name: { givenName: 'A', familyName: 'B' },
    emails: [{ type: 'work', value: 'a@b.example' }],
  };
  const one = shown(await scim.post('/Users', body));
  const reversed = {
    emails: [{ value: 'a@b.example', type: 'work' }],
    name: { familyName: 'B', givenName: 'A' },
    userName: 'ann',
    schemas: [USER],
  };
  const two = shown(await scim.put(`/Users/${one.id}`, reversed));
  expect(two).toEqual(one);
});

row('C16', async ({ scim }) => {
  const wrong = [
    { name: 'Ann' },
    { name: ['Ann'] },
    { title: { a: 1 } },
    { title: ['a', 'b'] },
    { nickName: 7 },
    { emails: [['a']] },
  ];
  for (const more of wrong) {
    const answer = await scim.post('/Users', { schemas: [USER], userName: 'ann', ...more });
    expect(answer.status, JSON.stringify(more)).toBe(400);
    expect(answer.body['scimType']).toMatch(/^invalid(Value|Syntax)$/);
  }
  expectRefusal(await scim.post('/Users', [{ schemas: [USER], userName: 'ann' }]), INVALID_SYNTAX);
});

row('C17', { strict: { profile: 'strict' } }, async ({ scim, client }) => {
  const emails = [
    { value: 'a@example.com', primary: true },
    { value: 'b@example.com', primary: true },
  ];
  const body = { schemas: [USER], userName: 'ann', emails };
  const user = shown(await scim.post('/Users', body));
  expect(valuesOf(user, 'emails').map(({ primary }) => primary)).toEqual([true, false]);
  const strict = client('strict');
  expectRefusal(await strict.post('/Users', body), INVALID_VALUE);
  const id = await createUser(strict, 'ann');
  expectRefusal(await strict.put(`/Users/${id}`, body), INVALID_VALUE);
  expect(valuesOf(await read(strict, `/Users/${id}`), 'emails')).toEqual([]);
});

row('C18', async ({ scim }) => {
  await createUser(scim, 'ann', { emails: [{ value: 'z@example.com' }, { value: 'b@example.com', primary: true }] });
  await createUser(scim, 'ben', { emails: [{ value: 'c@example.com' }] });
  expect(await found(scim, 'emails[value eq "z@example.com" and primary eq true]')).toEqual([]);
  expect(await found(scim, 'emails[value eq "b@example.com" and primary eq true]')).toEqual(['ann']);
  expect(await found(scim, 'emails[value sw "z" and not (primary eq true)]')).toEqual(['ann']);
  const sorted = listed(await scim.get('/Users?sortBy=emails.value')).Resources.map(({ userName }) => userName);
  expect(sorted).toEqual(['ann', 'ben']);
});

row('C19', async ({ scim }) => {
  const same = { value: 'a@example.com', type: 'work' };
  const emails = [same, { ...same, value: 'A@EXAMPLE.COM' }, { ...same, type: 'home' }, same];
  const id = await createUser(scim, 'ann', { emails });
  const typesOf = async () => valuesOf(await read(scim, `/Users/${id}`), 'emails').map(({ type }) => type);
  expect(await typesOf()).toEqual(['work', 'home']);
  await scim.patch(`/Users/${id}`, [{ op: 'add', path: 'emails', value: [same] }]);
  expect(await typesOf()).toEqual(['work', 'home']);
});

row('C20', async ({ scim }) => {
  const id = await createUser(scim, 'ann');
  const refs = [`/Users/${id}`, `/v2/Users/${id}`, `https://other.example/scim/v2/Users/${id}`, `../Users/${id}`];
  for (const [index, $ref] of refs.entries()) {
    const members = [{ value: id, $ref }];
    const group = shown(await scim.post('/Groups', { schemas: [GROUP], displayName: `g${index}`, members }));
    expect(valuesOf(group, 'members').map(({ value }) => value)).toEqual([id]);
  }
  const group = { schemas: [GROUP], displayName: 'other', members: [{ value: id, $ref: '/v2/Users/another' }] };
  expectRefusal(await scim.post('/Groups', group), INVALID_VALUE);
});

row('C21', { rfc: { profile: 'rfc' } }, async ({ scim, client }) => {
  const plain = shown(await scim.post('/Users', { schemas: [USER], userName: 'ann' }));
  const empty = { title: null, emails: [], name: null, addresses: null, nickName: null };
  const cleared = shown(await scim.post('/Users', { schemas: [USER], userName: 'ben', ...empty }));
  expect(Object.keys(cleared)).toEqual(Object.keys(plain));
  for (const attribute of ['title', 'emails', 'name', 'addresses', 'nickName']) {
    expect(await found(scim, `${attribute} pr`)).toEqual([]);
  }
  const filled = await createUser(scim, 'cat', { title: 'Dr', emails: [{ value: 'c@example.com' }] });
  const put = shown(await scim.put(`/Users/${filled}`, { schemas: [USER], userName: 'cat', ...empty }));
  expect(Object.keys(put)).toEqual(Object.keys(plain));
  const strings = { schemas: [USER], userName: 'dan', title: '', name: { givenName: '' } };
  expect(Object.keys(shown(await scim.post('/Users', strings)))).toEqual(Object.keys(plain));
  expect(shown(await client('rfc').post('/Users', strings))).toMatchObject({ title: '', name: { givenName: '' } });
});

row('C22', { main: PROBED }, async ({ scim }) => {
  const user = await createProbed(scim, 'ann', { code: 'aBc' });
  expect(probeOf(user)['code']).toBe('aBc');
  expect(await found(scim, `${PROBE}:code eq "abc"`)).toEqual([]);
  expect(await found(scim, `${PROBE}:code eq "aBc"`)).toEqual(['ann']);
  expect((await scim.post('/Users', probed('ben', { code: 'ABC' }))).status).toBe(201);
  expectRefusal(await scim.post('/Users', probed('cat', { code: 'aBc' })), { status: 409, scimType: 'uniqueness' });
});

row('C23', { main: PROBED }, async ({ scim }) => {
  const user = await createProbed(scim, 'Ann', { alias: 'Boss', tags: ['Red'] });
  expect(user.userName).toBe('Ann');
  expect(await found(scim, `${PROBE}:alias eq "BOSS" and userName sw "AN"`)).toEqual(['Ann']);
  expectRefusal(await scim.post('/Users', probed('ben', { alias: 'bOSS' })), { status: 409, scimType: 'uniqueness' });
  await scim.patch(`/Users/${user.id}`, [
    { op: 'add', path: 'emails', value: [{ type: 'Work', value: 'a@example.com' }] },
  ]);
  await scim.patch(`/Users/${user.id}`, [{ op: 'remove', path: 'emails[type eq "WORK"]' }]);
  expect(valuesOf(await read(scim, `/Users/${user.id}`), 'emails')).toEqual([]);
});

row('C24', { main: PROBED }, async ({ scim }) => {
  const user = await createProbed(scim, 'ann', { assigned: 'mine', code: 'x' });
  expect(probeOf(user)).toEqual({ code: 'x' });
  const put = shown(await scim.put(`/Users/${user.id}`, probed('ann', { assigned: 'mine', code: 'x' })));
  expect(probeOf(put)).toEqual({ code: 'x' });
  for (const path of [`${PROBE}:assigned`, 'id', 'meta.created', 'groups']) {
    const answer = await scim.patch(`/Users/${user.id}`, [{ op: 'add', path, value: 'mine' }]);
    expectRefusal(answer, { status: 400, scimType: 'mutability' });
  }
});

row('C25', { main: PROBED }, async ({ scim }) => {
  const mutability = { status: 400, scimType: 'mutability' };
  const set = await createProbed(scim, 'ann', { serial: '1' });
  expectRefusal(await scim.put(`/Users/${set.id}`, probed('ann', { serial: '2' })), mutability);
  expectRefusal(
    await scim.patch(`/Users/${set.id}`, [{ op: 'replace', path: `${PROBE}:serial`, value: '2' }]),
    mutability,
  );
  expectRefusal(await scim.patch(`/Users/${set.id}`, [{ op: 'remove', path: `${PROBE}:serial` }]), mutability);
  expect(probeOf(await read(scim, `/Users/${set.id}`))['serial']).toBe('1');
  const unset = await createProbed(scim, 'ben', {});
  expect((await scim.patch(`/Users/${unset.id}`, [{ op: 'add', path: `${PROBE}:serial`, value: '3' }])).status).toBe(
    200,
  );
  expect(probeOf(await read(scim, `/Users/${unset.id}`))['serial']).toBe('3');
});

row('C26', { main: PROBED }, async ({ scim, root }) => {
  const secrets = { password: 'Canary-Password-1', [PROBE]: { pin: 'Canary-Pin-2', badge: 'b' } };
  const body = { schemas: [USER, PROBE], userName: 'ann', ...secrets };
  const asked = `?attributes=password,userName,${PROBE}:pin,${PROBE}`;
  const created = await scim.post(`/Users${asked}`, body);
  const path = `/Users/${shown(created).id}`;
  const answers = [
    created,
    await scim.get(path + asked),
    await scim.get(`/Users${asked}`),
    await scim.put(path + asked, body),
    await scim.patch(path + asked, [{ op: 'replace', path: 'password', value: 'Canary-Password-3' }]),
    await scim.patch(path, [{ op: 'replace', value: { [PROBE]: { pin: 'Canary-Pin-4' } } }]),
    await scim.post('/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [{ method: 'PUT', path, bulkId: 'ann', data: { ...body, password: 'Canary-Password-5' } }],
    }),
    await root.post(
      '/graphql',
      { query: '{ users(first: 9) { nodes { id userName } } }' },
      { 'content-type': 'application/json' },
    ),
  ];
  for (const { status, text } of answers) {
    expect(status, text).toBeLessThan(300);
    expect(text).toContain('ann');
    expect(text).not.toMatch(/canary|"password"|"pin"|argon2/i);
  }
});

row('C27', { main: PROBED }, async ({ scim }) => {
  const { id } = await createProbed(scim, 'ann', { badge: 'b', code: 'x' });
  for (const asked of [
    'attributes=title',
    'attributes=userName',
    `excludedAttributes=id,schemas,${PROBE}:badge,${PROBE}`,
  ]) {
    const user = await read(scim, `/Users/${id}?${asked}`);
    expect(user.id).toBe(id);
    expect(user.schemas).toContain(USER);
    expect(probeOf(user)['badge']).toBe('b');
  }
});

row('C28', { main: PROBED }, async ({ scim }) => {
  const created = await createProbed(scim, 'ann', { note: 'n', code: 'x' });
  expect(probeOf(created)).toEqual({ note: 'n', code: 'x' });
  const { id } = created;
  const user = await read(scim, `/Users/${id}`);
  expect(probeOf(user)).toEqual({ code: 'x' });
  const patched = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: `${PROBE}:note`, value: 'm' }]);
  expect(probeOf(shown(patched))).toEqual({ note: 'm', code: 'x' });
  expect(probeOf(shown(await scim.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'Dr' }])))).toEqual({
    code: 'x',
  });
  expect(probeOf(await read(scim, `/Users/${id}?attributes=${PROBE}:note`))).toEqual({ note: 'm' });
});

row('C29', { other: {} }, async ({ scim, client }) => {
  await createUser(scim, 'ann');
  expectRefusal(await scim.post('/Users', { schemas: [USER], userName: 'ANN' }), {
    status: 409,
    scimType: 'uniqueness',
  });
  expect((await client('other').post('/Users', { schemas: [USER], userName: 'ann' })).status).toBe(201);
});

row('C30', { main: PROBED }, async ({ scim }) => {
  const email = { value: 'ann@example.com', type: 'holiday' };
  const { id } = await createProbed(scim, 'ann', { colour: 'RED' });
  const path = `/Users/${id}`;
  await scim.patch(path, [{ op: 'add', path: 'emails', value: [email] }]);
  const user = await read(scim, path);
  expect([user['emails'], probeOf(user)['colour']]).toEqual([[email], 'red']);
  expectRefusal(await scim.post('/Users', probed('ben', { colour: 'mauve' })), INVALID_VALUE);
  expectRefusal(await scim.put(path, probed('ann', { colour: 'taupe' })), INVALID_VALUE);
  const patch = [{ op: 'replace', path: `${PROBE}:colour`, value: 'ecru' }];
  expectRefusal(await scim.patch(path, patch), INVALID_VALUE);
  expect(await read(scim, path)).toEqual(user);
});

row('C31', { lenient: { lifeCycle: { references: 'lenient' } } }, async ({ scim, client }) => {
  const nobody = '00000000-0000-4000-8000-000000000000';
  const id = await createUser(scim, 'ann');
  const user = { schemas: [USER, ENTERPRISE], userName: 'ann', [ENTERPRISE]: { manager: { value: nobody } } };
  const group = { schemas: [GROUP], displayName: 'g', members: [{ value: nobody }] };
  const empty = shown(await scim.post('/Groups', { schemas: [GROUP], displayName: 'g' })).id;
  const answers = [
    await scim.post('/Users', { ...user, userName: 'ben' }),
    await scim.put(`/Users/${id}`, user),
    await scim.patch(`/Users/${id}`, [{ op: 'add', path: `${ENTERPRISE}:manager`, value: { value: nobody } }]),
    await scim.post('/Groups', { ...group, displayName: 'h' }),
    await scim.put(`/Groups/${empty}`, group),
    await scim.patch(`/Groups/${empty}`, [{ op: 'add', path: 'members', value: [{ value: nobody }] }]),
  ];
  for (const answer of answers) expectRefusal(answer, INVALID_VALUE);
  expect(await found(scim, 'displayName pr', '/Groups')).toEqual(['g']);
  const lenient = client('lenient');
  expect(shown(await lenient.post('/Users', user))[ENTERPRISE]).toBeUndefined();
  expect(valuesOf(shown(await lenient.post('/Groups', group)), 'members')).toEqual([]);
});

row('C32', async ({ scim }) => {
  const group = shown(await scim.post('/Groups', { schemas: [GROUP], displayName: 'g' })).id;
  const user = { schemas: [USER, ENTERPRISE], userName: 'ann', [ENTERPRISE]: { manager: { value: group } } };
  expectRefusal(await scim.post('/Users', user), INVALID_VALUE);
  const id = await createUser(scim, 'ann');
  const patched = await scim.patch(`/Users/${id}`, [{ op: 'add', path: `${ENTERPRISE}:manager`, value: group }]);
  expectRefusal(patched, INVALID_VALUE);
  const misnamed = { schemas: [GROUP], displayName: 'h', members: [{ value: id, type: 'Group' }] };
  expectRefusal(await scim.post('/Groups', misnamed), INVALID_VALUE);
});

row('C33', { main: { profile: 'rfc' }, kept: {} }, async ({ scim, client }) => {
  const sent = {
    emails: [{ value: 'Ann.Lee@Mail.EXAMPLE.com' }],
    ims: [{ value: 'Ann Lee 7' }],
    addresses: [{ type: 'work', country: 'us' }],
  };
  const user = shown(await scim.post('/Users', { schemas: [USER], userName: 'ann', ...sent }));
  expect(valuesOf(user, 'emails')).toEqual([{ value: 'Ann.Lee@mail.example.com' }]);
  expect(valuesOf(user, 'ims')).toEqual([{ value: 'annlee7' }]);
  expect(valuesOf(user, 'addresses')).toEqual([{ type: 'work', country: 'US' }]);
  const add = { op: 'add', path: 'emails', value: [{ value: 'ann@B.Example', type: 'home' }] };
  const patched = shown(await scim.patch(`/Users/${user.id}`, [add]));
  expect(valuesOf(patched, 'emails').map(({ value }) => value)).toContain('ann@b.example');
  const asSent = shown(await client('kept').post('/Users', { schemas: [USER], userName: 'ann', ...sent }));
  expect(asSent).toMatchObject({ emails: sent.emails, ims: sent.ims, addresses: [{ country: 'US' }] });
});

row('C34', { main: { schemas: ['probe.json', 'twin.json'] } }, async ({ scim }) => {
  const body = {
    schemas: [USER, PROBE, TWIN],
    userName: 'ann',
    [PROBE]: { code: 'p', count: 1 },
    [TWIN]: { code: 't', count: 'one' },
  };
  const { id } = shown(await scim.post('/Users', body));
  expect(await read(scim, `/Users/${id}`)).toMatchObject({
    [PROBE]: { code: 'p', count: 1 },
    [TWIN]: { code: 't', count: 'one' },
  });
  expect(await found(scim, `${TWIN}:code eq "t" and ${PROBE}:code eq "p"`)).toEqual(['ann']);
  expect(await found(scim, `${TWIN}:code eq "p"`)).toEqual([]);
  await scim.patch(`/Users/${id}`, [
    { op: 'remove', path: `${TWIN}:code` },
    { op: 'replace', path: `${PROBE}:count`, value: 2 },
  ]);
  const after = await read(scim, `/Users/${id}`);
  expect([probeOf(after), probeOf(after, TWIN)]).toEqual([{ code: 'p', count: 2 }, { count: 'one' }]);
});
