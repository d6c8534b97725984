import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configSchema } from '#config/schema.ts';
import { demoOrganisation } from '#demo/organisation.ts';
import { LIMIT_CODES } from '#graphql/limits/limit-exceeded.ts';
import { fillCompany } from './company.ts';
import { EventStream } from './event-stream.ts';
import { create, Gateway } from './gateway.ts';

const guide = readFileSync(new URL('../../docs/guides/graphql.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/^```graphql\n(.*?)^```$/gms)].map(([, query = '']) => query);

function changes(query: string): boolean {
  return query.startsWith('mutation');
}

describe('docs/guides/graphql.md', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open();
    await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test('has examples', () => {
    expect(examples.length).toBeGreaterThan(5);
  });

  test.each(examples.filter(changes))('its example is carried out: %s', async (query) => {
    await using own = await Gateway.open();
    const { ada, bob, cyd, engineering } = await fillCompany(own);
    const { errors, data } = await own.ask(query, { person: bob, manager: ada, group: engineering, members: [cyd] });
    expect(errors).toBeUndefined();
    for (const [name, payload] of Object.entries(data ?? {})) expect(payload, name).toMatchObject({ errors: [] });
  });

  test.each(examples.filter((query) => !changes(query)))('its example answers: %s', async (query) => {
    const { errors, data } = await gateway.ask(query);
    expect(errors).toBeUndefined();
    for (const [name, value] of Object.entries(data ?? {})) expect(value, name).not.toBeNull();
  });

  test('its subscription tells what happens', async () => {
    const [, request = ''] = /^ {2}-d '(\{"query": "subscription.*\})'$/m.exec(guide) ?? [];
    const { query } = JSON.parse(request) as { readonly query: string };
    await using own = await Gateway.open();
    await using stream = await EventStream.open(own.url, { query });
    await create(own.session(), 'User', { userName: 'eve' });
    const [event] = await stream.take(1);
    expect(event).toMatchObject({ data: { resourceChanged: { kind: 'CREATED', resource: { userName: 'eve' } } } });
  });

  test('leads to each of its sections from its beginning', () => {
    const [contents = ''] = guide.split('\n## ');
    const links = [...contents.matchAll(/\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    const titles = [...guide.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^a-z ]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(links.toSorted()).toEqual(titles.toSorted());
  });

  test('names people and a group of the demo who are in it', () => {
    const [, words = ''] = /on `npm start -- --demo 1000`, ask for (.+)\./.exec(guide) ?? [];
    const { people, groups } = demoOrganisation({ people: 1_000, seed: 1 });
    const known = [...people, ...groups].flatMap(({ body }) => [body['userName'], body['displayName']]);
    const named = [...words.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    expect(named).toHaveLength(3);
    expect(known).toEqual(expect.arrayContaining(named));
  });

  test('shows what a credential gets that may not see everything', async () => {
    const policies = new Map([['apps', { hide: ['emails', 'name.familyName'] }]]);
    await using own = await Gateway.open({ policies });
    await fillCompany(own);
    const section = guide.slice(guide.indexOf('## What a credential may not see'));
    const [, query = '', answer = '{}'] = /^```graphql\n(.*?)^```\n.*?^```json\n(.*?)^```$/ms.exec(section) ?? [];
    const { status: _, ...told } = await own.post(JSON.stringify({ query }), { 'x-policy': 'apps' });
    expect(told).toEqual(JSON.parse(answer));
  });

  test('has a row for every limit, with its code and what holds unless it is set', () => {
    const rows = [...guide.matchAll(/^\| [^|]+ \| `(\w+)` \| ([\w,]+) \| ([A-Z_]+) \|/gm)];
    const documented = rows.map(([, setting = '', value = '', code = '']) => [
      setting,
      value.replaceAll(',', ''),
      code,
    ]);
    const defaults = configSchema.parse({}).graphql.limits;
    const known = Object.entries(LIMIT_CODES).map(([name, code]) => {
      const setting = name.replace(/Bytes$/, 'Size');
      return [setting, String(defaults[setting as keyof typeof defaults]), code];
    });
    expect(documented.toSorted()).toEqual(known.toSorted());
  });
});
