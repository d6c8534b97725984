import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { portico } from '#test/cli/portico.ts';
import { folderWith } from '#test/config/configured.ts';
import { startPortico } from '#test/support/portico-process.ts';
import { type ScimClient, scimClient } from '#test/support/scim-client.ts';

const TOKEN = 'a-token-of-the-tests-for-discovery';

export interface Asked {
  readonly scim: ScimClient;
  /** The whole answer: `{ data, errors }`. */
  graphql(query: string): Promise<unknown>;
}

interface Connection {
  readonly url: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  /** In PEM. */
  readonly ca?: string;
}

/** What `portico ldap discover` prints passes `portico check --connect`, and is served as it is until the test ends. */
export async function serveDiscovered(connection: Connection, ...more: readonly string[]): Promise<Asked> {
  const { url, adminDn, adminPassword, ca } = connection;
  const folder = folderWith({ password: `${adminPassword}\n`, ...(ca !== undefined && { 'ca.pem': ca }) });
  const trusted = ca === undefined ? [] : ['--ca', join(folder, 'ca.pem')];
  const bind = ['--bind-dn', adminDn, '--password-file', join(folder, 'password')];
  const { code, out, err } = await portico('ldap', 'discover', '--url', url, ...bind, ...trusted, ...more);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).not.toContain(adminPassword);
  const file = join(folder, 'portico.yaml');
  writeFileSync(file, out);
  const checked = await portico('check', '--config', file, '--connect');
  expect({ code: checked.code, err: checked.err }).toEqual({ code: 0, err: '' });

  const scopes = ['scim:read', 'scim:write', 'graphql:read'];
  const auth = { tokens: [{ name: 'tests', tenant: 'default', scopes, sha256: hash('sha256', TOKEN) }] };
  const gateway = await startPortico(JSON.stringify({ ...parse(out), server: { port: 0, drainSeconds: 0 }, auth }));
  onTestFinished(async () => {
    await gateway.stop();
  });
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  return {
    scim: scimClient(`${gateway.url}/scim/v2`, TOKEN),
    graphql: async (query) =>
      (await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })).json(),
  };
}
