import type { TenantId } from '#model/resource.ts';

/** What Portico must remember for itself lives in this tenant, over the same contract as everything else. */
export const SYSTEM_TENANT = '_system' as TenantId;
