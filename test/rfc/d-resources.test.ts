import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, USER } from '../scim/people.ts';
import { found, listed, query, read, shown, valuesOf } from './answers.ts';
import { openRows } from './rows.ts';

const INVALID_VALUE = { status: 400, scimType: 'invalidValue' };
const MUTABILITY = { status: 400, scimType: 'mutability' };
const UNIQUENESS = { status: 409, scimType: 'uniqueness' };
/** Self-signed, of a key that exists nowhere else. */
const CERTIFICATE = [
  'MIIBczCCARmgAwIBAgIUY2+2BmQw5r4aQ3R1dAr3J+YOSZQwCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDYW5uMCAXDTI2MTEyNjIw',
  'MzQzN1oYDzIxMjYxMTAyMjAzNDM3WjAOMQwwCgYDVQQDDANhbm4wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASZ+klsj9AyuQ9I',
  'LEBgFkl6zIpquCD7j7vZLndYgmvEu5A7Qj/rAqSVuC6Ev7bw0ZsawfUmM9cp7bcS1EMc4dlto1MwUTAdBgNVHQ4EFgQUpRV7VulA',
  'mGCALOEjCiknj64HTbswHwYDVR0jBBgwFoAUpRV7VulAmGCALOEjCiknj64HTbswDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD',
  'AgNIADBFAiB9Rg2VuNfj96cynTVKc8fcKr5Cfdbf0TisVitUuJk8hwIhAMQH46aF/Mzidjccyg0914H3tVn4v3jjsNOG2l6AYkNe',
].join('');
const row = openRows();

row('D1', async ({ scim }) => {
  const body = { schemas: [USER], id: 'chosen', userName: 'ann' };
  const user = shown(await scim.post('/Users', body));
  expect(user.id).not.toBe('chosen');
  expect(user.id.length).toBeGreaterThan(0);
  expectRefusal(await scim.get('/Users/chosen'), { status: 404 });
  const put = shown(await scim.put(`/Users/${user.id}`, { ...body, title: 'Dr' }));
  const patched = shown(await scim.patch(`/Users/${user.id}`, [{ op: 'replace', path: 'userName', value: 'ann2' }]));
  expect([put.id, patched.id]).toEqual([user.id, user.id]);
});

row('D2', async ({ scim }) => {
  const ids = new Set<string>();
  for (let round = 0; round < 50; round += 1) {
    const id = await createUser(scim, 'ann');
    expect(id).not.toMatch(/bulkid/i);
    ids.add(id);
    await scim.delete(`/Users/${id}`);
  }
  expect(ids.size).toBe(50);
});

row('D3', async ({ scim }) => {
  const id = await createUser(scim, 'ann');
  const other = /[a-z]/.test(id) ? id.toUpperCase() : id.toLowerCase();
  expect(other).not.toBe(id);
  expectRefusal(await scim.get(`/Users/${other}`), { status: 404 });
  expect(await found(scim, `id eq "${other}"`)).toEqual([]);
  expect(await found(scim, `id eq "${id}"`)).toEqual(['ann']);
});

row('D4', async ({ scim }) => {
  const none = shown(await scim.post('/Users', { schemas: [USER], userName: 'ann' }));
  expect(Object.hasOwn(none, 'externalId')).toBe(false);
  const user = shown(await scim.post('/Users', { schemas: [USER], userName: 'ben', externalId: 'X-ä:7 ' }));
  expect(user['externalId']).toBe('X-ä:7 ');
  await scim.patch(`/Users/${user.id}`, [{ op: 'add', path: 'title', value: 'Dr' }]);
  expect((await read(scim, `/Users/${user.id}`))['externalId']).toBe('X-ä:7 ');
  expect(await found(scim, 'externalId eq "X-ä:7 "')).toEqual(['ben']);
  expect(await found(scim, 'externalId eq "x-ä:7 "')).toEqual([]);
});

row('D5', { other: {} }, async ({ scim, client }) => {
  const id = await createUser(scim, 'ann', { externalId: '1' });
  const other = client('other');
  expect(await found(other, 'externalId eq "1"')).toEqual([]);
  const theirs = await createUser(other, 'ann', { externalId: '1' });
  expect(theirs).not.toBe(id);
  for (const path of ['/Users/1', `/Users/${id}`]) expectRefusal(await other.get(path), { status: 404 });
  await createUser(scim, 'ben', { externalId: id });
  expect((await read(scim, `/Users/${id}`)).userName).toBe('ann');
});

row('D6', { rfc: { profile: 'rfc' } }, async ({ scim, client }) => {
  const forged = { resourceType: 'Robot', created: '1999-01-01T00:00:00Z', location: 'https://evil.example' };
  const meta = { ...forged, version: 'W/"9"' };
  for (const tenant of [scim, client('rfc')]) {
    const user = shown(await tenant.post('/Users', { schemas: [USER], userName: 'ann', meta }));
    const path = `/Users/${user.id}`;
    const put = shown(await tenant.put(path, { schemas: [USER], userName: 'ann', title: 'Dr', meta }));
    const patched = shown(await tenant.patch(path, [{ op: 'replace', value: { title: 'Prof', meta } }]));
    expect(patched['title']).toBe('Prof');
    for (const { meta: own } of [user, put, patched]) {
      expect(own).toMatchObject({ resourceType: 'User', created: user.meta.created, location: user.meta.location });
      expect(own.version).not.toBe(meta.version);
    }
  }
});

row('D7', async ({ scim }) => {
  const user = shown(await scim.post('/Users', { schemas: [USER], userName: 'ann' }));
  expect(Object.keys(user.meta).toSorted()).toEqual(['created', 'lastModified', 'location', 'resourceType', 'version']);
  expect(user.meta.resourceType).toBe('User');
  expect(user.meta.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  expect(user.meta.lastModified).toBe(user.meta.created);
});

row('D8', async ({ scim }) => {
  const { id, meta } = shown(await scim.post('/Users', { schemas: [USER], userName: 'ann', title: 'Dr' }));
  const replace = (value: string) => scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value }]);
  const same = shown(await replace('Dr'));
  expect(same.meta).toEqual(meta);
  const times = [meta.lastModified];
  for (const title of ['A', 'B', 'C']) times.push(shown(await replace(title)).meta.lastModified);
  expect(times).toEqual(times.toSorted());
  const after = await read(scim, `/Users/${id}`);
  expect(after.meta.created).toBe(meta.created);
  expect(after.meta.version).not.toBe(meta.version);
});

row('D9', async ({ scim }) => {
  const forged = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example;proto=https',
  };
  const answer = await scim.post('/Users', { schemas: [USER], userName: 'ann' }, forged);
  const { id, meta } = shown(answer);
  expect(meta.location).toBe(`${scim.baseUrl}/Users/${id}`);
  expect(answer.headers['location']).toBe(meta.location);
  const got = await scim.get(new URL(meta.location).pathname.slice('/scim/v2'.length), forged);
  expect(shown(got).meta.location).toBe(meta.location);
  expect(got.headers['content-location']).toBe(meta.location);
});

row('D10', async ({ scim }) => {
  const created = await scim.post('/Users', { schemas: [USER], userName: 'ann' });
  const path = `/Users/${shown(created).id}`;
  const answers = [created, await scim.get(path), await scim.patch(path, [{ op: 'add', path: 'title', value: 'Dr' }])];
  for (const answer of answers) {
    expect(answer.headers['etag']).toMatch(/^(W\/)?"[^"]+"$/);
    expect(answer.headers['etag']).toBe(shown(answer).meta.version);
  }
});

row('D11', async ({ scim }) => {
  for (const more of [{}, { userName: '' }, { userName: null }, { userName: '   ' }, { userName: 5 }]) {
    expectRefusal(await scim.post('/Users', { schemas: [USER], ...more }), INVALID_VALUE);
  }
  expect((await scim.get('/Users')).body['totalResults']).toBe(0);
});

row('D12', async ({ scim }) => {
  await createUser(scim, 'bjensen');
  expectRefusal(await scim.post('/Users', { schemas: [USER], userName: 'BJensen' }), UNIQUENESS);
});

row('D13', async ({ scim }) => {
  const created = await scim.post('/Users', { schemas: [USER], userName: 'ann', password: 'Correct-Horse-9' });
  const path = `/Users/${shown(created).id}`;
  const answers = [
    created,
    await scim.get(path),
    await scim.get(`${path}?attributes=password`),
    await scim.get(query('/Users', 'password eq "Correct-Horse-9"')),
    await scim.get(query('/Users', 'password pr')),
    await scim.get(query('/Users', 'password sw "C"')),
    await scim.get('/Users?sortBy=password&attributes=password'),
  ];
  for (const { text } of answers) expect(text).not.toMatch(/"password":|argon2|Correct-Horse/);
  for (const answer of answers.slice(3, 6)) expectRefusal(answer, { status: 403, scimType: 'sensitive' });
});

row('D15', async ({ scim }) => {
  const id = await createUser(scim, 'ann', { active: true });
  await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: false }]);
  expect((await read(scim, `/Users/${id}`))['active']).toBe(false);
  expect(await found(scim, 'active eq false')).toEqual(['ann']);
  expect(await found(scim, 'userName eq "ann"')).toEqual(['ann']);
});

row('D16', { writable: { lifeCycle: { userGroups: 'existing' } } }, async ({ scim, client }) => {
  const group = await createGroup(scim, 'g');
  const user = shown(await scim.post('/Users', { schemas: [USER], userName: 'ann', groups: [{ value: group }] }));
  expect(valuesOf(user, 'groups')).toEqual([]);
  const put = shown(
    await scim.put(`/Users/${user.id}`, { schemas: [USER], userName: 'ann', groups: [{ value: group }] }),
  );
  expect(valuesOf(put, 'groups')).toEqual([]);
  const add = (value: string) => [{ op: 'add', path: 'groups', value: [{ value }] }];
  expectRefusal(await scim.patch(`/Users/${user.id}`, add(group)), MUTABILITY);
  await scim.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: [{ value: user.id }] }]);
  expect(valuesOf(await read(scim, `/Users/${user.id}`), 'groups')).toMatchObject([{ value: group, display: 'g' }]);
  await scim.patch(`/Groups/${group}`, [{ op: 'remove', path: `members[value eq "${user.id}"]` }]);
  expect(valuesOf(await read(scim, `/Users/${user.id}`), 'groups')).toEqual([]);
  const writable = client('writable');
  const [other, joined] = [await createUser(writable, 'ann'), await createGroup(writable, 'g')];
  await writable.patch(`/Users/${other}`, add(joined));
  expect(valuesOf(await read(writable, `/Groups/${joined}`), 'members')).toMatchObject([{ value: other }]);
});

row('D17', async ({ scim }) => {
  const user = await createUser(scim, 'ann');
  const inner = await createGroup(scim, 'inner', [user]);
  const outer = await createGroup(scim, 'outer', [inner]);
  const groups = valuesOf(await read(scim, `/Users/${user}`), 'groups');
  const base = `${scim.baseUrl}/Groups`;
  expect(groups.toSorted((one, two) => (one.type ?? '').localeCompare(two.type ?? ''))).toEqual([
    { value: inner, $ref: `${base}/${inner}`, display: 'inner', type: 'direct' },
    { value: outer, $ref: `${base}/${outer}`, display: 'outer', type: 'indirect' },
  ]);
});

row('D18', { entra: { profile: 'entra' } }, async ({ scim, client }) => {
  const withCountry = (userName: string, country: string) => ({
    schemas: [USER],
    userName,
    addresses: [{ type: 'work', country }],
  });
  for (const country of ['USA', 'U', 'Germany', '12'])
    expectRefusal(await scim.post('/Users', withCountry('x', country)), INVALID_VALUE);
  const user = shown(await scim.post('/Users', withCountry('ann', 'us')));
  expect(valuesOf(user, 'addresses')[0]).toMatchObject({ country: 'US' });
  const named = shown(await client('entra').post('/Users', withCountry('ann', 'Germany')));
  expect(valuesOf(named, 'addresses')[0]).toMatchObject({ country: 'Germany' });
});

row('D19', async ({ scim }) => {
  const user = { schemas: [USER], userName: 'ann', x509Certificates: [{ value: CERTIFICATE }] };
  expect(valuesOf(shown(await scim.post('/Users', user)), 'x509Certificates')).toEqual([{ value: CERTIFICATE }]);
  const wrong = ['not base64!', 'YWJj', `${CERTIFICATE}${CERTIFICATE}`.replace(/=+/g, ''), CERTIFICATE.slice(0, 80)];
  for (const value of wrong) {
    const answer = await scim.post('/Users', { ...user, userName: 'ben', x509Certificates: [{ value }] });
    expectRefusal(answer, INVALID_VALUE);
  }
});

row('D20', async ({ scim }) => {
  const values = [
    { locale: 'en-US' },
    { locale: 'de_CH' },
    { locale: 'zh-Hant-TW' },
    { timezone: 'America/Los_Angeles' },
    { timezone: 'Pacific Standard Time' },
    { preferredLanguage: 'da, en-gb;q=0.8, en;q=0.7' },
    { preferredLanguage: 'en-US' },
  ];
  for (const [index, more] of values.entries()) {
    expect(shown(await scim.post('/Users', { schemas: [USER], userName: `u${index}`, ...more }))).toMatchObject(more);
  }
  for (const wrong of [{ locale: 7 }, { timezone: ['x'] }, { preferredLanguage: { a: 1 } }]) {
    expectRefusal(await scim.post('/Users', { schemas: [USER], userName: 'x', ...wrong }), INVALID_VALUE);
  }
});

row('D21', async ({ scim }) => {
  for (const more of [{}, { displayName: '' }, { displayName: null }]) {
    expectRefusal(await scim.post('/Groups', { schemas: [GROUP], ...more }), INVALID_VALUE);
  }
});

row('D22', async ({ scim }) => {
  const user = await createUser(scim, 'ann', { displayName: 'Ann' });
  const inner = await createGroup(scim, 'inner');
  const outer = await createGroup(scim, 'outer', [user, inner]);
  const base = scim.baseUrl;
  const members = valuesOf(await read(scim, `/Groups/${outer}`), 'members');
  expect(members).toHaveLength(2);
  expect(members).toEqual(
    expect.arrayContaining([
      { value: user, $ref: `${base}/Users/${user}`, type: 'User', display: 'Ann' },
      { value: inner, $ref: `${base}/Groups/${inner}`, type: 'Group', display: 'inner' },
    ]),
  );
  const path = `members[value eq "${user}"].value`;
  expectRefusal(await scim.patch(`/Groups/${outer}`, [{ op: 'replace', path, value: inner }]), MUTABILITY);
  expect(valuesOf(await read(scim, `/Groups/${outer}`), 'members')).toEqual(members);
  const figure8 = { op: 'replace', path: `members[value eq "${user}"].displayName`, value: 'x' };
  expect((await scim.patch(`/Groups/${outer}`, [figure8])).status).toBe(204);
  expect(valuesOf(await read(scim, `/Groups/${outer}`), 'members')).toEqual(members);
});

row('D23', async ({ scim }) => {
  const user = await createUser(scim, 'ann');
  const a = await createGroup(scim, 'a', [user]);
  const b = await createGroup(scim, 'b', [a]);
  const c = await createGroup(scim, 'c', [b]);
  for (const inner of [c, a]) {
    const answer = await scim.patch(`/Groups/${a}`, [{ op: 'add', path: 'members', value: [{ value: inner }] }]);
    expectRefusal(answer, { status: 409 });
  }
  expect(valuesOf(await read(scim, `/Groups/${a}`), 'members').map(({ value }) => value)).toEqual([user]);
  expect(valuesOf(await read(scim, `/Users/${user}`), 'groups')).toHaveLength(3);
});

row('D24', async ({ scim }) => {
  const boss = await createUser(scim, 'boss', { displayName: 'The Boss' });
  const enterprise = { employeeNumber: '7', costCenter: '4130', organization: 'O', division: 'V', department: 'T' };
  const manager = { value: boss, displayName: 'Somebody Else' };
  const user = { schemas: [USER, ENTERPRISE], userName: 'ann', [ENTERPRISE]: { ...enterprise, manager } };
  const id = shown(await scim.post('/Users', user)).id;
  const $ref = `${scim.baseUrl}/Users/${boss}`;
  expect((await read(scim, `/Users/${id}`))[ENTERPRISE]).toEqual({
    ...enterprise,
    manager: { value: boss, $ref, displayName: 'The Boss' },
  });
  const path = `${ENTERPRISE}:manager.displayName`;
  expectRefusal(await scim.patch(`/Users/${id}`, [{ op: 'replace', path, value: 'x' }]), MUTABILITY);
});

row('D25', async ({ scim }) => {
  const user = await createUser(scim, 'ann');
  const report = await createUser(scim, 'ben', { [ENTERPRISE]: { manager: { value: user } } });
  const inner = await createGroup(scim, 'inner', [user, report]);
  const outer = await createGroup(scim, 'outer', [inner, report]);
  await scim.delete(`/Users/${user}`);
  await scim.delete(`/Groups/${inner}`);
  expect(valuesOf(await read(scim, `/Groups/${outer}`), 'members').map(({ value }) => value)).toEqual([report]);
  const left = await read(scim, `/Users/${report}`);
  expect(left[ENTERPRISE]).toBeUndefined();
  expect(valuesOf(left, 'groups').map(({ value }) => value)).toEqual([outer]);
  expect(listed(await scim.get('/Groups')).totalResults).toBe(1);
});
