import fc from 'fast-check';
import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { GraphqlContext } from '#graphql/context.ts';
import { Budget } from '#graphql/limits/budget.ts';
import { answerPlainly } from '#graphql/project/answer.ts';
import { openSchema } from '#graphql/schema.ts';
import { DirectoryError } from '#model/errors.ts';
import { holdsForAsync, SEED } from '#test/properties/runs.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { BADGES } from './badges.ts';
import { type Company, fillCompany } from './company.ts';
import { Gateway, SETTINGS } from './gateway.ts';
import { generateOperation, type Operation } from './operations/generate-operation.ts';
import type { Pools } from './operations/generate-value.ts';

const CASES = 900;

/** Smaller operations of the same seed are what a failure shrinks to. */
const operations = fc.record({
  seed: fc.noShrink(fc.noBias(fc.nat({ max: 2 ** 31 - 1 }))),
  size: fc.integer({ min: 1, max: 40 }),
});

describe(`the plan answers the bytes of graphql-js (seed ${SEED})`, () => {
  const failing = { share: 0 };
  let gateway: Gateway;
  let schema: GraphQLSchema;
  let pools: Pools;

  beforeAll(async () => {
    // The time of an answer may stand in it.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22, 12) });
    gateway = await Gateway.open({
      sources: [{ name: 'badges.json', content: BADGES }],
      user: 'bob',
      decorate: (adapter) => failingAt(adapter, failing),
    });
    pools = poolsOf(await fillCompany(gateway));
    schema = openSchema(gateway.session().registry);
  });
  afterAll(async () => {
    vi.useRealTimers();
    await gateway[Symbol.asyncDispose]();
  });

  const contextOf = (): GraphqlContext => {
    const session = gateway.session();
    const { call, principal } = session;
    const budget = new Budget(SETTINGS.limits);
    const outcome = { operation: 'query' };
    const baseUrl = 'https://id.example.com';
    return { call, principal, session, outcome, baseUrl, settings: SETTINGS, budget, roots: new Map(), thrown: [] };
  };

  /** Whether the plan answered it by itself; undefined for an operation that is not valid. */
  const compare = async ({ query, variables }: Operation): Promise<boolean | undefined> => {
    const document = parse(query);
    if (validate(schema, document).length > 0) return undefined;
    // The same document again, with every condition turned round.
    await compareAnswers(document, flipped(variables));
    return compareAnswers(document, variables);
  };

  const compareAnswers = async (document: DocumentNode, variables: Operation['variables']): Promise<boolean> => {
    const [operation] = document.definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('the operation comes first');
    const asked = { schema, document, variableValues: variables };
    const expected = await execute({ ...asked, contextValue: contextOf() });
    const context = contextOf();
    const data = await answerPlainly({ schema, document, operation, variables, context });
    const answered = data === undefined ? await execute({ ...asked, contextValue: context }) : { data };
    expect(bytesOf(answered)).toEqual(bytesOf(expected));
    return data !== undefined;
  };

  test.each([
    ['when all goes well', 0],
    ['when the backend fails now and then', 0.15],
  ])('%s', async (_when, share) => {
    const found = { valid: 0, plain: 0, cases: 0 };
    failing.share = share;
    await holdsForAsync(
      CASES,
      fc.asyncProperty(operations, async ({ seed, size }) => {
        const plain = await compare(generateOperation({ schema, seed, size, pools }));
        found.cases += 1;
        if (plain !== undefined) found.valid += 1;
        if (plain === true) found.plain += 1;
      }),
    );
    // A generator that makes nothing of worth would let everything pass.
    expect(found.valid / found.cases).toBeGreaterThan(0.8);
    expect(found.plain / found.valid).toBeGreaterThan(share === 0 ? 0.4 : 0.2);
    expect(found.plain / found.valid, 'something is left to graphql-js').toBeLessThan(0.98);
  });
});

function flipped(variables: Operation['variables']): Operation['variables'] {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, typeof value === 'boolean' ? !value : value]),
  );
}

/**
 * The order of errors follows the time at which fields of Query failed, and is nobody's promise. Nor is what else failed where all is null:
 * graphql-js ends with the first failure that `_entities`, which must not be null, meets.
 */
function bytesOf({ data, errors = [] }: ExecutionResult): {
  readonly data: string;
  readonly errors: readonly string[];
} {
  if (data === null) return { data: 'null', errors: errors.length === 0 ? [] : ['some'] };
  return { data: JSON.stringify(data), errors: errors.map((error) => JSON.stringify(error)).sort() };
}

/** Fails a share of the calls that are made, always the same ones. */
function failingAt(adapter: DirectoryAdapter, failing: { readonly share: number }): DirectoryAdapter {
  return hooked(adapter, (method, [, ...rest]) => {
    if (method === 'write' || hashOf(method + JSON.stringify(rest)) >= failing.share) return;
    throw new DirectoryError('UNAVAILABLE', 'the backend does not answer', { retryAfterMs: 1_500 });
  });
}

/** At least 0, less than 1: FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}

function poolsOf(company: Company): Pools {
  const ids = Object.values(company);
  return {
    ID: ids,
    after: [null],
    before: [null],
    since: [null],
    filter: ['userName eq "ada"', 'displayName pr', 'active eq true'],
    first: [0, 1, 2, 50],
    last: [null],
    String: ['ada', 'bob', 'cyd', 'ada@acme.example', 'R&D', 'User', 'Group', 'userName eq "ada"', 'E1'],
    _Any: [
      { __typename: 'User', id: company.ada },
      { __typename: 'Group', id: company.platform },
      { __typename: 'User' },
    ],
  };
}
