import { hash } from 'node:crypto';
import { vi } from 'vitest';
import { SCHEMA } from '#test/ldap/directory.ts';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { type ScimClient, scimClient } from '#test/support/scim-client.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import type { SlapdOptions } from '#test/support/slapd-configuration.ts';

const SCOPES = ['scim:read', 'scim:write', 'graphql:read', 'graphql:write', 'admin'];

/** A gateway as operators run it, in a process of its own, with a tenant in a directory. */
export interface DirectoryGateway extends AsyncDisposable {
  readonly portico: PorticoProcess;
  readonly scim: ScimClient;
  graphql(query: string): Promise<GraphqlAnswer>;
}

/** The same with a tenant in each of several directories, by name. */
export interface Gateways<Name extends string> extends AsyncDisposable {
  readonly portico: PorticoProcess;
  readonly scim: { readonly [name in Name]: ScimClient };
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

/** `changes` are options of the LDAP backend that differ, such as another way to the server. */
export async function startGateway(slapd: Slapd, changes: object = {}, limits: object = {}): Promise<DirectoryGateway> {
  const gateways = await startGateways({ acme: { ...backendOptions(slapd), ...changes } }, limits);
  const url = `${gateways.portico.url}/graphql`;
  const headers = { authorization: `Bearer ${tokenOf('acme')}`, 'content-type': 'application/json' };
  return {
    portico: gateways.portico,
    scim: gateways.scim.acme,
    async graphql(query) {
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
      return { status: response.status, ...((await response.json()) as object) };
    },
    [Symbol.asyncDispose]: () => gateways[Symbol.asyncDispose](),
  };
}

/** `unservable`: those that no request can be answered for. */
export async function startGateways<Name extends string>(
  backends: { readonly [name in Name]: object },
  limits: object = {},
  unservable: readonly Name[] = [],
): Promise<Gateways<Name>> {
  const names = Object.keys(backends) as Name[];
  const table = <T>(ofName: (name: Name) => T) =>
    Object.fromEntries(names.map((name) => [name, ofName(name)])) as { readonly [name in Name]: T };
  const portico = await startPortico(
    JSON.stringify({
      server: { port: 0, drainSeconds: 0, trustedProxies: ['127.0.0.1'] },
      system: { backend: 'memory' },
      tenants: table((name) => ({ backend: name, graphql: { limits } })),
      backends: { memory: { adapter: 'memory' }, ...table((name) => ({ adapter: 'ldap', ...backends[name] })) },
      auth: {
        tokens: names.map((name) => ({ name, tenant: name, scopes: SCOPES, sha256: hash('sha256', tokenOf(name)) })),
      },
    }),
  );
  const scim = table((name) => scimClient(`${portico.url}/scim/v2`, tokenOf(name)));
  await Promise.all(names.map((name) => (unservable.includes(name) ? undefined : untilServed(scim[name]))));
  return {
    portico,
    scim,
    async [Symbol.asyncDispose]() {
      await portico.stop();
    },
  };
}

function tokenOf(name: string): string {
  return `a-token-of-the-tests-for-faults-of-${name}`;
}

/** That the directory is there, and lets Portico in. */
export async function untilServed(scim: ScimClient): Promise<void> {
  const serve = async () => {
    const { status, text } = await scim.get('/Users?filter=userName%20eq%20%22nobody%22');
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
