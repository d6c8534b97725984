import { randomUUID } from 'node:crypto';
import type { Call } from '#model/call.ts';
import type { TenantId } from '#model/resource.ts';

/** A call that no request stands behind: counting for metrics, asking backends for their health, filling the demo. */
export function openSystemCall(tenant: TenantId, timeoutMs: number): Call {
  return {
    tenant,
    actor: 'portico',
    requestId: randomUUID(),
    deadline: Date.now() + timeoutMs,
    signal: AbortSignal.timeout(timeoutMs),
    consistency: 'cached',
  };
}
