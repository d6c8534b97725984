import type { Call } from '#model/call.ts';
import type { TenantId } from '#model/resource.ts';

const PATIENCE_MS = 60_000;

/** Of an adapter that is asked without a gateway. */
export function newCall(): Call {
  return {
    tenant: 'default' as TenantId,
    actor: 'bench',
    requestId: 'bench',
    deadline: Date.now() + PATIENCE_MS,
    signal: new AbortController().signal,
    consistency: 'primary',
  };
}
