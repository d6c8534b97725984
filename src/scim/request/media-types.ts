import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';

export const SCIM_JSON = 'application/scim+json';

/** RFC 7644 §8.1 names the first two; the third stands in Okta's own samples. */
const READABLE: ReadonlySet<string> = new Set([SCIM_JSON, 'application/json', 'text/json']);
const WRITABLE = `${SCIM_JSON}, application/json`;

/**
 * A charset and other parameters are tolerated, another encoding than UTF-8 is found out when the body is decoded.
 * @throws {Refusal} 415
 */
export function checkContentType({ headers }: IncomingMessage): void {
  const type = mediaType(headers['content-type'] ?? '');
  if (!READABLE.has(type)) {
    const got = type === '' ? 'no Content-Type' : `Content-Type ${type}`;
    throw new Refusal(415, `expected Content-Type ${SCIM_JSON} or application/json, got ${got}`, {
      headers: { Accept: WRITABLE },
    });
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new Refusal(415, `bodies are read uncompressed, got Content-Encoding ${encoding}`, {
      headers: { 'Accept-Encoding': 'identity' },
    });
  }
}

/**
 * The Content-Type of an answer. Entra's validator fails on anything but application/scim+json (transcripts/entra), so
 * application/json goes only to a client that accepts nothing else.
 * @throws {Refusal} 406 where the client accepts no JSON at all
 */
export function answerType({ headers }: IncomingMessage): string {
  const accept = headers.accept;
  if (accept === undefined || accept === '*/*' || accept === SCIM_JSON) return SCIM_JSON;
  const accepted = accept.split(',').filter((range) => !/;\s*q=0(?:\.0*)?\s*(?:;|$)/i.test(range));
  const types = new Set(accepted.map(mediaType));
  if ([SCIM_JSON, '*/*', 'application/*', ''].some((type) => types.has(type))) return SCIM_JSON;
  if (types.has('application/json') || types.has('text/json')) return 'application/json';
  throw new Refusal(406, `answers are ${WRITABLE}, and Accept admits neither; send "Accept: ${SCIM_JSON}"`);
}

function mediaType(header: string): string {
  return (header.split(';', 1)[0] ?? '').trim().toLowerCase();
}
