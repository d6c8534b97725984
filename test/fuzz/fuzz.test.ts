import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { prepare, runTarget, TARGET_NAMES } from './campaign.ts';
import type { Judge } from './judge.ts';

const SEED = Number(process.env['PORTICO_SEED'] ?? Date.now() % 2 ** 31);
const CASES: { readonly [target: string]: number } = { growth: 60 };

let gateway: ScimGateway;
let judge: Judge;
beforeAll(async () => {
  gateway = await openScimGateway();
  judge = await prepare(gateway.client());
});
afterAll(() => gateway.close());

describe(`a hostile request gets an error of SCIM's, in linear time (seed ${SEED})`, () => {
  test.each(TARGET_NAMES)('%s', async (name) => {
    const cases = CASES[name] ?? 800;
    expect(await runTarget(name, judge, { seed: SEED, cases })).toStrictEqual({ cases });
  });
});
