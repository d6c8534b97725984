import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { fillCompany } from './company.ts';
import { Gateway } from './gateway.ts';

describe('when the backend fails', () => {
  let gateway: Gateway;
  const failing = new Map<string, Error>();

  beforeAll(async () => {
    gateway = await Gateway.open({ decorate: (adapter) => failingWith(adapter, failing) });
    await fillCompany(gateway);
  });
  beforeEach(() => {
    failing.clear();
    gateway.bugs.length = 0;
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test('only the fields that need the failed call are null, with a code, a path and when to try again', async () => {
    failing.set('linked', new DirectoryError('UNAVAILABLE', 'the backend does not answer', { retryAfterMs: 1_500 }));
    const { status, data, errors } = await gateway.ask(`{
      user(by: { userName: "bob" }) { userName manager { userName } memberOf { nodes { displayName } } directReports { totalCount } }
      groups { totalCount }
    }`);
    expect(status).toBe(200);
    expect(data).toEqual({
      user: { userName: 'bob', manager: { userName: 'ada' }, memberOf: null, directReports: null },
      groups: { totalCount: 3 },
    });
    expect(errors).toEqual(
      ['memberOf', 'directReports'].map((field) => ({
        message: 'the backend does not answer',
        path: ['user', field],
        locations: expect.any(Array),
        extensions: { code: 'UNAVAILABLE', retryAfter: 2 },
      })),
    );
    expect(gateway.bugs).toEqual([]);
  });

  test('a list whose resources cannot be read is null, and what stands beside it is not', async () => {
    failing.set('getMany', new DirectoryError('TIMEOUT', 'the deadline has passed'));
    const { data, errors } = await gateway.ask(`{
      users(orderBy: [{ field: USER_NAME }]) { nodes { userName manager { userName } memberOf { nodes { meta { version } } totalCount } } }
    }`);
    expect(data).toEqual({
      users: {
        nodes: [
          { userName: 'ada', manager: null, memberOf: null },
          { userName: 'bob', manager: null, memberOf: null },
          { userName: 'cyd', manager: null, memberOf: null },
        ],
      },
    });
    expect(errors?.map(({ path }) => path?.slice(-2))).toEqual([
      [0, 'memberOf'],
      [1, 'manager'],
      [1, 'memberOf'],
      [2, 'manager'],
      [2, 'memberOf'],
    ]);
    expect(new Set(errors?.map(({ extensions }) => JSON.stringify(extensions)))).toEqual(
      new Set([JSON.stringify({ code: 'TIMEOUT', retryAfter: 5 })]),
    );
  });

  test('one of several fields of Query fails alone', async () => {
    failing.set('byKeys', new DirectoryError('UNAVAILABLE', 'gone'));
    const { data, errors } = await gateway.ask('{ user(by: { userName: "ada" }) { id } users { totalCount } }');
    expect(data).toEqual({ user: null, users: { totalCount: 3 } });
    expect(errors).toHaveLength(1);
  });

  test('a bug says nothing but the request id, and is reported', async () => {
    const bug = new TypeError('secret detail at /src/adapters/memory');
    failing.set('find', bug);
    const { status, data, errors } = await gateway.ask('{ users { nodes { id } } groups { totalCount } }');
    expect([status, data]).toEqual([200, { users: null, groups: null }]);
    for (const error of errors ?? []) {
      expect(error.message).toBe('internal error; the log has more under request id request-1');
      expect(error.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
    }
    expect(errors).toHaveLength(2);
    expect(gateway.bugs).toEqual([bug, bug]);
  });

  test('an error of another copy of the class is known by its code', async () => {
    const foreign = Object.assign(new Error('no'), {
      name: 'DirectoryError',
      code: 'RATE_LIMITED',
      retryAfterMs: 9_000,
    });
    failing.set('find', foreign);
    const { errors } = await gateway.ask('{ users { totalCount } }');
    expect(errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 9 });
  });
});

/** The adapter with some of its methods rejecting, while they have an entry in `failing`. */
function failingWith(adapter: DirectoryAdapter, failing: ReadonlyMap<string, Error>): DirectoryAdapter {
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      if (name === 'capabilities') return member.bind(target) as unknown;
      return async (...args: unknown[]) => {
        const error = failing.get(String(name));
        if (error !== undefined) throw error;
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });
}
