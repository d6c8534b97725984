import { expect, test } from 'vitest';
import { openAdminGateway } from '../../admin/gateway.ts';

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
