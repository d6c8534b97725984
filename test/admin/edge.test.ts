import { expect, test } from 'vitest';
import { openAdminGateway } from './gateway.ts';

const PROBLEM = { 'content-type': 'application/problem+json; charset=utf-8' };

test('the schemas and resource types in force are listed', async () => {
  const admin = (await openAdminGateway()).admin();
  const { status, body } = await admin.get('/schemas');
  expect(status).toBe(200);
  expect((body['schemas'] as { id: string }[]).map(({ id }) => id)).toContain(
    'urn:ietf:params:scim:schemas:core:2.0:User',
  );
  expect((await admin.get('/resource-types')).body).toMatchObject({
    resourceTypes: [{ name: 'User' }, { name: 'Group' }],
  });
});

test('only a credential with the scope admin is let in, and the refusal is a problem', async () => {
  const gateway = await openAdminGateway();
  const unknown = await gateway.admin('nobody').get('/schemas');
  expect(unknown).toMatchObject({ status: 401, headers: PROBLEM, body: { status: 401, code: 'UNAUTHENTICATED' } });
  expect(unknown.headers['www-authenticate']).toContain('Bearer');
  const other = await gateway.admin('acme-user').get('/schemas');
  expect(other).toMatchObject({ status: 403, headers: PROBLEM, body: { title: 'Forbidden', code: 'FORBIDDEN' } });
  expect(other.body['detail']).toContain('scope admin');
  expect(other.headers['www-authenticate']).toMatch(/error="insufficient_scope", scope="admin"/);
});

test('an unknown address is 404, an unknown method 405 with Allow', async () => {
  const admin = (await openAdminGateway()).admin();
  expect(await admin.get('/nothing')).toMatchObject({ status: 404, headers: PROBLEM, body: { code: 'NOT_FOUND' } });
  expect(await admin.get('')).toMatchObject({ status: 404, headers: PROBLEM });
  expect(await admin.get('/%ff')).toMatchObject({ headers: PROBLEM });
  expect(await admin.post('/schemas', {})).toMatchObject({ status: 405, headers: { ...PROBLEM, allow: 'GET, HEAD' } });
});

test('a body that is too long or compressed is refused before it is read', async () => {
  const admin = (await openAdminGateway()).admin();
  const long = await admin.put('/schemas', 'x'.repeat(1_048_577));
  expect(long).toMatchObject({ status: 413, headers: PROBLEM, body: { code: 'TOO_LARGE' } });
  const squeezed = await admin.put('/schemas', '{}', { 'content-encoding': 'gzip' });
  expect(squeezed).toMatchObject({ status: 415, headers: PROBLEM });
});
