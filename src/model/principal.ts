import type { TenantId } from './resource.ts';

/** What a credential may do; faces check it before they call core. */
export const SCOPES = ['scim:read', 'scim:write', 'graphql:read', 'graphql:write', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];

/** Who stands behind a credential. `name` goes into logs and change records, so it is never a secret. */
export interface Principal {
  readonly name: string;
  readonly tenant: TenantId;
  readonly scopes: ReadonlySet<Scope>;
  /** The userName of the person whom the credential stands for; absent where it stands for a client alone. */
  readonly user?: string;
  /** The tenant's attribute policy that says what the credential sees; absent, it sees everything. */
  readonly policy?: string;
  /** When the credential ends by itself; absent where it does not. */
  readonly expires?: Date;
}
