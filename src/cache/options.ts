import type { ResourceTypeName, TenantId } from '#model/resource.ts';

/** What is counted of a cache: names found and not found, values that came too late to be kept, writes that were marked, and scripts that failed. */
export type CacheEvent = 'hit' | 'miss' | 'refusedFill' | 'mark' | 'failure';

export type ObserveCache = (event: CacheEvent, count: number) => void;

export interface CacheOptions {
  /** Where Redis cannot be told of a write: it is refused, or made all the same, and others may answer what was before for the lifetime. */
  readonly onMarkFailure: 'refuse' | 'accept';
  /** Whether at most one resource has a value of the attribute. */
  readonly isUnique: (tenant: TenantId, type: ResourceTypeName, attribute: string) => boolean;
  readonly observe: ObserveCache;
}
