import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TenantId } from '#model/resource.ts';
import { connectionOf } from '#src/cli/connect/connection.ts';
import { IDENTITY_PROVIDERS } from '#src/cli/connect/identity-providers.ts';
import { printConnection } from '#src/cli/connect/print-connection.ts';
import { folderWith, HASH, load } from '../config/configured.ts';
import { portico } from './portico.ts';

const yamlFile = (content: string) => join(folderWith({ 'portico.yaml': content }), 'portico.yaml');
const entry = (more: string, number = 0) => `{ sha256: '${String(number).repeat(64)}', ${more} }`;
const SCIM = 'scopes: [scim:read, scim:write]';

const TWO_TENANTS = `
server: { publicUrl: https://id.example.com, secret: ${'hidden'.repeat(8)} }
tenants: { acme: { profile: entra }, globex: {} }
auth:
  tokens:
    - ${entry(`name: entra, tenant: acme, ${SCIM}`, 1)}
    - ${entry(`name: last year, tenant: acme, ${SCIM}, expires: 2020-01-01`, 2)}
    - ${entry('name: reader, tenant: acme, scopes: [scim:read]', 3)}
    - ${entry(`name: other, tenant: globex, ${SCIM}`, 4)}
`;

describe('portico connect', () => {
  test('prints every field for the tenant at hand, where a token comes from, and no secret', async () => {
    const { code, out, err } = await portico('connect', 'entra', '--tenant', 'acme', '--config', yamlFile(TWO_TENANTS));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`Microsoft Entra ID for the tenant acme

Enterprise applications > your application > Provisioning
  Provisioning Mode: Automatic
  Tenant URL: https://id.example.com/tenants/acme/scim/v2
  Secret Token: the token, see below

Mappings > Provision Microsoft Entra ID Users
  Enabled: Yes
  Target Object Actions: Create, Update, Delete
  attribute with matching precedence 1: userName

Mappings > Provision Microsoft Entra ID Groups
  Enabled: Yes, or No where groups stay away
  Target Object Actions: Create, Update, Delete
  attribute with matching precedence 1: displayName

Settings
  Scope: Sync only assigned users and groups
  Provisioning Status: On, once Test Connection has succeeded

The token, shown once, with the lines for the configuration:
  npx portico token new --tenant acme --name entra --scopes scim:read,scim:write
Tokens of the configuration that open it: entra, last year (expired on 2020-01-01T00:00:00.000Z).

Profile: entra, which is made for Microsoft Entra ID.
Test: Test Connection looks up a user whom nobody has: GET /Users with status 200 in the log.
More: docs/guides/entra.md
`);
  });

  test('without a file prints what portico serves then, and that the cloud does not reach it', async () => {
    const { code, out } = await portico('connect', 'okta');
    expect(out).toContain('SCIM connector base URL: http://127.0.0.1:8080/scim/v2\n');
    expect(out).toContain('set server.publicUrl to an https one');
    expect(code).toBe(0);
  });

  test.each([
    [['connect'], 'connect needs an identity provider: entra, okta, onelogin, ping, jumpcloud, google, sailpoint'],
    [['connect', 'entar'], 'unknown identity provider "entar"; did you mean "entra"?'],
    [['connect', 'wibble'], 'unknown identity provider "wibble"; choose one of entra, okta'],
    [['connect', 'constructor'], 'unknown identity provider "constructor"; choose one of'],
    [['connect', 'okta', 'entra'], 'connect takes one identity provider, got okta, entra'],
    [['connect', 'okta', '--tenant', 'defualt'], 'there is no tenant "defualt"; did you mean "default"?'],
    [['connect', 'okta', '--tenant', 'acme'], 'choose one of default, or name its configuration by --config'],
    [['connect', 'okta', '--tenat', 'default'], 'unknown flag --tenat (did you mean --tenant?)'],
    [['connet', 'okta'], 'unknown command "connet okta"'],
  ])('portico %s says what to change and ends with 2', async (args, words) => {
    const { code, out, err } = await portico(...args);
    expect(err).toContain(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('asks for the tenant where there are several, and tells the faults of a configuration', async () => {
    const several = await portico('connect', 'okta', '--config', yamlFile(TWO_TENANTS));
    expect(several.err).toContain('connect needs --tenant, one of acme, globex');
    const unknown = await portico('connect', 'okta', '--tenant', 'acne', '--config', yamlFile(TWO_TENANTS));
    expect(unknown.err).toContain('there is no tenant "acne"; did you mean "acme"?\n');
    const faulty = await portico('connect', 'okta', '--config', yamlFile('server: { prot: 1 }'));
    expect(faulty.err).toContain('server.prot: expected a known key; did you mean "port"?');
    expect([several.code, faulty.code]).toEqual([2, 2]);
  });
});

describe('what is printed follows the configuration', () => {
  test.each([
    ['server: { publicUrl: https://id.example.com/portico }', 'https://id.example.com/portico/scim/v2', undefined],
    ['server: { publicUrl: http://10.0.0.7:8080 }', 'http://10.0.0.7:8080/scim/v2', 'server.publicUrl is http'],
    ['server: { trustedProxies: [10.0.0.1] }', 'https://<your host>/scim/v2', 'the host that your proxy serves'],
    ['server: { host: "::1", port: 0 }', 'http://[::1]:<port>/scim/v2', 'does not reach this address'],
  ])('%s', async (server, url, warning) => {
    const text = await printed(
      'google',
      `${server}\nauth: { tokens: [${entry(`name: a, tenant: default, ${SCIM}`)}] }`,
    );
    expect(text).toContain(`endpoint URL: ${url}\n`);
    if (warning === undefined) expect(text.split('\n')[2]).toMatch(/^Apps > /);
    else expect(text.split('\n')[2]).toContain(warning);
  });

  test.each([
    ['okta', 'default', 'default, which takes most of what any identity provider sends; okta is made for Okta.'],
    ['ping', 'default', 'default, which is the one for Ping Identity.\n'],
    ['okta', 'okta', 'okta, which is made for Okta.'],
    [
      'okta',
      'strict',
      'strict, which refuses some of what Okta sends: set tenants.default.profile to default or okta.',
    ],
    [
      'ping',
      'okta',
      'okta, which is made for another, and may refuse what Ping Identity sends: set tenants.default.profile to default.',
    ],
  ])('%s under the profile %s', async (provider, profile, words) => {
    const tokens = `auth: { tokens: [${entry(`name: a, tenant: default, ${SCIM}`)}] }`;
    expect(await printed(provider, `tenants: { default: { profile: ${profile} } }\n${tokens}`)).toContain(
      `Profile: ${words}`,
    );
  });

  test('what a filter in a URL must not name is told, since identity providers look up by GET', async () => {
    const tokens = `auth: { tokens: [${entry(`name: a, tenant: default, ${SCIM}`)}] }`;
    expect(
      await printed('okta', `tenants: { default: { sensitiveFilters: [userName, emails] } }\n${tokens}`),
    ).toContain(
      '\nFilters in URLs: refused by userName, emails; leave out of tenants.default.sensitiveFilters what Okta matches by.\n',
    );
    expect(await printed('okta', tokens)).not.toContain('Filters in URLs');
  });

  test('a tenant without a token for both scopes is told so', async () => {
    const text = await printed(
      'okta',
      `auth: { tokens: [{ name: a, tenant: default, scopes: [scim:read], sha256: ${HASH} }] }`,
    );
    expect(text).toContain('No token of the configuration opens this tenant for reading and writing yet.');
  });

  test.each([...IDENTITY_PROVIDERS.keys()])('nothing of the table of %s stays open', async (name) => {
    const text = await printed(
      name,
      `auth: { tokens: [{ name: a, tenant: default, scopes: [scim:read], sha256: ${HASH} }] }`,
    );
    expect(text).toContain('http://127.0.0.1:8080/scim/v2');
    expect(text).not.toMatch(/<|`|undefined/);
    expect(text).not.toContain(HASH);
  });
});

async function printed(name: string, yaml: string): Promise<string> {
  const [config, provider] = [await load(yaml), IDENTITY_PROVIDERS.get(name)];
  const tenant = config.tenants.get('default' as TenantId);
  if (provider === undefined || tenant === undefined) throw new Error(`no ${name}, or no tenant`);
  return printConnection(provider, tenant, connectionOf(config, tenant));
}
