import type { TenantSchemas } from '#core/schema-change/tenant-schemas.ts';
import type { Call } from '#model/call.ts';
import type { Principal } from '#model/principal.ts';
import type { Json } from '#model/resource.ts';

/** What administrative endpoints need of a tenant. */
export interface AdminTenant {
  readonly schemas: TenantSchemas;
}

/** One request of an administrator of `tenant`; the credential names the tenant, never the URL. */
export interface AdminRequest {
  readonly tenant: AdminTenant;
  readonly call: Call;
  readonly principal: Principal;
  /** A segment of the path by the name that the route gives it, decoded. */
  param(name: string): string;
  /** The first value of a query parameter. */
  query(name: string): string | undefined;
  /** A header's value by its lower-case name. */
  header(name: string): string | undefined;
  /** The JSON of the body. @throws {DirectoryError} INVALID_SYNTAX */
  body(): Json;
}

export interface AdminAnswer {
  readonly status: 200 | 201 | 204;
  /** Absent with 204. */
  readonly body?: object;
  readonly headers?: { readonly [name: string]: string };
}

/** One row of the table in `admin-face.ts`. Whatever `handle` throws becomes a problem. */
export interface AdminRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Express's form below `/admin`: `/schemas/:urn`. */
  readonly path: string;
  /** Fit for a metric label. */
  readonly operation: string;
  handle(request: AdminRequest): Promise<AdminAnswer> | AdminAnswer;
}
