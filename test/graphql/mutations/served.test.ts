import { expect, test } from 'vitest';
import { tokenSha256 } from '#config/token.ts';
import { startPortico } from '#test/support/portico-process.ts';
import { openAdminGateway } from '../../admin/gateway.ts';
import { mutation } from './mutate.ts';

const CREATE =
  'mutation { createUser(input: { userName: "ada", password: "hunter2-SECRET" }) { user { userName } errors { code } } }';

test('a configuration takes the mutations out of one tenant and leaves them to another', async () => {
  const gateway = await openAdminGateway({ acme: '{ graphql: { mutations: false } }' });
  expect((await gateway.query(CREATE, 'acme')).errors).toMatchObject([{ extensions: { code: 'READ_ONLY' } }]);
  expect(await gateway.query(CREATE, 'zeta')).toEqual({
    data: { createUser: { user: { userName: 'ada' }, errors: [] } },
  });
  expect((await gateway.scim('zeta').get('/Users')).body).toMatchObject({ totalResults: 1 });
  expect((await gateway.scim('acme').get('/Users')).body).toMatchObject({ totalResults: 0 });
  expect((await gateway.scim('acme').post('/Users', { userName: 'ada' })).status).toBe(201);
});

test('what the process writes of mutations has their operation and no password', async () => {
  const portico = await startPortico(`
server: { port: 0, drainSeconds: 0 }
auth: { tokens: [{ name: app, tenant: default, scopes: [graphql:read, graphql:write], sha256: '${tokenSha256('app')}' }] }
`);
  const send = async (query: string, input?: object) => {
    const response = await fetch(`${portico.url}/graphql`, {
      method: 'POST',
      headers: { authorization: 'Bearer app', 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { input } }),
    });
    return response.text();
  };
  const texts = [
    await send(CREATE),
    await send(CREATE),
    await send(CREATE.replace('userName: "ada", ', '')),
    await send(mutation('createUser'), { password: 'hunter2-SECRET' }),
    await send(mutation('createUser'), { userName: 'x', password: ['hunter2-SECRET'] }),
    await send(mutation('createUser'), { userName: '', password: 'hunter2-SECRET' }),
  ];
  expect(await portico.stop()).toBe(0);
  const lines = portico
    .output()
    .split('\n')
    .filter((line) => line.includes('"face":"graphql"'));
  expect(lines).toHaveLength(texts.length);
  expect(lines[1]).toMatch(/"operation":"mutation".*"reason":"userName is already taken/);
  expect([...texts, portico.output()].join()).not.toContain('hunter2');
}, 60_000);
