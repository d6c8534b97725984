import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResourceId } from '#model/resource.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import type { Body, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { createGroup, GROUP, USER } from './people.ts';

const MEMBERS = 100_000;
const GROWTH_BYTES = 50 * 1024 * 1024;

let gateway: ScimGateway;
let client: ScimClient;
let ids: readonly ResourceId[];
let group: string;
/** The limits of the calls that asked for links, and what may be thrown at one of them. */
const limits: number[] = [];
let failAt = Number.POSITIVE_INFINITY;

beforeAll(async () => {
  gateway = await openScimGateway({
    wrap: (adapter) =>
      hooked(adapter, (method, args) => {
        if (method !== 'linked') return;
        limits.push((args[4] as { readonly page: { readonly limit: number } }).page.limit);
        if (limits.length === failAt) throw new Error('the backend is on fire: password=hunter2');
      }),
  });
  client = gateway.client();
  const session = gateway.session();
  const type = session.registry.type('User');
  if (type === undefined) throw new Error('no users');
  const bodies = Array.from({ length: MEMBERS }, (_, at) => ({ schemas: [USER], userName: `user${at}` }));
  ids = (await session.createMany(type, bodies)).map(({ id }) => id);
}, 60_000);
afterAll(() => gateway.close());

/** Reads an answer without keeping it; tells how many members it held and how far memory grew meanwhile. */
function readThrough(
  path: string,
): Promise<{ readonly members: number; readonly growth: number; readonly whole: boolean }> {
  const { authorization } = { authorization: 'Bearer acme-scim:read' };
  const before = process.memoryUsage.rss();
  let [members, peak, tail] = [0, before, ''];
  return new Promise((resolve, reject) => {
    const sent = request(`${client.baseUrl}${path}`, { headers: { authorization } }, (response) => {
      response.setEncoding('latin1');
      response.on('data', (chunk: string) => {
        const text = tail + chunk;
        members += text.split('"type":"User"').length - 1;
        tail = text.slice(-12);
        peak = Math.max(peak, process.memoryUsage.rss());
      });
      response.once('close', () => resolve({ members, growth: peak - before, whole: response.complete }));
      response.on('error', () => undefined);
    });
    sent.once('error', reject).end();
  });
}

describe('a group of 100,000 members', () => {
  test('is created in one request and answered whole', async () => {
    const members = ids.map((value) => ({ value }));
    const answer = await client.post('/Groups', { schemas: [GROUP], displayName: 'Everyone', members });
    expect(answer.status).toBe(201);
    group = String(answer.body['id']);
    const values = (answer.body['members'] as readonly Body[]).map(({ value }) => value);
    expect([...values].sort()).toStrictEqual([...ids].sort());
  }, 60_000);

  test('is read in flat memory, at most 5,000 members at a time', async () => {
    await readThrough(`/Groups/${group}`);
    limits.length = 0;
    const { members, growth, whole } = await readThrough(`/Groups/${group}`);
    expect(whole).toBe(true);
    expect(members).toBe(MEMBERS);
    expect(growth).toBeLessThan(GROWTH_BYTES);
    expect(limits).toStrictEqual(Array.from({ length: MEMBERS / 5_000 }, () => 5_000));
  }, 60_000);

  test('is not read at all where members are excluded, or for HEAD beyond the first page', async () => {
    limits.length = 0;
    expect((await client.get(`/Groups/${group}?excludedAttributes=members`)).body).not.toHaveProperty('members');
    expect(limits).toStrictEqual([]);
    expect((await client.send('HEAD', `/Groups/${group}`)).status).toBe(200);
    expect(limits).toStrictEqual([5_000]);
  });

  test('shares 5,000 members with the others of its page before it goes on', async () => {
    const small = await createGroup(client, 'Few', ids.slice(0, 3));
    limits.length = 0;
    const { body } = await client.get('/Groups?sortBy=displayName');
    const found = body['Resources'] as readonly Body[];
    const sizes = found.map(({ id, members }) => [id, (members as readonly Body[]).length]);
    expect(sizes).toStrictEqual([
      [group, MEMBERS],
      [small, 3],
    ]);
    expect(limits[0]).toBe(2_500);
    expect(Math.max(...limits)).toBe(5_000);
  }, 60_000);

  test('is cut off, not ended, where the backend fails on the way, and the log knows why', async () => {
    limits.length = 0;
    failAt = 3;
    const { members, whole } = await readThrough(`/Groups/${group}`);
    failAt = Number.POSITIVE_INFINITY;
    expect(whole).toBe(false);
    expect(members).toBeLessThan(MEMBERS);
    const { outcome } = gateway.log.at(-1) ?? {};
    expect(outcome?.cause).toBeInstanceOf(Error);
    expect(outcome?.detail).not.toContain('hunter2');
  });

  test('a member more or less is one call, which answers no members', async () => {
    limits.length = 0;
    const [first] = ids;
    const path = `members[value eq "${String(first)}"]`;
    const removed = await client.patch(`/Groups/${group}`, [{ op: 'remove', path }]);
    const added = await client.patch(`/Groups/${group}`, [
      { op: 'add', path: 'members', value: [{ value: String(first) }] },
    ]);
    expect([removed.status, added.status]).toStrictEqual([204, 204]);
    expect(limits).toStrictEqual([]);
  });
});
