import { describe, expect, test } from 'vitest';
import { faultsOf, HASH, load, TOKEN } from './configured.ts';

const token = (more: string) => `auth: { tokens: [{ name: idp, tenant: default, scopes: [scim:read], ${more} }] }`;

/** A file, and the one fault that it has: where, and words of what is said about it. */
const FAULTS: readonly (readonly [yaml: string, path: string, ...words: string[]])[] = [
  [`${TOKEN}\nserver: { hots: 127.0.0.1 }`, 'server.hots', 'known key', 'did you mean "host"?'],
  [`${TOKEN}\nsever: {}`, 'sever', 'did you mean "server"?'],
  [`${TOKEN}\nserver: { wibble: 1 }`, 'server.wibble', 'the keys here are host, port'],
  [`${TOKEN}\ncaching: { ttlSeconds: 30 }`, 'caching', 'known key'],
  [`${TOKEN}\ntenants: { default: { shemas: [] } }`, 'tenants.default.shemas', 'did you mean "schemas"?'],
  [`${TOKEN}\nserver: { port: '8080' }`, 'server.port', 'a port from 0 to 65535', '"8080"'],
  [`${TOKEN}\nserver: { port: 65536 }`, 'server.port', 'a port from 0 to 65535', '65536'],
  [`${TOKEN}\nserver: { port: 8080, adminPort: 8080 }`, 'server.adminPort', 'another port'],
  [`${TOKEN}\nserver: { adminPort: 8080 }`, 'server.adminPort', 'another port'],
  [`${TOKEN}\nserver: { bodyLimit: 16 }`, 'server.bodyLimit', 'a size from 1kb to 999mb', '16'],
  [`${TOKEN}\nserver: { drainSeconds: -1 }`, 'server.drainSeconds', 'a number from 0 to 300', '-1'],
  [`${TOKEN}\nserver: { processes: 2 }`, 'server.processes', 'inside one process', '2'],
  [`${TOKEN}\nserver: { publicUrl: 'ftp://id.example.com' }`, 'server.publicUrl', 'http or https URL'],
  [`${TOKEN}\nserver: { publicUrl: 'https://id.example.com/?a=b' }`, 'server.publicUrl', 'without query'],
  [`${TOKEN}\nserver: { trustedProxies: [10.0.0.0/33] }`, 'server.trustedProxies[0]', '"10.0.0.0/33"'],
  [`${TOKEN}\nserver:`, 'server', 'a mapping of keys', 'an empty value'],
  [`${TOKEN}\nserver: []`, 'server', 'a mapping of keys', 'a list'],
  [`${TOKEN}\nserver: { secret: short }`, 'server.secret', 'at least 32 characters'],
  [`${TOKEN}\nserver: { secret: { env: NOT_SET } }`, 'server.secret', 'the environment variable NOT_SET'],
  [`${TOKEN}\nserver: { secret: { file: ./none } }`, 'server.secret', 'a readable file at ./none', 'ENOENT'],
  [`${TOKEN}\nserver: { secret: { vault: x } }`, 'server.secret', 'a mapping'],
  [`${TOKEN}\nserver: { host: 0.0.0.0 }`, 'server.host', 'loopback', 'in the clear', 'server.trustedProxies'],
  [`${TOKEN}\nserver: { host: 0.0.0.0, publicUrl: 'http://id.example.com' }`, 'server.host', 'loopback'],
  [`${TOKEN}\ntenants: { default: {}, _system: {} }`, 'tenants._system', 'does not begin with "_"'],
  [`${TOKEN}\ntenants: { default: {}, 'a/b': {} }`, 'tenants.a/b', 'letters, digits'],
  [`${TOKEN}\ntenants: { default: { profile: entar } }`, 'tenants.default.profile', 'strict', 'did you mean "entra"?'],
  [
    `${TOKEN}\ntenants: { default: { switches: { boleanStrings: coerce } } }`,
    'tenants.default.switches.boleanStrings',
    'did you mean "booleanStrings"?',
  ],
  [
    `${TOKEN}\ntenants: { default: { switches: { booleanStrings: refsue } } }`,
    'tenants.default.switches.booleanStrings',
    '"coerce" or "refuse"',
    'did you mean "refuse"?',
  ],
  [
    `${TOKEN}\ntenants: { default: { switches: { groupPatchAnswer: 200 } } }`,
    'tenants.default.switches.groupPatchAnswer',
    'known key',
  ],
  [`${TOKEN}\ntenants: { default: { switches: refuse } }`, 'tenants.default.switches', 'a mapping', 'a string'],
  [
    `${TOKEN}\ntenants: { default: { groupPatchAnswer: 201 } }`,
    'tenants.default.groupPatchAnswer',
    '204 or 200',
    '201',
  ],
  [
    `${TOKEN}\ntenants: { default: { limits: { defaultPageSize: 300 } } }`,
    'tenants.default.limits.defaultPageSize',
    'at most maxPageSize, which is 200',
    '300',
  ],
  [
    `${TOKEN}\ntenants: { default: { limits: { maxPageSize: 5000 } } }`,
    'tenants.default.limits.maxPageSize',
    '1 to 1000',
  ],
  [
    `${TOKEN}\ntenants: { default: { profile: rfc, lifeCycle: { userGroups: create } } }`,
    'tenants.default.lifeCycle.userGroups',
    'unique group names',
    'uniqueGroupNames',
  ],
  [`${TOKEN}\ntenants: { default: { lifeCycle: { onDelete: keep } } }`, 'tenants.default.lifeCycle.onDelete', '"keep"'],
  [`${TOKEN}\ntenants: { default: { schemas: [./none.json] } }`, 'tenants.default.schemas[0]', 'a readable file'],
  [
    `${TOKEN}\nbackends: { main: { adapter: memory } }\ntenants: { default: { backend: mian } }`,
    'tenants.default.backend',
    'did you mean "main"?',
  ],
  [`${TOKEN}\nbackends: { a: { adapter: memory }, b: { adapter: memory } }`, 'tenants.default.backend', '"a", "b"'],
  [`${TOKEN}\nbackends: { main: {} }`, 'backends.main.adapter', 'the name of an adapter', 'nothing'],
  ['server: {}', 'auth.tokens', 'at least one token', 'portico token new'],
  ['', 'auth.tokens', 'at least one token'],
  [token('sha256: x'), 'auth.tokens[0].sha256', '64 hex digits', 'a string'],
  [token(`sha256: ${HASH}, expires: 2027-02-30`), 'auth.tokens[0].expires', 'a date', '"2027-02-30"'],
  [token(`sha256: ${HASH}, expires: 2027-02-03T10:00:00`), 'auth.tokens[0].expires', 'with a zone'],
  [TOKEN.replace('scim:read', 'scim:raed'), 'auth.tokens[0].scopes[0]', 'did you mean "scim:read"?'],
  [TOKEN.replace('[scim:read]', '[]'), 'auth.tokens[0].scopes', 'at least one'],
  [TOKEN.replace('tenant: default', 'tenant: defalut'), 'auth.tokens[0].tenant', 'did you mean "default"?'],
  [
    `${TOKEN}\ntenants: { default: { policies: { apps: { hide: [a], show: [b] } } } }`,
    'tenants.default.policies.apps',
    'either "hide"',
    'both',
  ],
  [`${TOKEN}\ntenants: { default: { policies: { apps: {} } } }`, 'tenants.default.policies.apps', 'neither'],
  [
    `${TOKEN}\ntenants: { default: { policies: { _apps: { hide: [] } } } }`,
    'tenants.default.policies._apps',
    'does not begin with "_"',
  ],
  [
    `${TOKEN.replace('[scim:read]', '[scim:read], policy: app')}\ntenants: { default: { policies: { apps: { hide: [] } } } }`,
    'auth.tokens[0].policy',
    'did you mean "apps"?',
  ],
  [
    TOKEN.replace('[scim:read]', '[scim:read], policy: apps'),
    'auth.tokens[0].policy',
    'which has none',
    'tenants.default.policies.apps',
  ],
  [
    TOKEN.replace(/\] \}$/, `, { name: b, tenant: default, scopes: [admin], sha256: ${HASH.toUpperCase()} }] }`),
    'auth.tokens[1].sha256',
    'auth.tokens[0] has the same',
  ],
  ['server: "open', 'line 1, column 14', 'YAML', 'closing'],
  [`${TOKEN}\nserver: {}\nserver: {}`, 'line 3, column 1', 'YAML', 'unique'],
  [`${TOKEN}\ntenants:\n  __proto__: { backend: x }`, 'line 3, column 3', 'other than "__proto__"'],
  ['- a list', 'line 1, column 1', 'a mapping of keys'],
];

describe('a configuration is refused with the path of the key at fault and what belongs there', () => {
  const cases = FAULTS.map(([yaml, path, ...words]) => ({ yaml, path, words }));
  test.each(cases)('$path: $words', async ({ yaml, path, words }) => {
    const faults = await faultsOf(load(yaml));
    const said = faults.map(({ expected, got, remedy }) => `${expected}; ${got}; ${remedy}`);
    expect(said).toHaveLength(1);
    expect(faults[0]?.path).toBe(path);
    for (const word of words) expect(said[0]).toContain(word);
  });
});

test('all faults are told at once: unknown keys, wrong types, missing references and missing secrets', async () => {
  const faults = await faultsOf(
    load(`
server: { prot: 1, drainSeconds: soon, secret: { env: NOT_SET } }
tenants: { default: { backend: nowhere, schemas: [./none.json] } }
backends: { main: { adapter: memory, password: { file: ./none } } }
auth: { tokens: [{ name: idp, tenant: other, scopes: [scim:raed], sha256: ${HASH} }] }
`),
  );
  expect(faults.map(({ path }) => path).toSorted()).toEqual([
    'auth.tokens[0].scopes[0]',
    'auth.tokens[0].tenant',
    'backends.main.password',
    'server.drainSeconds',
    'server.prot',
    'server.secret',
    'tenants.default.backend',
    'tenants.default.schemas[0]',
  ]);
});

test.each([
  ['a token where its hash belongs', token('sha256: portico_verysecret')],
  ['a token where an entry belongs', 'auth: { tokens: [portico_verysecret] }'],
  ['a token where the list belongs', 'auth: { tokens: portico_verysecret }'],
  ['a secret of a wrong form', `${TOKEN}\nserver: { secret: [portico_verysecret] }`],
  ['a secret that is too short', `${TOKEN}\nserver: { secret: portico_verysecret }`],
])('no fault repeats what may be a secret: %s', async (_what, yaml) => {
  const faults = await faultsOf(load(yaml));
  expect(faults).not.toEqual([]);
  expect(JSON.stringify(faults)).not.toContain('verysecret');
});
