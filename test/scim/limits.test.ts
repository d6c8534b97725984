import { afterEach, describe, expect, test } from 'vitest';
import { hooked } from '#test/support/hooked-adapter.ts';
import { type GatewayOptions, openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { createGroup, createUser } from './people.ts';

const calls: string[] = [];
let gateway: ScimGateway;
afterEach(() => gateway.close());

async function openWithGroups(limits: GatewayOptions['limits'] & object, sizes: readonly number[]): Promise<string[]> {
  gateway = await openScimGateway({ limits, wrap: (adapter) => hooked(adapter, (method) => calls.push(method)) });
  const client = gateway.client();
  const people: string[] = [];
  for (let at = 0; at < Math.max(...sizes); at++) people.push(await createUser(client, `user${at}`));
  return Promise.all(sizes.map((size, at) => createGroup(client, `Group ${at}`, people.slice(0, size))));
}

describe('a page of groups with more members than the tenant allows', () => {
  test('is refused with tooMany, and told what to ask for instead', async () => {
    const [first] = await openWithGroups({ maxMembers: 5 }, [4, 2]);
    const client = gateway.client();
    const refused = await client.get('/Groups');
    expect(refused.status).toBe(400);
    expect(refused.body['scimType']).toBe('tooMany');
    expect(refused.body['detail']).toMatch(/6 members.*may show 5.*excludedAttributes=members/);
    expect((await client.get('/Groups?excludedAttributes=members')).status).toBe(200);
    expect((await client.get('/Groups?count=1')).status).toBe(200);
    expect((await client.get(`/Groups/${first}`)).status).toBe(200);
  });

  test('counts those that are not loaded yet, in one more call', async () => {
    // With 100 groups on a page, 50 members of each are loaded at first.
    await openWithGroups({ maxMembers: 60 }, [61, ...Array<number>(99).fill(0)]);
    calls.length = 0;
    const refused = await gateway.client().get('/Groups');
    expect(refused.body['detail']).toMatch(/61 members/);
    expect(calls).toStrictEqual(['find', 'linked', 'linked']);
  });

  test('is sent whole where it stays within the limit', async () => {
    await openWithGroups({ maxMembers: 61 }, [61, ...Array<number>(99).fill(0)]);
    const { status, body } = await gateway.client().get('/Groups');
    expect(status).toBe(200);
    expect(JSON.stringify(body).split('"$ref"').length - 1).toBe(61);
  });
});

describe('page sizes', () => {
  test('are the tenant’s own, and announced', async () => {
    await openWithGroups({ defaultPageSize: 2, maxPageSize: 3 }, [5]);
    const client = gateway.client();
    expect((await client.get('/Users')).body['itemsPerPage']).toBe(2);
    expect((await client.get('/Users?count=100')).body['itemsPerPage']).toBe(3);
    const { body } = await client.get('/ServiceProviderConfig');
    expect(body['filter']).toStrictEqual({ supported: true, maxResults: 3 });
    expect(body['pagination']).toMatchObject({ defaultPageSize: 2, maxPageSize: 3 });
  });
});
