import { hash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCOPES, type Scope } from '#model/principal.ts';
import type { Json } from '#model/resource.ts';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { type ScimClient, scimClient } from '#test/support/scim-client.ts';
import { requirementOf } from './requirements.ts';
import { checkWitness, newWitness, type Witness, witnessed } from './witness.ts';

/** Keys of `tenants.<name>` in a configuration; `schemas` are names of files in test/rfc/schemas. */
export type Settings = { readonly [key: string]: Json };

/** The tenants of a row by the names that its test has for them; each row has its own, empty, and always a `main`. */
export type Tenants = { readonly [name: string]: Settings };

export interface Row {
  /** A client of the tenant `main` with every scope. */
  readonly scim: ScimClient;
  /** A client of another tenant of the row, or of the file's `shared` one; with every scope, or these alone. */
  client(tenant: string, scopes?: readonly Scope[]): ScimClient;
  /** The credential of a client. */
  token(tenant?: string, scopes?: readonly Scope[]): string;
  /** The name under which the gateway knows a tenant of the row. */
  tenantName(tenant: string): string;
  /** The gateway from its root, for what lies beside the SCIM base: `/graphql`, `/tenants/...`. */
  readonly root: ScimClient;
  /** What the gateway has written so far. */
  output(): string;
  /** Sends a signal to the gateway's process. */
  signal(name: NodeJS.Signals): void;
}

type RowTest = (row: Row) => Promise<void>;

export interface Rows {
  (row: string, body: RowTest): void;
  (row: string, tenants: Tenants, body: RowTest): void;
}

export interface RowsOptions {
  /** Keys of `server` in the configuration. */
  readonly server?: Settings;
  /** The one backend instead of memory: a file of this folder that exports `adapter`. */
  readonly adapter?: string;
  /** More of the environment of the gateway's process. */
  readonly env?: { readonly [name: string]: string };
  /** When the tokens of a single scope end; those of every scope do not. */
  readonly expires?: string;
  /** A tenant for all rows of the file, which know it as `shared`. */
  readonly shared?: Settings;
}

/** The userName behind the tokens with every scope, for `/Me`. */
export const ME = 'me';
const SHARED = 'shared';

/**
 * Declares the tests of a file's rows. All share one gateway, a process of its own with one configuration; each row has its own
 * tenants in it. A row's test fails where it sends nothing, looks at no answer or asserts nothing.
 */
export function openRows({ server = {}, adapter = 'memory', env = {}, expires, shared }: RowsOptions = {}): Rows {
  const tenants = new Map<string, Settings>(shared === undefined ? [] : [[SHARED, shared]]);
  let gateway: PorticoProcess | undefined;
  beforeAll(async () => {
    gateway = await startPortico(JSON.stringify(configurationOf(tenants, server, adapter, expires)), env);
  });
  afterAll(() => gateway?.stop());

  return (number: string, ...rest: readonly [RowTest] | readonly [Tenants, RowTest]) => {
    const [named, body] = rest.length === 1 ? [{}, rest[0]] : rest;
    const { text, section } = requirementOf(number);
    for (const [name, settings] of Object.entries({ main: {}, ...named }))
      tenants.set(tenantName(number, name), settings);
    test(`${number} ${text} (${section})`, { meta: { row: number } }, async () => {
      if (gateway === undefined) throw new Error('the gateway has not started');
      const witness = newWitness();
      await body(openRow(number, gateway, witness));
      checkWitness(number, witness, expect.getState().assertionCalls);
    });
  };
}

function openRow(number: string, gateway: PorticoProcess, witness: Witness): Row {
  const token = (tenant = 'main', scopes: readonly Scope[] = SCOPES) => tokenOf(tenantName(number, tenant), scopes);
  const client = (tenant: string, scopes?: readonly Scope[]) =>
    witnessed(scimClient(`${gateway.url}/scim/v2`, token(tenant, scopes)), witness);
  return {
    scim: client('main'),
    client,
    token,
    tenantName: (tenant) => tenantName(number, tenant),
    root: witnessed(scimClient(gateway.url, token()), witness),
    output: () => gateway.output(),
    signal: (name) => process.kill(gateway.pid, name),
  };
}

function configurationOf(
  tenants: ReadonlyMap<string, Settings>,
  server: Settings,
  adapter: string,
  expires?: string,
): Json {
  return {
    server: { port: 0, drainSeconds: 0, ...server },
    backends: { only: { adapter: adapter.endsWith('.ts') ? pathOf(adapter) : adapter } },
    tenants: Object.fromEntries([...tenants].map(([name, settings]) => [name, withSchemaFiles(settings)])),
    auth: { tokens: [...tenants.keys()].flatMap((tenant) => tokenEntries(tenant, expires)) },
  };
}

function withSchemaFiles(settings: Settings): Settings {
  const { schemas } = settings;
  if (!Array.isArray(schemas)) return settings;
  return {
    ...settings,
    schemas: schemas.map((name) => pathOf(`schemas/${String(name)}`)),
  };
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

/** Every scope, which stands for the user `ME`, and each alone, which stands for nobody. */
function tokenEntries(tenant: string, expires?: string): Json[] {
  return [SCOPES, ...SCOPES.map((scope) => [scope])].map((scopes) => ({
    name: `${tenant} ${scopes.join(' ')}`,
    tenant,
    scopes: [...scopes],
    sha256: hash('sha256', tokenOf(tenant, scopes)),
    ...(scopes === SCOPES ? { user: ME } : expires !== undefined && { expires }),
  }));
}

function tenantName(row: string, tenant: string): string {
  return tenant === SHARED ? SHARED : `${row.toLowerCase()}.${tenant}`;
}

function tokenOf(tenant: string, scopes: readonly Scope[]): string {
  return `secret-${tenant}-${scopes.join('-')}`;
}
