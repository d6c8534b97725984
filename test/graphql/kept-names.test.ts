import { describe, expect, test } from 'vitest';
import { DirectoryError } from '#model/errors.ts';
import { hooked } from '../support/hooked-adapter.ts';
import { lesser } from '../support/lesser-adapter.ts';
import { BADGES } from './badges.ts';
import { Gateway } from './gateway.ts';

const SOURCES = [{ name: 'badges.json', content: BADGES }];
const QUERY = '{ users { nodes { badgeOffice { badgeNumber } } } }';
const UNREACHABLE = new DirectoryError('UNAVAILABLE', 'the server cannot be reached');

describe('the names that a tenant keeps', () => {
  test('cost nothing where it has the standard schemas alone', async () => {
    const calls: string[] = [];
    await using gateway = await Gateway.open({
      decorateSystem: (adapter) => hooked(adapter, (method) => calls.push(method)),
    });
    await gateway.data('{ users { nodes { userName } } }');
    expect(calls).toEqual([]);
  });

  test('are read and written once for a schema of its own', async () => {
    const calls: string[] = [];
    await using gateway = await Gateway.open({
      sources: SOURCES,
      decorateSystem: (adapter) => hooked(adapter, (method) => calls.push(method)),
    });
    await Promise.all([gateway.data(QUERY), gateway.data(QUERY)]);
    await gateway.data(QUERY);
    expect(calls).toEqual(['byKeys', 'write']);
    gateway.change(SOURCES);
    await gateway.data(QUERY);
    expect(calls).toEqual(['byKeys', 'write', 'byKeys']);
  });

  test.each(['byKeys', 'write'])(
    'answer 503 as long as %s fails, and are there as soon as it does not',
    async (failing) => {
      let down = true;
      await using gateway = await Gateway.open({
        sources: SOURCES,
        decorateSystem: (adapter) =>
          hooked(adapter, (method) => {
            if (down && method === failing) throw UNREACHABLE;
          }),
      });
      const answer = await gateway.ask(QUERY);
      expect(answer).toMatchObject({
        status: 503,
        errors: [
          {
            message: 'the names that the schemas of the tenant acme were given could not be read or kept yet',
            extensions: { code: 'UNAVAILABLE' },
          },
        ],
      });
      expect(gateway.bugs).toEqual([UNREACHABLE]);
      down = false;
      expect(await gateway.data(QUERY)).toEqual({ users: { nodes: [] } });
    },
  );

  test('that others give again and again answer 503 after some attempts', async () => {
    let writes = 0;
    await using gateway = await Gateway.open({
      sources: SOURCES,
      decorateSystem: (adapter) =>
        hooked(adapter, (method) => {
          if (method !== 'write') return;
          writes += 1;
          throw new DirectoryError('VERSION_MISMATCH', 'another gateway was first');
        }),
    });
    expect(await gateway.ask(QUERY)).toMatchObject({ status: 503, errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    expect(writes).toBe(5);
  });

  test('are given and not kept where nothing can be written, and the operator is told', async () => {
    await using gateway = await Gateway.open({
      sources: SOURCES,
      decorateSystem: (adapter) => lesser(adapter, { writable: false }),
    });
    expect(await gateway.data(QUERY)).toEqual({ users: { nodes: [] } });
    expect(gateway.bugs).toMatchObject([{ code: 'READ_ONLY', message: expect.stringContaining('system.backend') }]);
  });
});
