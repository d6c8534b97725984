import type { ResourceTypeName, TenantId } from '#model/resource.ts';
import { encodeText } from './text.ts';

/**
 * The only place that knows how keys are called. All of a tenant's begin with `PREFIX:{TENANT}:` and lie in one slot of a cluster;
 * what follows is one letter or word, and at most one text that comes from outside, at the end. The scripts write keys by the same rules:
 *
 * `n` HASH serial, last: what the last change was. `log` STREAM, the changes by serial; a channel of the same name is told of each.
 * `r:ID` HASH, a resource; `d:ID` one that DELETE has retained. `i:TYPE` and `x:TYPE` ZSET, their ids in order.
 * `k:TYPE` ZSET `attribute NUL folded NUL id`, keys. `o:PATH:TYPE` ZSET `folded NUL id`, the orders of indexes.ts.
 * `mo:ID` ZSET `type NUL id`, a group's members; `mi:ID` the groups of a member; `gi:ID` a manager's reports.
 */
export function tenantKey(prefix: string, tenant: TenantId, rest: string): string {
  return `${prefix}:{${encodeTenant(tenant)}}:${rest}`;
}

/** What every script is given as its key, which says in which slot it works. */
export const ROOT = 'n';
export const LOG = 'log';

export function idsKey(type: ResourceTypeName, retained: boolean): string {
  return `${retained ? 'x' : 'i'}:${encodeText(type)}`;
}

export function keysKey(type: ResourceTypeName): string {
  return `k:${encodeText(type)}`;
}

/** `path` is one of indexes.ts, without a colon. */
export function orderKey(path: string, type: ResourceTypeName): string {
  return `o:${path}:${encodeText(type)}`;
}

export function recordKey(id: string, retained: boolean): string {
  return `${retained ? 'd' : 'r'}:${encodeText(id)}`;
}

/** What stands between the tenant and an id, for scripts that read many. */
export function recordPrefix(retained: boolean): string {
  return retained ? 'd:' : 'r:';
}

/** Undefined for the manager of a resource, which its record holds. */
export function edgeKey(edge: 'members' | 'manager', direction: 'out' | 'in', id: string): string | undefined {
  if (edge === 'manager') return direction === 'in' ? `gi:${encodeText(id)}` : undefined;
  return `${direction === 'out' ? 'mo' : 'mi'}:${encodeText(id)}`;
}

/** Unit by unit, so that no two tenants share a key and no brace, colon, glob or NUL stands in it. */
function encodeTenant(tenant: TenantId): string {
  return tenant.replace(/[^A-Za-z0-9._-]/g, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
