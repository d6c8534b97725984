import { type Call, onPrimary } from '#model/call.ts';

/** What a lagging replica answers is never kept; whoever has not asked for that gets what is acknowledged. */
export function toBackend(call: Call): Call {
  return call.consistency === 'any' ? call : onPrimary(call);
}
