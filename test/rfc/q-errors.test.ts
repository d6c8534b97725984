import { expect } from 'vitest';
import type { ScimAnswer } from '#test/support/scim-client.ts';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, USER } from '../scim/people.ts';
import { query, read } from './answers.ts';
import { AWAY, BUG, INSIDE } from './failing-adapter.ts';
import { openRows, type Row } from './rows.ts';
import { PATCH_OP } from './witness.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const row = openRows({ server: { bodyLimit: '64kb' } });
const rowOnFailing = openRows({ adapter: 'failing-adapter.ts' });

/** A refusal of every layer: edge, router, body, protocol, core, backend. */
async function refusals({ scim, client }: Row): Promise<readonly ScimAnswer[]> {
  const user = await createUser(scim, 'ann');
  const group = await createGroup(scim, 'g');
  const body = { schemas: [USER], userName: 'ann' };
  const patch = (operation: { readonly [name: string]: string }) => scim.patch(`/Users/${user}`, [operation]);
  return [
    await scim.get('/Users', { authorization: null }),
    await scim.get('/Users', { authorization: 'Bearer wrong' }),
    await client('main', ['scim:read']).post('/Users', body),
    await scim.get('/Widgets'),
    await scim.send('DELETE', '/Users'),
    await scim.send('BREW', '/Users'),
    await scim.get('/Users', { accept: 'image/png' }),
    await scim.post('/Users', body, { 'content-type': 'text/plain' }),
    await scim.post('/Users', body, { 'content-encoding': 'br' }),
    await scim.send('POST', '/Users', { body: '{' }),
    await scim.post('/Users', { ...body, title: 'x'.repeat(100_000) }),
    await scim.get('/Users/unknown'),
    await scim.get(query('/Users', 'userName zz 1')),
    await scim.get('/Users?count=x'),
    await scim.get('/Users?sortBy=name'),
    await scim.post('/Users', body),
    await scim.post('/Users', { schemas: [USER] }),
    await patch({ op: 'remove' }),
    await patch({ op: 'remove', path: 'userName' }),
    await patch({ op: 'remove', path: 'a[' }),
    await scim.put(`/Users/${user}`, body, { 'if-match': '"stale"' }),
    await scim.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: [{ value: group }] }]),
    await scim.post('/Users/.search', { schemas: [PATCH_OP] }),
    await scim.get('/Users', { 'x-long': 'x'.repeat(20_000) }),
  ];
}

row('Q1', async (row) => {
  for (const { status, text, body } of await refusals(row)) {
    expect(status, text).toBeGreaterThanOrEqual(400);
    expect(status, text).toBeLessThan(500);
    expect(body, text).toMatchObject({ schemas: [ERROR], status: String(status), detail: expect.stringMatching(/./) });
  }
});

row('Q2', async (row) => {
  const registered = [
    ...['invalidFilter', 'tooMany', 'uniqueness', 'mutability', 'invalidSyntax', 'invalidPath', 'noTarget'],
    ...['invalidValue', 'invalidVers', 'sensitive', 'invalidCursor', 'expiredCursor', 'invalidCount'],
  ];
  for (const { status, body } of await refusals(row)) {
    const { scimType } = body;
    if (scimType !== undefined) expect(registered).toContain(scimType);
    if (![400, 403, 409].includes(status)) expect(scimType).toBeUndefined();
    if (status === 409 && scimType === undefined) expect(body['detail']).toMatch(/itself|cycle/i);
  }
});

row('Q3', async ({ scim }) => {
  const user = `/Users/${await createUser(scim, 'ann')}`;
  const patch = (operation: { readonly [name: string]: string }) => scim.patch(user, [operation]);
  const many = Array.from({ length: 2_000 }, () => 'userName pr').join(' or ');
  const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: many };
  const cases = [
    ['invalidSyntax', await scim.send('POST', '/Users', { body: '{' })],
    ['invalidValue', await scim.post('/Users', { schemas: [USER], userName: 7 })],
    ['invalidFilter', await scim.get(query('/Users', 'userName'))],
    ['invalidPath', await patch({ op: 'replace', path: 'no such', value: 'x' })],
    ['noTarget', await patch({ op: 'remove' })],
    ['mutability', await patch({ op: 'replace', path: 'id', value: 'x' })],
    ['tooMany', await scim.post('/Users/.search', search)],
  ] as const;
  for (const [scimType, answer] of cases) expectRefusal(answer, { status: 400, scimType });
});

row('Q4', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const body = { schemas: [USER], userName: 'ann' };
  expectRefusal(await scim.post('/Users', body), { status: 409, scimType: 'uniqueness' });
  expectRefusal(await scim.put(path, body, { 'if-match': '"stale"' }), { status: 412 });
  const large = await scim.post('/Users', { ...body, title: 'x'.repeat(100_000) });
  expectRefusal(large, { status: 413, detail: /65536|64kb/ });
});

rowOnFailing('Q5', async ({ scim, output }) => {
  const bug = await scim.get(`/Users/${BUG}`);
  expectRefusal(bug, { status: 500, detail: /request id/ });
  const requestId = String(bug.headers['x-request-id']);
  expect(requestId).toMatch(/^[\w-]{8,}$/);
  expect(bug.body['detail']).toContain(requestId);
  const away = await scim.get(`/Users/${AWAY}`);
  expectRefusal(away, { status: 503 });
  expect(away.headers['retry-after']).toBe('7');
  for (const { text, headers } of [bug, away])
    expect(text + JSON.stringify(headers)).not.toMatch(/SELECT|dc=inside|TypeError/);
  await expect.poll(output).toContain(INSIDE);
  const line = output()
    .split('\n')
    .find((text) => text.includes(INSIDE));
  expect(line).toContain(requestId);
  expect((await scim.get('/Users')).status).toBe(200);
});

row('Q7', async (row) => {
  for (const { headers, text } of await refusals(row))
    expect(headers['content-type'], text).toBe('application/scim+json');
  const plain = await row.scim.get('/Users/unknown', { accept: 'application/json' });
  expect(plain.headers['content-type']).toBe('application/scim+json');
  expect((await read(row.scim, '/ServiceProviderConfig')).schemas).toHaveLength(1);
});
