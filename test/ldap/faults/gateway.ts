import { hash } from 'node:crypto';
import { vi } from 'vitest';
import { SCHEMA } from '#test/ldap/directory.ts';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { type ScimClient, scimClient } from '#test/support/scim-client.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import type { SlapdOptions } from '#test/support/slapd-configuration.ts';

const TOKEN = 'a-token-of-the-tests-for-faults';
const SCOPES = ['scim:read', 'scim:write', 'graphql:read', 'graphql:write', 'admin'];

/** A gateway as operators run it, in a process of its own, with a tenant in a directory. */
export interface DirectoryGateway extends AsyncDisposable {
  readonly portico: PorticoProcess;
  readonly scim: ScimClient;
  graphql(query: string): Promise<GraphqlAnswer>;
}

export interface GraphqlAnswer {
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** A directory that can keep all of a resource, and people's names of its own making, so that a create that is sent twice shows. */
export function startDirectory(options: SlapdOptions = {}): Promise<Slapd> {
  return startSlapd({ ...options, global: [`include ${SCHEMA}`, options.global ?? ''].join('\n') });
}

/** The options of the LDAP backend; `changes` among them where the way to the server is another. */
export async function startGateway(slapd: Slapd, changes: object = {}, limits: object = {}): Promise<DirectoryGateway> {
  const portico = await startPortico(
    JSON.stringify({
      server: { port: 0, drainSeconds: 0, trustedProxies: ['127.0.0.1'] },
      system: { backend: 'memory' },
      tenants: { acme: { backend: 'corp', graphql: { limits } } },
      backends: { memory: { adapter: 'memory' }, corp: { adapter: 'ldap', ...backendOptions(slapd), ...changes } },
      auth: { tokens: [{ name: 'tests', tenant: 'acme', scopes: SCOPES, sha256: hash('sha256', TOKEN) }] },
    }),
  );
  const scim = scimClient(`${portico.url}/scim/v2`, TOKEN);
  await untilServed(scim);
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  return {
    portico,
    scim,
    async graphql(query) {
      const body = JSON.stringify({ query });
      const response = await fetch(`${portico.url}/graphql`, { method: 'POST', headers, body });
      return { status: response.status, ...((await response.json()) as object) };
    },
    async [Symbol.asyncDispose]() {
      await portico.stop();
    },
  };
}

export async function untilServed(scim: ScimClient): Promise<void> {
  const serve = async () => {
    const { status, text } = await scim.get('/Users?count=0');
    if (status !== 200) throw new Error(text);
  };
  await vi.waitFor(serve, { timeout: 20_000, interval: 20 });
}

export function backendOptions({ url, adminDn, adminPassword, people, groups }: Slapd) {
  return {
    url,
    bindDn: adminDn,
    bindPassword: adminPassword,
    users: {
      base: people,
      objectClasses: ['inetOrgPerson', 'porticoResource'],
      rdn: 'porticoName',
      overflow: 'porticoOverflow',
    },
    groups: {
      base: groups,
      objectClasses: ['groupOfNames', 'porticoResource'],
      rdn: 'porticoName',
      attributes: { displayName: 'cn' },
      overflow: 'porticoOverflow',
    },
  };
}
