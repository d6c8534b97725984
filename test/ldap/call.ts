import type { Call } from '#model/call.ts';
import type { TenantId } from '#model/resource.ts';

/** A call of a test, with so much time. */
export function ldapCall(timeoutMs = 5_000, changes: Partial<Call> = {}): Call {
  return {
    tenant: 'acme' as TenantId,
    actor: 'test',
    requestId: 'r1',
    deadline: Date.now() + timeoutMs,
    signal: new AbortController().signal,
    consistency: 'primary',
    ...changes,
  };
}
