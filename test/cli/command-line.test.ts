import { hash } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { VERSION } from '#config/version.ts';
import { folderWith, HASH, load } from '../config/configured.ts';
import { portico } from './portico.ts';

const yamlFile = (content: string) => join(folderWith({ 'portico.yaml': content }), 'portico.yaml');
const ENTRY = `{ name: idp, tenant: default, scopes: [scim:read], sha256: ${HASH} }`;

describe('help and version', () => {
  test.each([
    [['--help'], 'Usage:\n  portico [serve]'],
    [['serve', '--help'], 'Usage: portico [serve]'],
    [['check', '-h'], 'Usage: portico check'],
    [['token', 'new', '--help'], 'Usage: portico token new'],
    [['connect', '--help'], 'Usage: portico connect IDP'],
    [['schema', '--help'], 'Usage: portico schema'],
  ])('portico %s tells what there is', async (args, words) => {
    const { code, out } = await portico(...args);
    expect(out).toContain(words);
    expect(code).toBe(0);
  });

  test('--version tells the version of package.json', async () => {
    expect(await portico('--version')).toEqual({ code: 0, out: `portico ${VERSION}\n`, err: '' });
  });
});

describe('a command line that cannot be understood ends with 2, and says what to change', () => {
  test.each([
    [['chekc'], 'did you mean "check"?'],
    [['token', 'nwe'], 'did you mean "token new"?'],
    [['wibble'], 'the commands are serve, check, token new, schema, connect'],
    [['--confg', 'portico.yaml'], 'unknown flag --confg (did you mean --config?)'],
    [['serve', '--config'], '--config needs a value'],
    [['serve', '--config', '--demo', '10'], '--config needs a value'],
    [['check', '--config', 'x', '--connect=yes'], '--connect takes no value'],
    [['serve', '--config', 'x', 'y'], '"y" is no flag'],
    [['check'], 'check needs --config'],
    [['--demo', '0'], '--demo: expected a whole number from 1 to 1000000, got "0"'],
    [['--demo', '1e3'], '--demo: expected a whole number'],
    [['--demo', '10', '--seed', '-1'], '--seed needs a value'],
    [['--seed', '7'], '--seed belongs to --demo'],
    [['token', 'new', '--tenant', 'acme'], 'needs --scopes'],
    [['serve', '--__proto__', 'x'], 'unknown flag --__proto__'],
  ])('portico %s', async (args, words) => {
    const { code, out, err } = await portico(...args);
    expect(err).toContain(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('portico token new', () => {
  const make = (...more: readonly string[]) =>
    portico('token', 'new', '--tenant', 'acme', '--scopes', 'scim:read,scim:write', ...more);

  test('prints a token with a prefix, 192 random bits and a checksum', async () => {
    const [first = '', second] = (await Promise.all([make(), make()])).map(({ out }) => out.split('\n')[0]);
    expect(first).toMatch(/^portico_[\w-]{32}[\w-]{6}$/);
    expect(first).not.toBe(second);
    expect(Buffer.from(first.slice(-6), 'base64url').readUInt32BE()).toBe(crc32(first.slice(0, -6)));
  });

  test('prints the lines that make a configuration accept it', async () => {
    const { code, out } = await make(
      '--name',
      'entra: "prod"',
      '--user',
      'ada',
      '--policy',
      'apps',
      '--expires',
      '2127-06-30T18:00:00Z',
    );
    const token = out.split('\n')[0] ?? '';
    const lines = out.slice(out.indexOf('auth:'));
    const config = await load(`tenants: { acme: { policies: { apps: { hide: [emails] } } } }\n${lines}`);
    expect(config.tokens).toEqual([
      {
        name: 'entra: "prod"',
        tenant: 'acme',
        scopes: ['scim:read', 'scim:write'],
        sha256: hash('sha256', token),
        user: 'ada',
        policy: 'apps',
        expires: new Date('2127-06-30T18:00:00Z'),
      },
    ]);
    expect(lines).not.toContain(token);
    expect(code).toBe(0);
  });

  test('refuses what a configuration would refuse, all at once', async () => {
    const { code, out, err } = await portico(
      'token',
      'new',
      '--tenant',
      '_acme',
      '--scopes',
      'scim:raed',
      '--policy',
      '_apps',
      '--expires',
      'soon',
    );
    expect(err).toContain('--tenant: expected a name that does not begin with "_"');
    expect(err).toContain('--policy: expected a name that does not begin with "_"');
    expect(err).toMatch(/--scopes\[0\]: .* did you mean "scim:read"\?/);
    expect(err).toContain('--expires: expected a date');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('portico check', () => {
  test('names the trusted documents that are none, or do not fit the schema', async () => {
    const documents = yamlFile(JSON.stringify({ whole: '{ users { totalCount } }', stale: 'query Stale { gone }' }));
    const graphql = `graphql: { trustedDocuments: ${documents} }`;
    const { code, out, err } = await portico('check', '--config', yamlFile(`auth: { tokens: [${ENTRY}] }\n${graphql}`));
    expect(err).toContain('tenants.default.graphql.trustedDocuments: "stale"');
    expect(err).toContain('Cannot query field "gone"');
    expect(err).not.toContain('whole');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('prints what a configuration comes to, secrets as ***', async () => {
    const secret = 'hidden'.repeat(8);
    const file = yamlFile(`auth: { tokens: [${ENTRY}] }\nserver: { secret: ${secret} }`);
    const { code, out, err } = await portico('check', '--config', file);
    expect(parse(out)).toEqual({
      server: {
        host: '127.0.0.1',
        port: 8080,
        trustedProxies: [],
        drainSeconds: 5,
        bodyLimit: '16mb',
        publicServiceProviderConfig: true,
        secret: '***',
      },
      tenants: {
        default: {
          backend: 'memory',
          profile: 'default',
          switches: expect.objectContaining({ booleanStrings: 'coerce' }),
          schemas: [],
          groupPatchAnswer: 204,
          userPatchAnswer: 200,
          uniqueGroupNames: true,
          lifeCycle: expect.objectContaining({ onDelete: 'remove' }),
          sensitiveFilters: [],
          policies: {},
          rawTokens: false,
          limits: expect.objectContaining({ maxPageSize: 200, bulkMaxPayload: '4mb' }),
          graphql: { mutations: true, limits: expect.objectContaining({ depth: 15 }) },
        },
      },
      backends: { memory: { adapter: 'memory' } },
      auth: { tokens: [{ name: 'idp', tenant: 'default', scopes: ['scim:read'], sha256: '***' }] },
      graphql: {
        introspection: true,
        persistedQueries: true,
        executor: 'plan',
        limits: expect.objectContaining({ cost: 250_000 }),
      },
      system: { backend: 'memory', refreshSeconds: 5 },
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('--connect says of each backend whether it can serve', async () => {
    const { code, out } = await portico('check', '--config', yamlFile(`auth: { tokens: [${ENTRY}] }`), '--connect');
    expect(out).toContain('# backend memory can serve');
    expect(code).toBe(0);
  });

  test('prints every fault of the file and of the options of its backends, and ends with 2', async () => {
    const file = yamlFile(`
server: { prot: 1 }
backends: { memory: { adapter: memory, changesKpt: 1 }, other: { adapter: memry } }
tenants: { default: { backend: memory } }
auth: { tokens: [${ENTRY}] }`);
    const { code, out, err } = await portico('check', '--config', file);
    expect(err.split('\n')[0]).toBe(`portico: ${file} has 3 faults`);
    expect(err).toContain('server.prot: expected a known key; did you mean "port"?');
    expect(err).toContain('backends.memory.changesKpt');
    expect(err).toContain('backends.other.adapter');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('tells sensitive attributes that no schema has', async () => {
    const paths = '[emails, name.familyNam, "urn:added:at:run:time:number"]';
    const file = yamlFile(`tenants: { default: { sensitiveFilters: ${paths} } }\nauth: { tokens: [${ENTRY}] }`);
    const { code, err } = await portico('check', '--config', file);
    expect(err).toContain('tenants.default.sensitiveFilters[1]: expected the path of an attribute');
    expect(err).not.toContain('sensitiveFilters[2]');
    expect(code).toBe(2);
  });

  test('an attribute that a policy misspells is told with the nearest one, and one of a schema to come is not', async () => {
    const hide = "[emials, 'urn:acme:badge:1.0:User:number', id]";
    const policies = `tenants: { default: { policies: { apps: { hide: ${hide} } } } }`;
    const { code, err } = await portico('check', '--config', yamlFile(`${policies}\nauth: { tokens: [${ENTRY}] }`));
    expect(err).toContain('tenants.default.policies.apps.hide[0]: expected the path of an attribute');
    expect(err).toContain('did you mean emails?');
    expect(err).toContain('hide[2]: expected an attribute other than id, schemas and meta');
    expect(err).not.toContain('hide[1]');
    expect(code).toBe(2);
  });

  test('tells the faults of the schemas that a tenant names', async () => {
    const folder = folderWith({
      'portico.yaml': `tenants: { default: { schemas: [badge.json] } }\nauth: { tokens: [${ENTRY}] }`,
      'badge.json': '{ "id": "urn:example:Badge", "attributes": [{ "name": "no name" }] }',
    });
    const { code, err } = await portico('check', '--config', join(folder, 'portico.yaml'));
    expect(err).toContain('tenants.default.schemas: ');
    expect(code).toBe(2);
  });

  test('tells every schema file that cannot be read, of every tenant', async () => {
    const folder = folderWith({
      'portico.yaml': `tenants: { default: { schemas: [one.json, two.json] }, other: { schemas: [badge.json] } }\nauth: { tokens: [${ENTRY}] }`,
      'one.json': '{',
      'two.json': '[1,',
      'badge.json': '{ "id": "urn:example:Badge", "attributes": [{ "name": "no name" }] }',
    });
    const { code, err } = await portico('check', '--config', join(folder, 'portico.yaml'));
    for (const told of ['one.json: JSON', 'two.json: JSON', 'badge.json: attributes[0].name'])
      expect(err).toContain(told);
    expect(code).toBe(2);
  });
});
