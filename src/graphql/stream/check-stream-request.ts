import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from '../http/http-refusal.ts';

const EVENTS = /(^|,)\s*(text\/event-stream|text\/\*|\*\/\*)\s*(;|,|$)/i;

/** @throws {HttpRefusal} 405, 406 */
export function checkStreamRequest({ method, headers: { accept = '*/*' } }: IncomingMessage): void {
  if (method !== 'POST' && method !== 'GET') {
    const headers = { Allow: 'GET, POST' };
    throw new HttpRefusal(405, 'METHOD_NOT_ALLOWED', 'a subscription is posted, or asked for by GET', { headers });
  }
  if (EVENTS.test(accept)) return;
  throw new HttpRefusal(406, 'NOT_ACCEPTABLE', 'subscriptions are answered as text/event-stream; accept that');
}

/** Whether a request to `/graphql` itself wants nothing but events. Many clients name them among all that they can read. */
export function wantsEvents({ headers: { accept } }: IncomingMessage): boolean {
  return accept !== undefined && /^\s*text\/event-stream\s*(;.*)?$/i.test(accept) && !accept.includes(',');
}
