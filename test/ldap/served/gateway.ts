import { hash } from 'node:crypto';
import { expect, vi } from 'vitest';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { type ScimClient, scimClient } from '#test/support/scim-client.ts';
import type { Slapd } from '#test/support/slapd.ts';

/** Portico as an operator runs it, before one slapd, with a tenant for each way of mapping it. */
export interface DirectoryGateway {
  readonly portico: PorticoProcess;
  scim(tenant: string): ScimClient;
  /** The token names the tenant. The whole answer: `{ data, errors }`. */
  graphql(tenant: string, query: string): Promise<GraphqlAnswer>;
  stop(): Promise<void>;
}

export interface GraphqlAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  readonly data?: any;
  readonly errors?: readonly { readonly message: string }[];
}

/** What of a tenant's configuration differs: the options of its backend, and its own keys (`schemas`, `profile`). */
export interface DirectoryTenant {
  readonly users: object;
  readonly groups: object;
  readonly bindDn?: string;
  readonly tenant?: object;
}

export async function startDirectoryGateway(
  slapd: Slapd,
  tenants: { readonly [name: string]: DirectoryTenant },
): Promise<DirectoryGateway> {
  const names = Object.keys(tenants);
  const each = <T>(make: (name: string, given: DirectoryTenant) => T) =>
    Object.fromEntries(Object.entries(tenants).map(([name, given]) => [name, make(name, given)]));
  const shared = { adapter: 'ldap', url: slapd.url, bindDn: slapd.adminDn, bindPassword: { env: 'LDAP_PASSWORD' } };
  const portico = await startPortico(
    JSON.stringify({
      server: { port: 0, drainSeconds: 0 },
      system: { backend: 'memory' },
      tenants: each((name, { tenant }) => ({ backend: name, ...tenant })),
      backends: {
        memory: { adapter: 'memory' },
        ...each((_, { tenant: _keys, ...options }) => ({ ...shared, ...options })),
      },
      auth: { tokens: names.map(tokenRecord) },
    }),
    { LDAP_PASSWORD: slapd.adminPassword },
  );
  const scimOf = (tenant: string) => scimClient(`${portico.url}/tenants/${tenant}/scim/v2`, tokenOf(tenant));
  // A busy machine may take longer over the first connection than a request waits for it.
  const answers = async (name: string) => (await scimOf(name).get('/Users?count=0')).status;
  for (const name of names) {
    await vi.waitFor(async () => expect(await answers(name)).toBe(200), { timeout: 20_000 });
  }
  return {
    portico,
    scim: scimOf,
    async graphql(tenant, query) {
      const answer = await fetch(`${portico.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokenOf(tenant)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return (await answer.json()) as GraphqlAnswer;
    },
    async stop() {
      await portico.stop();
    },
  };
}

const SCOPES = ['scim:read', 'scim:write', 'graphql:read', 'graphql:write'];

function tokenRecord(tenant: string) {
  return { name: `tests of ${tenant}`, tenant, scopes: SCOPES, sha256: hash('sha256', tokenOf(tenant)) };
}

function tokenOf(tenant: string): string {
  return `a-token-of-the-tests-for-${tenant}`;
}
