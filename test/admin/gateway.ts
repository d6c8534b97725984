import { onTestFinished } from 'vitest';
import { tokenSha256 } from '#config/token.ts';
import type { Started } from '#src/compose.ts';
import { start } from '#src/compose.ts';
import { load } from '../config/configured.ts';
import { type ScimClient, scimClient } from '../support/scim-client.ts';

export interface AdminGateway {
  readonly url: string;
  /** Below `/admin`, by default of the tenant acme with the scope `admin`. */
  admin(token?: string): ScimClient;
  /** Below `/scim/v2`, with every scope but `admin`. */
  scim(tenant?: string): ScimClient;
  query(
    text: string,
    tenant?: string,
  ): Promise<{ readonly data?: unknown; readonly errors?: readonly { message: string }[] }>;
  close(): Promise<void>;
}

export interface AdminGatewayOptions {
  /** YAML of the tenant acme's keys. */
  readonly acme?: string;
  /** Further top-level keys. */
  readonly more?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** The whole gateway as a configuration file starts it, with the tenants acme and zeta. */
export async function openAdminGateway({
  acme = '{}',
  more = '',
  files = {},
}: AdminGatewayOptions = {}): Promise<AdminGateway> {
  const entries = ['acme', 'zeta'].flatMap((tenant) => [
    entryOf(tenant, 'user', 'scim:read, scim:write, graphql:read, graphql:write'),
    entryOf(tenant, 'admin', 'admin'),
  ]);
  const yaml = `
server: { port: 0, drainSeconds: 0 }
tenants: { acme: ${acme}, zeta: {} }
auth: { tokens: [${entries.join(', ')}] }
${more}`;
  const started: Started = await start(await load(yaml, {}, files));
  const close = once(() => started.close());
  onTestFinished(close);
  return {
    url: started.url,
    admin: (token = 'acme-admin') => scimClient(`${started.url}/admin`, token),
    scim: (tenant = 'acme') => scimClient(`${started.url}/scim/v2`, `${tenant}-user`),
    async query(text, tenant = 'acme') {
      const answer = await fetch(`${started.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tenant}-user`, 'content-type': 'application/json' },
        body: JSON.stringify({ query: text }),
      });
      return answer.json() as ReturnType<AdminGateway['query']>;
    },
    close,
  };
}

function entryOf(tenant: string, kind: string, scopes: string): string {
  const token = `${tenant}-${kind}`;
  return `{ name: ${token}, tenant: ${tenant}, scopes: ['${scopes.replaceAll(', ', "', '")}'], sha256: ${tokenSha256(token)} }`;
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= close();
    return closing;
  };
}
