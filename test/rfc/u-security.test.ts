import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import type { Scope } from '#model/principal.ts';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createUser, ENTERPRISE, USER } from '../scim/people.ts';
import { found, query, read, shown } from './answers.ts';
import { openRows } from './rows.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const row = openRows();
const rowWithExpired = openRows({ expires: '2020-01-01' });

rowWithExpired('U2', async ({ scim, client }) => {
  expect((await scim.get('/Users')).status).toBe(200);
  const answer = await client('main', ['scim:read']).get('/Users');
  expectRefusal(answer, { status: 401, detail: /expired/ });
  expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
  const issue = () =>
    execFileSync(process.execPath, ['src/main.ts', 'token', 'new', '--tenant', 'acme', '--scopes', 'scim:read']);
  const tokens = [issue(), issue()].map((printed) => /portico_([\w-]{22,})/.exec(printed.toString())?.[1]);
  for (const token of tokens) expect(token).toHaveLength(38);
  expect(tokens[0]).not.toBe(tokens[1]);
});

row('U3', async ({ scim, output, token }) => {
  await createUser(scim, 'ann');
  for (const parameter of ['access_token', 'token', 'authorization']) {
    const path = `/Users?${parameter}=${token()}`;
    expectRefusal(await scim.get(path, { authorization: null }), { status: 401 });
  }
  expect((await scim.get(`/Users?access_token=${token()}`)).status).toBe(200);
  await expect.poll(output).toContain('"path":"/scim/v2/Users"');
  expect(output()).not.toContain(token());
});

row('U5', async ({ scim, output }) => {
  const hostile = [
    ...['*)(uid=*', 'cn=a,dc=b\\2c', '\\00*', "'; DROP TABLE users; --", '" OR 1=1', '%_[a]', '$\u007bjndi:ldap://x}'],
    ...['redis\r\nFLUSHALL\r\n', 'a\r\nX-Evil: 1', '{{7*7}}', '<script>', '$where', '../../etc', '\u202ejpg', 'a\tb'],
  ];
  for (const [index, text] of hostile.entries()) {
    const more = { title: text, externalId: text, name: { familyName: text }, [ENTERPRISE]: { department: text } };
    const answer = await scim.post('/Users', { schemas: [USER], userName: `u${index}`, ...more });
    expect(shown(answer)).toMatchObject(more);
    expect(answer.headers['x-evil']).toBeUndefined();
    expect(await read(scim, `/Users/${shown(answer).id}`)).toMatchObject(more);
    for (const attribute of ['title', 'externalId', 'name.familyName', `${ENTERPRISE}:department`]) {
      const names = await found(scim, `${attribute} eq ${JSON.stringify(text)}`);
      expect(names, text).toEqual([`u${index}`]);
    }
  }
  await scim.get('/Users/a%0d%0a%7b%22level%22:%22error%22%7d');
  for (const line of output()
    .split('\n')
    .filter((text) => text.startsWith('{')))
    expect(() => JSON.parse(line)).not.toThrow();
});

row('U6', async ({ scim, client, root, token }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const body = { schemas: [USER], userName: 'ben' };
  const [reader, writer, asker] = [['scim:read'], ['scim:write'], ['graphql:read']] as const;
  expect((await client('main', reader).get(path)).status).toBe(200);
  expectRefusal(await client('main', reader).post('/Users', body), { status: 403 });
  expect((await client('main', writer).put(path, { ...body, userName: 'ann' })).status).toBe(200);
  expectRefusal(await client('main', writer).get(path), { status: 403 });
  expectRefusal(await client('main', asker).get(path), { status: 403 });
  const question = { query: '{ users(first: 1) { nodes { userName } } }' };
  const asked = (scopes: readonly Scope[]) =>
    root.post('/graphql', question, { ...JSON_BODY, authorization: `Bearer ${token('main', scopes)}` });
  expect((await asked(asker)).body).toEqual({ data: { users: { nodes: [{ userName: 'ann' }] } } });
  expect((await asked(reader)).text).not.toContain('ann');
});

row('U7', async ({ scim, root }) => {
  await createUser(scim, 'ann');
  for (const path of ['/Users', '/Groups', '/Schemas', '/ResourceTypes', '/Me', '/', '/Bulk', '/Users/x']) {
    expectRefusal(await scim.get(path, { authorization: null }), { status: 401 });
  }
  const anonymous = { ...JSON_BODY, authorization: null };
  const graphql = await root.post('/graphql', { query: '{ users(first: 1) { nodes { userName } } }' }, anonymous);
  expect(graphql.status).toBe(401);
  const config = await scim.get('/ServiceProviderConfig', { authorization: null });
  expect(config.status).toBe(200);
  expect(Object.keys(config.body).toSorted()).toEqual(['authenticationSchemes', 'meta', 'schemas']);
});

row('U8', async ({ scim, root, output, token }) => {
  const password = 'Canary-Password-8';
  const { id } = shown(await scim.post('/Users', { schemas: [USER], userName: 'canary-user', password }));
  const path = `/Users/${id}`;
  const wrong = 'canary-wrong-token';
  const answers = [
    await scim.patch(path, [{ op: 'replace', path: 'password', value: `${password}x` }]),
    await scim.post('/Users', { schemas: [USER], userName: 'canary-user', password }),
    await scim.post('/Users', { schemas: [USER], password: { a: password } }),
    await scim.send('POST', '/Users', { body: `{"password": "${password}` }),
    await scim.get(query('/Users', `password eq "${password}"`)),
    await scim.get('/Users', { authorization: `Bearer ${wrong}` }),
    await root.post(
      '/graphql',
      { query: `{ users(where: { userName: { eq: "${password}" } }) { nodes { id } } }` },
      JSON_BODY,
    ),
    await root.get('/metrics'),
  ];
  await expect.poll(output).toContain(path);
  for (const { text, headers } of answers) {
    for (const place of [text, JSON.stringify(headers)]) {
      expect(place).not.toMatch(/canary-password|canary-wrong|argon2id/i);
      expect(place).not.toContain(token());
    }
  }
  expect(output()).not.toMatch(/canary-password|canary-wrong|argon2id/i);
  expect(output()).not.toContain(token());
});

row('U9', async ({ scim, output }) => {
  await createUser(scim, 'ann', { emails: [{ value: 'private@x.example' }] });
  const filter = 'emails.value eq "private@x.example"';
  expect(await found(scim, filter)).toEqual(['ann']);
  const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter };
  expect((await scim.post('/Users/.search', search)).body).toMatchObject({ totalResults: 1 });
  await expect.poll(output).toContain('/scim/v2/Users/.search');
  expect(output()).not.toMatch(/private(@|%40)x\.example|filter=/);
});
