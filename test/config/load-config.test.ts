import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { effectiveConfig } from '#config/effective-config.ts';
import { loadConfig } from '#config/load-config.ts';
import { switchesOf } from '#config/profiles.ts';
import { DirectoryError } from '#model/errors.ts';
import { SCOPES } from '#model/principal.ts';
import { DEFAULT_LIMITS } from '#scim/limits.ts';
import { faultsOf, folderWith, HASH, load, TOKEN } from './configured.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const DEFAULT_LIFE_CYCLE = {
  onDelete: 'remove',
  userGroups: 'refuse',
  references: 'strict',
  uniqueEmails: false,
  uniqueExternalIds: false,
} as const;

const QUERY_LIMITS = {
  bodyBytes: 102_400,
  tokens: 1_000,
  depth: 15,
  aliases: 50,
  rootFields: 20,
  directives: 50,
  directivesPerField: 5,
  inputDepth: 64,
  cost: 250_000,
  edges: 50_000,
  responseBytes: 16_777_216,
  deadlineSeconds: 20,
  subscriptions: 1_000,
  subscriptionsPerCredential: 200,
};

describe('without a file', () => {
  test('Portico serves one tenant from memory on the loopback address, with a token that it makes up', async () => {
    const config = await loadConfig({ env: {} });
    expect(config.server).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      bodyLimitBytes: 16 * 1024 * 1024,
      drainSeconds: 5,
      publicServiceProviderConfig: true,
    });
    expect([...config.tenants.values()]).toEqual([
      {
        name: 'default',
        backend: 'memory',
        profile: 'default',
        switches: switchesOf('default'),
        schemas: [],
        lifeCycle: DEFAULT_LIFE_CYCLE,
        sensitiveFilters: [],
        policies: {},
        rawTokens: false,
        limits: DEFAULT_LIMITS,
        graphql: { mutations: true, limits: QUERY_LIMITS },
      },
    ]);
    expect(config.backends.get('memory')).toMatchObject({ adapter: 'memory', options: {} });
    const token = config.development?.token ?? '';
    expect(token).toMatch(/^portico_[\w-]{38}$/);
    expect(config.tokens).toEqual([{ name: 'development', tenant: 'default', scopes: SCOPES, sha256: sha256(token) }]);
  });

  test('each start makes up another token and another secret for cursors', async () => {
    const [first, second] = [await loadConfig({ env: {} }), await loadConfig({ env: {} })];
    expect(first.development?.token).not.toBe(second.development?.token);
    expect(first.server.secret).not.toBe(second.server.secret);
  });

  test('PORTICO_HOST, PORTICO_PORT and PORTICO_TOKEN override what it would use', async () => {
    const config = await loadConfig({ env: { PORTICO_HOST: '::1', PORTICO_PORT: '0', PORTICO_TOKEN: 'let-me-in' } });
    expect(config.server).toMatchObject({ host: '::1', port: 0 });
    expect(config.development).toEqual({ token: 'let-me-in' });
    expect(config.tokens[0]?.sha256).toBe(sha256('let-me-in'));
  });

  test('an address that others reach is taken, since whoever starts it has said so', async () => {
    const config = await loadConfig({ env: { PORTICO_HOST: '0.0.0.0' } });
    expect(config.server.host).toBe('0.0.0.0');
  });

  test.each([
    ['PORTICO_PORT', 'eighty', 'a port from 0 to 65535'],
    ['PORTICO_PORT', '70000', 'a port from 0 to 65535'],
    ['PORTICO_PORT', 'tcp://10.0.0.1:8080', 'enableServiceLinks'],
    ['PORTICO_TOKEN', 'two words', 'as a header can carry'],
  ])('a fault in the environment is told by the name of its variable: %s=%s', async (name, value, words) => {
    const faults = await faultsOf(loadConfig({ env: { [name]: value } }));
    expect(faults).toHaveLength(1);
    expect(faults[0]?.path).toBe(name);
    expect(JSON.stringify(faults)).toContain(words);
  });

  test('the demo fills its tenant', async () => {
    const config = await loadConfig({ env: {}, flags: { demo: { people: 10, seed: 7 } } });
    expect(config.demo).toEqual({ people: 10, seed: 7 });
  });
});

test('a usual page size that nobody wrote is no larger than the largest', async () => {
  const limitsOf = async (limits: string) => {
    const { tenants } = await load(`${TOKEN}\ntenants: { default: { limits: ${limits} } }`);
    return [...tenants.values()][0]?.limits;
  };
  expect(await limitsOf('{ maxPageSize: 10 }')).toMatchObject({ defaultPageSize: 10, maxPageSize: 10 });
  expect(await limitsOf('{ maxPageSize: 150 }')).toMatchObject({ defaultPageSize: 100, maxPageSize: 150 });
});

describe('with a file', () => {
  test('units, paths, names and dates become what the gateway works with', async () => {
    const folder = folderWith({
      'badge.json': '{}',
      'secret.txt': `${'s'.repeat(40)}\n`,
      'portico.yaml': `
server:
  host: 0.0.0.0
  port: 443
  adminPort: 9090
  publicUrl: https://id.example.com/
  trustedProxies: [10.0.0.0/8, 2001:db8::1]
  bodyLimit: 512KB
  drainSeconds: 0.5
  publicServiceProviderConfig: false
  secret: { file: secret.txt }
tenants:
  acme:
    backend: corp
    schemas: [badge.json]
    profile: okta
    switches: { emptyStrings: keep }
    groupPatchAnswer: 200
    userPatchAnswer: 204
    uniqueGroupNames: false
    sensitiveFilters: [emails]
    policies: { apps: { hide: [emails] }, phonebook: { show: [displayName] } }
    rawTokens: true
    lifeCycle: { onDelete: retain, references: lenient, uniqueEmails: true }
    limits: { bulkMaxPayload: 2mb }
    graphql: { mutations: false, limits: { edges: 100, responseSize: 1mb } }
backends:
  corp: { adapter: ./own.ts, url: 'x://y' }
  spare: { adapter: memory }
auth:
  tokens:
    - { name: entra, tenant: acme, scopes: [scim:read, scim:write], sha256: ${HASH.toUpperCase()}, user: ada, policy: apps, expires: 2027-06-30 }
graphql: { introspection: admin, executor: graphql-js, limits: { depth: 9 } }
`,
    });
    const config = await loadConfig({ env: {}, file: join(folder, 'portico.yaml') });
    expect(config).toEqual({
      server: {
        host: '0.0.0.0',
        port: 443,
        adminPort: 9090,
        publicUrl: 'https://id.example.com',
        trustedProxies: ['10.0.0.0/8', '2001:db8::1'],
        bodyLimitBytes: 524_288,
        drainSeconds: 0.5,
        publicServiceProviderConfig: false,
        secret: 's'.repeat(40),
      },
      tenants: new Map([
        [
          'acme',
          {
            name: 'acme',
            backend: 'corp',
            profile: 'okta',
            switches: switchesOf('okta', {
              emptyStrings: 'keep',
              groupPatchAnswer: 200,
              userPatchAnswer: 204,
              uniqueGroupNames: false,
            }),
            schemas: [join(folder, 'badge.json')],
            lifeCycle: { ...DEFAULT_LIFE_CYCLE, onDelete: 'retain', references: 'lenient', uniqueEmails: true },
            sensitiveFilters: ['emails'],
            policies: { apps: { hide: ['emails'] }, phonebook: { show: ['displayName'] } },
            rawTokens: true,
            limits: { ...DEFAULT_LIMITS, bulkMaxPayloadBytes: 2_097_152 },
            graphql: { mutations: false, limits: { ...QUERY_LIMITS, depth: 9, edges: 100, responseBytes: 1_048_576 } },
          },
        ],
      ]),
      backends: new Map([
        ['corp', { name: 'corp', adapter: join(folder, 'own.ts'), options: { url: 'x://y' }, secretPaths: [] }],
        ['spare', { name: 'spare', adapter: 'memory', options: {}, secretPaths: [] }],
      ]),
      tokens: [
        {
          name: 'entra',
          tenant: 'acme',
          scopes: ['scim:read', 'scim:write'],
          sha256: HASH,
          user: 'ada',
          policy: 'apps',
          expires: new Date('2027-06-30T00:00:00Z'),
        },
      ],
      graphql: {
        introspection: 'admin',
        persistedQueries: true,
        executor: 'graphql-js',
        limits: { ...QUERY_LIMITS, depth: 9 },
      },
      system: { backend: 'corp', refreshSeconds: 5 },
    });
  });

  test('nothing is open that the file does not open', async () => {
    const config = await load(TOKEN);
    expect(config.development).toBeUndefined();
    expect(config.tokens.map(({ name }) => name)).toEqual(['idp']);
  });

  test('PORTICO_HOST and PORTICO_PORT override it, and are checked as it is', async () => {
    const config = await load(`${TOKEN}\nserver: { port: 1 }`, { env: { PORTICO_PORT: '8081' } });
    expect(config.server.port).toBe(8081);
    const faults = await faultsOf(load(TOKEN, { env: { PORTICO_HOST: '0.0.0.0' } }));
    expect(faults.map(({ path }) => path)).toEqual(['PORTICO_HOST']);
  });

  test('PORTICO_TOKEN beside it is refused rather than passed over', async () => {
    const faults = await faultsOf(load(TOKEN, { env: { PORTICO_TOKEN: 'let-me-in' } }));
    expect(faults).toMatchObject([{ path: 'PORTICO_TOKEN', expected: expect.stringContaining('not to be set') }]);
    expect(JSON.stringify(faults)).not.toContain('let-me-in');
  });

  test('the demo is refused where the first tenant would remember invented people', async () => {
    const yaml = `${TOKEN}\nbackends: { main: { adapter: postgres } }`;
    const faults = await faultsOf(load(yaml, { flags: { demo: { people: 1, seed: 1 } } }));
    expect(faults.map(({ path }) => path)).toEqual(['--demo']);
  });

  test('a tenant that names no backend has the only one', async () => {
    const config = await load(`${TOKEN}\nbackends: { main: { adapter: memory } }`);
    expect([...config.tenants.values()][0]?.backend).toBe('main');
  });

  test('one that cannot be read is a fault of --config', async () => {
    const faults = await faultsOf(loadConfig({ env: {}, file: join(dirname(folderWith({})), 'no-such.yaml') }));
    expect(faults).toMatchObject([{ path: '--config', got: 'ENOENT' }]);
  });
});

describe('the options of a backend', () => {
  const yaml = `${TOKEN}
backends:
  main:
    adapter: memory
    url: redis://user:hidden-1@host/0
    password: { env: PASSWORD }
    apiToken: hidden-2
    tls: { ca: { file: ca.pem }, key: hidden-5, ports: [1, 2] }
`;
  const source = { env: { PASSWORD: 'hidden-3' } };
  const files = { 'ca.pem': 'hidden-4\n' };

  test('reach the adapter with secrets in place of their references, however deep', async () => {
    const config = await load(yaml, source, files);
    expect(config.backends.get('main')?.options).toEqual({
      url: 'redis://user:hidden-1@host/0',
      password: 'hidden-3',
      apiToken: 'hidden-2',
      tls: { ca: 'hidden-4', key: 'hidden-5', ports: [1, 2] },
    });
  });

  test('are shown with every secret as ***', async () => {
    const shown = effectiveConfig(await load(yaml, source, files));
    expect(JSON.stringify(shown)).not.toContain('hidden');
    expect(shown['backends']).toEqual({
      main: {
        adapter: 'memory',
        url: 'redis://user:***@host/0',
        password: '***',
        apiToken: '***',
        tls: { ca: '***', key: '***', ports: [1, 2] },
      },
    });
    expect(shown['server']).toMatchObject({ secret: '***' });
    expect(shown['auth']).toMatchObject({ tokens: [{ name: 'idp', sha256: '***' }] });
  });

  test('are checked by the adapter, whose faults are told by the path in the file', async () => {
    const checkOptions = async () => {
      throw new DirectoryError('INVALID_VALUE', 'no', { faults: [{ path: 'url', expected: 'a URL' }] });
    };
    const faults = await faultsOf(load(`${TOKEN}\nserver: { prot: 1 }`, { checkOptions }));
    expect(faults.map(({ path }) => path)).toEqual(['server.prot', 'backends.memory.url']);
  });

  test('an adapter that does not load is a fault of its name', async () => {
    const checkOptions = async () => {
      throw new DirectoryError('UNSUPPORTED', 'there is no adapter "memry"');
    };
    const faults = await faultsOf(load(TOKEN, { checkOptions }));
    expect(faults).toMatchObject([{ path: 'backends.memory.adapter', got: 'there is no adapter "memry"' }]);
  });
});
