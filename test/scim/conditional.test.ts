import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Body, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { expectRefusal } from './expect-refusal.ts';
import { createGroup, createUser, USER } from './people.ts';

const STALE = 'W/"stale"';

type Headers = { readonly [name: string]: string };

let gateway: ScimGateway;
let client: ScimClient;
let id: string;
let tag: string;
let count = 0;

beforeAll(async () => {
  gateway = await openScimGateway();
  client = gateway.client();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  count += 1;
  id = await createUser(client, `user${count}`);
  tag = await tagOf(`/Users/${id}`);
});

async function tagOf(path: string): Promise<string> {
  return (await client.get(path)).headers['etag'] ?? '';
}

function title(value: string): Body {
  return { op: 'replace', path: 'title', value };
}

describe('entity tags (RFC 7644 §3.14)', () => {
  test('the header and meta.version are equal on every answer that has a body, and weak', async () => {
    const put = { schemas: [USER], userName: `user${count}`, title: 'a' };
    const answers = [
      await client.get(`/Users/${id}`),
      await client.put(`/Users/${id}`, put),
      await client.patch(`/Users/${id}`, [title('b')]),
      await client.post('/Users', { schemas: [USER], userName: `other${count}` }),
    ];
    for (const { headers, body } of answers) {
      expect(headers['etag']).toMatch(/^W\/".+"$/);
      expect((body['meta'] as Body)['version']).toBe(headers['etag']);
    }
    expect(new Set(answers.slice(0, 3).map(({ headers }) => headers['etag'])).size).toBe(3);
  });

  test('a write that changes nothing keeps the tag and the date', async () => {
    const before = await client.get(`/Users/${id}`);
    const after = await client.patch(`/Users/${id}`, [{ op: 'add', path: 'active', value: true }]);
    expect(after.text).toBe(before.text);
  });

  test('a change of members changes the tag of the group, and not that of the user', async () => {
    const group = await createGroup(client, `group${count}`);
    const before = await tagOf(`/Groups/${group}`);
    const answer = await client.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: [{ value: id }] }]);
    expect(answer.status).toBe(204);
    expect(answer.headers['etag']).not.toBe(before);
    expect(answer.headers['etag']).toBe(await tagOf(`/Groups/${group}`));
    expect(await tagOf(`/Users/${id}`)).toBe(tag);
  });
});

describe('If-None-Match', () => {
  test.each([
    ['the current tag', () => tag],
    ['the current tag as a strong one', () => tag.slice(2)],
    ['a list that has it', () => `${STALE}, ${tag}`],
    ['any tag', () => '*'],
  ])('%s is answered by 304 without a body', async (_, header) => {
    const answer = await client.get(`/Users/${id}`, { 'if-none-match': header() });
    expect(answer.status).toBe(304);
    expect(answer.text).toBe('');
    expect(answer.headers['etag']).toBe(tag);
    const whole = await client.get(`/Users/${id}`);
    for (const name of ['content-location', 'cache-control']) {
      expect(answer.headers[name]).toBe(whole.headers[name]);
    }
  });

  test('an older tag is answered by the resource', async () => {
    const answer = await client.get(`/Users/${id}`, { 'if-none-match': STALE });
    expect(answer.status).toBe(200);
    expect(answer.body['id']).toBe(id);
  });
});

describe('If-None-Match on a write', () => {
  const writes = [
    ['PUT', (headers: Headers) => client.put(`/Users/${id}`, { schemas: [USER], userName: `user${count}` }, headers)],
    ['PATCH', (headers: Headers) => client.patch(`/Users/${id}`, [title('new')], headers)],
    ['DELETE', (headers: Headers) => client.delete(`/Users/${id}`, headers)],
  ] as const;

  test.each(writes)('%s with the current tag, or any, is refused and changes nothing', async (_, write) => {
    const before = await client.get(`/Users/${id}`);
    for (const header of [tag, `${STALE}, ${tag}`, '*']) {
      const answer = await write({ 'if-none-match': header });
      expectRefusal(answer, { status: 412, detail: /If-None-Match/ });
      expect(answer.headers['etag']).toBe(tag);
    }
    expect((await client.get(`/Users/${id}`)).text).toBe(before.text);
  });

  test.each(writes)('%s with another tag is carried out', async (_, write) => {
    expect((await write({ 'if-none-match': STALE })).status).toBeLessThan(300);
  });

  test.each(writes)('%s of what is not there is a 404', async (_, write) => {
    await client.delete(`/Users/${id}`);
    expectRefusal(await write({ 'if-none-match': '*' }), { status: 404 });
  });

  test("a creation ignores it, since no address is the client's to choose", async () => {
    const body = { schemas: [USER], userName: `created${count}` };
    expect((await client.post('/Users', body, { 'if-none-match': '*' })).status).toBe(201);
  });
});

describe('If-Match', () => {
  const put = (headers: Headers) =>
    client.put(`/Users/${id}`, { schemas: [USER], userName: `user${count}`, title: 'new' }, headers);
  const patch = (headers: Headers) => client.patch(`/Users/${id}`, [title('new')], headers);
  const remove = (headers: Headers) => client.delete(`/Users/${id}`, headers);
  const all = [
    ['PUT', put],
    ['PATCH', patch],
    ['DELETE', remove],
  ] as const;

  test.each(all)('%s with a stale tag is refused, told the current one, and changes nothing', async (_, write) => {
    const before = await client.get(`/Users/${id}`);
    for (const header of [STALE, `${STALE}, W/"older"`]) {
      const answer = await write({ 'if-match': header });
      expectRefusal(answer, { status: 412, detail: /has changed/ });
      expect(answer.headers['etag']).toBe(tag);
    }
    expect((await client.get(`/Users/${id}`)).text).toBe(before.text);
  });

  test.each(all)('%s with a list that has the current tag is carried out', async (_, write) => {
    expect((await write({ 'if-match': `${STALE}, ${tag}` })).status).toBeLessThan(300);
  });

  test.each(all)('%s with * is carried out where the resource exists', async (_, write) => {
    expect((await write({ 'if-match': '*' })).status).toBeLessThan(300);
    await remove({});
    expectRefusal(await write({ 'if-match': '*' }), { status: 404 });
  });

  test('a strong form of the tag is the same tag', async () => {
    expect((await patch({ 'if-match': tag.slice(2) })).status).toBe(200);
  });

  test('what is no tag is refused', async () => {
    expectRefusal(await patch({ 'if-match': 'latest' }), {
      status: 400,
      scimType: 'invalidValue',
      detail: /entity tags/,
    });
  });

  test('of many writers with one tag exactly one succeeds', async () => {
    const titles = Array.from({ length: 20 }, (_, at) => `title ${at}`);
    const answers = await Promise.all(
      titles.map((text) => client.patch(`/Users/${id}`, [title(text)], { 'if-match': tag })),
    );
    expect(answers.map(({ status }) => status).sort()).toStrictEqual([200, ...Array.from({ length: 19 }, () => 412)]);
  });

  test('a guarded change of members counts the members of others', async () => {
    const group = await createGroup(client, `guarded${count}`);
    const before = await tagOf(`/Groups/${group}`);
    const add = [{ op: 'add', path: 'members', value: [{ value: id }] }];
    expect((await client.patch(`/Groups/${group}`, add)).status).toBe(204);
    expectRefusal(await client.patch(`/Groups/${group}`, add, { 'if-match': before }), { status: 412 });
  });
});
