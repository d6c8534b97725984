import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSchema } from '#graphql/schema.ts';
import { fillCompany } from '#test/graphql/company.ts';
import { Gateway } from '#test/graphql/gateway.ts';
import { type GraphqlCampaign, runGraphql } from './campaign.ts';
import { poolsOf } from './directory.ts';

const SEED = Number(process.env['PORTICO_SEED'] ?? Date.now() % 2 ** 31);
const SOAK = Number(process.env['PORTICO_SOAK'] ?? 1);
const CASES = 300 * SOAK;
const TOKEN = 'a token of the fuzzer';

describe(`a document that nobody should send gets an error with a code (seed ${SEED})`, {
  timeout: 60_000 * SOAK,
}, () => {
  let gateway: Gateway;
  let campaign: GraphqlCampaign;

  beforeAll(async () => {
    gateway = await Gateway.open({ token: TOKEN });
    const { ada, bob, cyd, ...groups } = await fillCompany(gateway);
    const pools = poolsOf([ada, bob, cyd], Object.values(groups));
    const schema = openSchema(gateway.session().registry);
    campaign = { url: gateway.url, token: TOKEN, schema, pools, seed: SEED, cases: CASES };
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test('what is valid is answered', async () => {
    const { answered, ...found } = await runGraphql('valid', campaign);
    expect(found).toEqual({ kind: 'valid', cases: CASES, p99: expect.any(Number) });
    expect(answered / CASES).toBeGreaterThan(0.9);
  });

  test('what is spoilt is refused, or answered where it still is a query', async () => {
    const { answered, ...found } = await runGraphql('mutated', campaign);
    expect(found).toEqual({ kind: 'mutated', cases: CASES, p99: expect.any(Number) });
    expect(answered / CASES, 'most are spoilt').toBeLessThan(0.5);
  });

  test('nothing of all this was a bug', () => {
    expect(gateway.bugs).toEqual([]);
  });
});
