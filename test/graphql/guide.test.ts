import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { QUERY_LIMITS } from '#graphql/limits/query-limits.ts';
import { fillCompany } from './company.ts';
import { Gateway } from './gateway.ts';

const guide = readFileSync(new URL('../../docs/guides/graphql.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/^```graphql\n(.*?)^```$/gms)].map(([, query = '']) => query);

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

  test.each(examples)('its example answers: %s', async (query) => {
    const { errors, data } = await gateway.ask(query);
    expect(errors).toBeUndefined();
    for (const [name, value] of Object.entries(data ?? {})) expect(value, name).not.toBeNull();
  });

  test('names the limits that hold', () => {
    const { tokens, depth, aliases, rootFields, cost } = QUERY_LIMITS;
    expect(guide).toContain(`${tokens.toLocaleString('en')} tokens`);
    expect(guide).toContain(`more than ${depth} levels, ${aliases} aliases or ${rootFields} fields of Query`);
    expect(guide).toContain(`more than ${cost.toLocaleString('en')} fields`);
  });
});
