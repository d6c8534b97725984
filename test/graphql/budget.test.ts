import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { QueryLimits } from '#graphql/limits/query-limits.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { fillCompany } from './company.ts';
import { create, Gateway } from './gateway.ts';

/** What `fillCompany` and no more is in it. */
async function companyWith(limits: Partial<QueryLimits>, decorate?: (adapter: DirectoryAdapter) => DirectoryAdapter) {
  const gateway = await Gateway.open({ limits, ...(decorate && { decorate }) });
  await fillCompany(gateway);
  return gateway;
}

describe('the number of resources that one answer leads to', () => {
  const PEOPLE = '{ users { nodes { userName } } }';
  const GROUPS_OF_PEOPLE = '{ users { nodes { memberOf { nodes { id } } } } }';
  const NAMES_OF_GROUPS = '{ users { nodes { memberOf { nodes { displayName meta { version } } } } } }';

  test('is counted over all levels, as they are loaded', async () => {
    await using enough = await companyWith({ edges: 6 });
    expect((await enough.ask(GROUPS_OF_PEOPLE)).errors).toBeUndefined();
    await using short = await companyWith({ edges: 5 });
    expect((await short.ask(PEOPLE)).errors).toBeUndefined();
    const { status, data, errors } = await short.ask(GROUPS_OF_PEOPLE);
    expect([status, data]).toEqual([200, { users: null }]);
    expect(errors).toEqual([
      {
        message:
          'the query leads to 6 resources or more; at most 5 are loaded for one answer, so give smaller values of first',
        path: ['users'],
        locations: expect.any(Array),
        extensions: { code: 'TOO_MANY_EDGES', limit: 5, actual: 6 },
      },
    ]);
  });

  test('stops the loading where it is passed', async () => {
    await using gateway = await companyWith({ edges: 5 });
    const { errors } = await gateway.ask(NAMES_OF_GROUPS);
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['TOO_MANY_EDGES']);
    expect(gateway.calls, 'the groups themselves are not read').toEqual(['find', 'linked']);
    gateway.calls.length = 0;
    const deep =
      '{ user(by: { userName: "ada" }) { directReports { nodes { memberOf(first: 9) { nodes { members(first: 9) { nodes { id } } } } } } } }';
    await using tight = await companyWith({ edges: 2 });
    expect((await tight.ask(deep)).errors?.[0]?.extensions['code']).toBe('TOO_MANY_EDGES');
    expect(tight.calls).toEqual(['byKeys', 'linked']);
  });

  test('does not count what is only counted', async () => {
    await using gateway = await companyWith({ edges: 3 });
    const { data, errors } = await gateway.ask(
      '{ users { nodes { memberOf { totalCount } } totalCount } groups { totalCount } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ groups: { totalCount: 3 } });
  });

  test('leaves what was finished before as it is', async () => {
    await using gateway = await companyWith({ edges: 4 });
    const { data, errors } = await gateway.ask(
      '{ user(by: { userName: "ada" }) { userName } users { nodes { memberOf { nodes { id } } } } }',
    );
    expect(data).toEqual({ user: { userName: 'ada' }, users: null });
    expect(errors).toHaveLength(1);
  });
});

describe('the size of an answer', () => {
  const long = 'x'.repeat(2_000);

  async function peopleWithLongTitles(responseBytes: number, title = long) {
    const gateway = await Gateway.open({ limits: { responseBytes } });
    const session = gateway.session();
    for (const userName of ['ada', 'bob', 'cyd', 'dan']) await create(session, 'User', { userName, title });
    return gateway;
  }

  const tooLarge = {
    status: 200,
    data: null,
    errors: [
      {
        message: expect.stringMatching(/^the answer has \d+ bytes or more; at most 5000 are sent, so ask for fewer/),
        extensions: { code: 'RESPONSE_TOO_LARGE', limit: 5_000, actual: expect.any(Number) },
      },
    ],
  };

  test.each([
    ['a plain answer', '{ users { nodes { title } } }'],
    ['an answer of graphql-js', 'query ($yes: Boolean = true) { users { nodes { title @include(if: $yes) } } }'],
    ['text that is repeated', '{ users(first: 1) { nodes { a: title b: title c: title } } }'],
  ])('is found to be too much before it is built: %s', async (_what, query) => {
    await using gateway = await peopleWithLongTitles(5_000);
    expect((await gateway.ask('{ users(first: 2) { nodes { title } } }')).errors).toBeUndefined();
    const answer = await gateway.ask(query);
    expect(answer).toEqual(tooLarge);
    expect(Number(answer.errors?.[0]?.extensions['actual']), 'it was not built in full').toBeLessThan(8_000);
  });

  test('is counted in bytes in the end', async () => {
    await using gateway = await peopleWithLongTitles(5_000, 'ü'.repeat(1_000));
    const answer = await gateway.ask('{ users { nodes { title } } }');
    expect(answer).toEqual(tooLarge);
    const written = JSON.stringify({ data: { users: { nodes: Array(3).fill({ title: 'ü'.repeat(1_000) }) } } });
    expect(answer.errors?.[0]?.extensions['actual'], 'up to the one that is too much').toBe(
      Buffer.byteLength(written) - ']}}}'.length,
    );
  });

  test('is known from the names alone where there are no texts', async () => {
    await using gateway = await peopleWithLongTitles(200);
    const query = `query ($yes: Boolean = true) { users { nodes { ${'n'.repeat(80)}: active @include(if: $yes) } } }`;
    expect((await gateway.ask(query)).errors?.[0]?.extensions['code']).toBe('RESPONSE_TOO_LARGE');
  });

  test('tells the log why there is no answer', async () => {
    await using gateway = await peopleWithLongTitles(5_000);
    await gateway.ask('{ users { nodes { title } } }');
    expect(gateway.log.at(-1)?.outcome.detail).toContain('at most 5000 are sent');
  });
});

describe('the time of an operation', () => {
  const QUERY = '{ users { nodes { userName } } groups { totalCount } }';

  /** An adapter whose `find` of people waits; `heed` says what it does when it is told to stop. */
  function slow(heed: (call: Call) => Promise<never>, told: Call[]) {
    return (adapter: DirectoryAdapter) =>
      new Proxy(adapter, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name, target);
          if (typeof member !== 'function') return member;
          return (...args: readonly unknown[]) => {
            const [call, type] = args as [Call, string];
            if (name !== 'find' || type !== 'User' || told === undefined) return Reflect.apply(member, target, args);
            call.signal.addEventListener('abort', () => told.push(call));
            return heed(call);
          };
        },
      });
  }

  const aborting = (call: Call) =>
    new Promise<never>((_, reject) => {
      call.signal.addEventListener('abort', () => reject(new DirectoryError('TIMEOUT', 'the driver gave up')));
    });
  const deaf = () => new Promise<never>(() => undefined);

  test.each([
    ['that stops when it is told to', aborting],
    ['that never listens', deaf],
  ])('ends a query over a backend %s; what was there by then is answered', async (_which, heed) => {
    const told: Call[] = [];
    await using gateway = await companyWith({ deadlineSeconds: 0.2 }, slow(heed, told));
    const { status, data, errors } = await gateway.ask(QUERY);
    expect(told, 'the backend is told').toHaveLength(1);
    expect([status, data]).toEqual([200, { users: null, groups: { totalCount: 3 } }]);
    expect(errors).toEqual([
      {
        message: expect.stringMatching(/^the operation took [\d.]+ seconds; it may take 0\.2, so ask for fewer/),
        path: ['users'],
        locations: expect.any(Array),
        extensions: { code: 'TIMEOUT', limit: 0.2, actual: expect.any(Number) },
      },
    ]);
    expect(Number(errors?.[0]?.extensions['actual'])).toBeGreaterThanOrEqual(0.2);
  });

  test('is that of the tenant, below the time that a request has', async () => {
    const told: Call[] = [];
    await using gateway = await companyWith({ deadlineSeconds: 0.3 }, slow(aborting, told));
    const before = Date.now();
    await gateway.ask(QUERY);
    expect((told[0]?.deadline ?? 0) - before).toBeLessThan(10_000);
  });

  test('tells the backend as well when the client has left', async () => {
    const told: Call[] = [];
    const asked = Promise.withResolvers<void>();
    const heed = (call: Call) => {
      asked.resolve();
      return aborting(call);
    };
    await using gateway = await companyWith({ deadlineSeconds: 20 }, slow(heed, told));
    const leave = new AbortController();
    const answer = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY }),
      signal: leave.signal,
    });
    await asked.promise;
    leave.abort();
    await expect(answer).rejects.toThrow();
    for (let tries = 0; tries < 200 && told.length === 0; tries += 1) await setTimeout(10);
    expect(told).toHaveLength(1);
    expect(gateway.bugs).toEqual([]);
  });
});
