import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createUser, ENTERPRISE, GROUP, USER } from '../scim/people.ts';
import { read, shown } from './answers.ts';
import { createProbed, PROBED, probeOf } from './extensions.ts';
import { openRows } from './rows.ts';

const row = openRows();

row('F1', async ({ scim }) => {
  const id = await createUser(scim, 'ann', { title: 'Dr' });
  const answer = await scim.get(`/Users/${id}`);
  expect(answer.status).toBe(200);
  expect(shown(answer)).toMatchObject({ schemas: [USER], id, userName: 'ann', title: 'Dr' });
  expect(answer.headers['etag']).toBe(shown(answer).meta.version);
  const head = await scim.send('HEAD', `/Users/${id}`);
  expect([head.status, head.text, head.headers['etag']]).toEqual([200, '', answer.headers['etag']]);
});

row('F2', async ({ scim }) => {
  const group = shown(await scim.post('/Groups', { schemas: [GROUP], displayName: 'g' })).id;
  for (const path of ['/Users/unknown', '/Groups/unknown', `/Users/${group}`]) {
    const answer = await scim.get(path);
    expectRefusal(answer, { status: 404 });
    expect(answer.body['status']).toBe('404');
  }
});

row('F3', { main: PROBED }, async ({ scim }) => {
  const { id } = await createProbed(scim, 'ann', { note: 'on request', pin: '1', badge: 'b', code: 'c', flag: true });
  expect(probeOf(await read(scim, `/Users/${id}`))).toEqual({ badge: 'b', code: 'c', flag: true });
});

row('F4', async ({ scim }) => {
  const id = await createUser(scim, 'ann');
  const ids = [
    `%2E%2E%2FUsers%2F${id}`,
    `${id}%00`,
    '..',
    '%2e%2e',
    `x%2F..%2F${id}`,
    `${id}%2F`,
    `.%2F${id}`,
    '%E0%A4%A',
    `${id};a=b`,
  ];
  for (const segment of ids) {
    const answer = await scim.get(`/Users/${segment}`);
    expect([400, 404], segment).toContain(answer.status);
  }
  expectRefusal(await scim.get(`/Groups/../Users/${id}`), { status: 404 });
});

row('F5', async ({ scim }) => {
  const id = await createUser(scim, 'ann');
  const plain = await scim.get(`/Users/${id}`);
  for (const filter of ['userName eq "ann"', 'userName eq "ben"']) {
    const answer = await scim.get(`/Users/${id}?filter=${encodeURIComponent(filter)}`);
    expect(answer).toMatchObject({ status: 200, text: plain.text });
  }
});

row('F6', async ({ scim }) => {
  const enterprise = { department: 'Sales', division: 'x' };
  const name = { givenName: 'Ann', familyName: 'B' };
  const id = await createUser(scim, 'ann', { name, title: 'Dr', [ENTERPRISE]: enterprise });
  const asked = [
    ['name.givenName', { name: { givenName: 'Ann' } }],
    [`${USER}:name.familyName`, { name: { familyName: 'B' } }],
    [`${USER}:title`, { title: 'Dr' }],
    [`${ENTERPRISE}:department`, { [ENTERPRISE]: { department: 'Sales' } }],
  ] as const;
  for (const [attributes, expected] of asked) {
    const { schemas, ...user } = await read(scim, `/Users/${id}?attributes=${attributes}`);
    expect(schemas).toContain(USER);
    expect(user).toEqual({ id, ...expected });
  }
});
