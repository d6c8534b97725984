import { expect, onTestFinished, test } from 'vitest';
import { OPERATIONS_URN } from '#core/schema/resource-type-document.ts';
import type { Json } from '#model/resource.ts';
import { openScimGateway } from '../../support/scim-gateway.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const NOTE = 'urn:acme:Note';

async function noting(operations: readonly string[]) {
  const type = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType', OPERATIONS_URN],
    name: 'Note',
    endpoint: '/Notes',
    schema: NOTE,
    [OPERATIONS_URN]: { operations: operations as Json },
  };
  const note = { id: NOTE, attributes: [{ name: 'text', type: 'string' }] };
  const gateway = await openScimGateway({ sources: [{ name: 'note.json', content: [note, type] }] });
  onTestFinished(() => gateway.close());
  return gateway;
}

test('a read-only resource type is read, and says so', async () => {
  const gateway = await noting(['read']);
  const client = gateway.client();
  const type = gateway.session().registry.type('Note');
  const [note] = (type && (await gateway.session().createMany(type, [{ text: 'filled by the operator' }]))) ?? [];
  const path = `/Notes/${note?.id}`;
  expect((await client.get(path)).body).toMatchObject({ text: 'filled by the operator' });
  expect((await client.post('/Notes/.search', { schemas: [SEARCH] })).body).toMatchObject({ totalResults: 1 });
  const refused = (allow: string) => ({ status: 405, headers: { allow } });
  expect(await client.post('/Notes', { text: 'x' })).toMatchObject(refused('GET, HEAD'));
  expect(await client.put(path, { text: 'x' })).toMatchObject(refused('GET, HEAD'));
  expect(await client.patch(path, [{ op: 'add', path: 'text', value: 'x' }])).toMatchObject(refused('GET, HEAD'));
  expect(await client.delete(path)).toMatchObject(refused('GET, HEAD'));
  expect((await client.get('/ResourceTypes/Note')).body).toMatchObject({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType', OPERATIONS_URN],
    [OPERATIONS_URN]: { operations: ['read'] },
  });
});

test('what a type offers besides reading is served, and the rest is not', async () => {
  const client = (await noting(['delete', 'create', 'read'])).client();
  const { body } = await client.post('/Notes', { text: 'x' });
  expect(await client.put(`/Notes/${body['id']}`, {})).toMatchObject({
    status: 405,
    headers: { allow: 'GET, HEAD, DELETE' },
  });
  expect(await client.delete(`/Notes/${body['id']}`)).toMatchObject({ status: 204 });
});

test('a bulk request meets the same refusals, operation by operation', async () => {
  const client = (await noting(['read', 'create'])).client();
  const { body: note } = await client.post('/Notes', { text: 'x' });
  const path = `/Notes/${note['id']}`;
  const { body } = await client.post('/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: [
      { method: 'POST', path: '/Notes', bulkId: 'b', data: { text: 'y' } },
      { method: 'PUT', path, data: { text: 'z' } },
      { method: 'DELETE', path },
    ],
  });
  const statuses = (body['Operations'] as { status: string }[]).map(({ status }) => status);
  expect(statuses).toEqual(['201', '405', '405']);
  expect((await client.get(path)).body).toMatchObject({ text: 'x' });
});

test('whatever leads to a write, the directory itself refuses what a type does not offer', async () => {
  const session = (await noting(['read', 'create'])).session();
  const type = session.registry.type('Note');
  if (type === undefined) throw new Error('no Note');
  const { id } = await session.create(type, { text: 'x' });
  const refused = { code: 'READ_ONLY', message: expect.stringContaining('only read, create') };
  await expect(session.replace(type, id, {})).rejects.toMatchObject(refused);
  await expect(session.patch(type, id, [])).rejects.toMatchObject(refused);
  await expect(session.delete(type, id)).rejects.toMatchObject(refused);
});
