import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { Session } from '#core/session.ts';
import type { Call } from '#model/call.ts';
import type { Outcome } from '#model/outcome.ts';
import type { Principal } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import type { Limits } from './limits.ts';
import type { Profile } from './profiles.ts';

/** What the face knows of a tenant; everything announced by discovery is computed from it. */
export interface ScimTenant {
  readonly name: TenantId;
  readonly directory: { session(call: Call, principal: Principal): Session };
  readonly registry: SchemaRegistry;
  readonly supports: Abilities;
  readonly profile: Profile;
  readonly limits: Limits;
  /** Attributes that a filter in a URL must not name; each is a path of some resource type. */
  readonly sensitiveFilters: readonly string[];
}

/** What the tenant's backend makes possible, RFC 7643 §5. `etag` needs versions that are checked in the write itself. */
export interface Abilities {
  readonly etag: boolean;
  readonly sort: boolean;
  readonly changePassword: boolean;
}

/**
 * One authenticated request, as the edge hands it over. Its `baseUrl` is a URL that the edge has checked, since it stands in
 * bodies as it is.
 */
export interface Exchange extends OpenExchange {
  readonly call: Call;
  readonly principal: Principal;
}

/**
 * A request whose client is not known yet. `path` lies below the SCIM base and is still percent-encoded (`/Users/123`); `query`
 * comes without its question mark; `baseUrl` is absolute, without a trailing slash, and may name a tenant that does not exist.
 */
export interface OpenExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly call: Pick<Call, 'requestId'>;
  readonly path: string;
  readonly query: string;
  readonly baseUrl: string;
  /** Written by the face, read by the edge once the response has closed: for the access log and the metrics. */
  readonly outcome: Outcome;
}

export interface ScimFace {
  /** Answers the request in any case and never rejects. */
  handle(exchange: Exchange): Promise<void>;
  /** Answers a request without a credential where none is needed; false where the edge has to refuse it. */
  handleOpen(exchange: OpenExchange): boolean;
  /** The same body and headers for what the edge refuses before it knows a tenant: 401, 403, 404, 429, 503. */
  refuse(response: ServerResponse, status: number, detail: string, options?: RefusalOptions): void;
}

export interface RefusalOptions {
  readonly scimType?: string;
  readonly headers?: { readonly [name: string]: string };
}
