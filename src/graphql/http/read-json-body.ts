import type { IncomingMessage } from 'node:http';
import { type BodyLimit, receiveBytes } from '#model/receive-body.ts';
import { QUERY_LIMITS } from '../limits/query-limits.ts';
import { HttpRefusal } from './http-refusal.ts';

const JSON_TYPE = 'application/json';
const EXAMPLE = '{"query": "{ users { nodes { id } } }"}';

const decoder = new TextDecoder('utf-8', { fatal: true });

const LIMIT: BodyLimit = {
  limitBytes: QUERY_LIMITS.bodyBytes,
  tooLarge: (limitBytes) =>
    new HttpRefusal(
      413,
      'TOO_LARGE',
      `the body must not exceed ${limitBytes} bytes; put values into variables and ask in several queries`,
    ),
  cutShort: () => new HttpRefusal(400, 'BAD_REQUEST', 'the body ended before it was complete'),
};

/**
 * The value of a JSON body; undefined for a body of another type, which is left unread.
 * @throws {HttpRefusal} 400, 413, 415
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const contentType = request.headers['content-type'] ?? '';
  if (contentType !== JSON_TYPE) {
    const [type = '', ...parameters] = contentType.split(';');
    if (type.trim().toLowerCase() !== JSON_TYPE) return undefined;
    checkCharset(parameters);
  }
  checkEncoding(request);
  return parseBody(await receiveBytes(request, LIMIT));
}

/** JSON is UTF-8 (RFC 8259 §8.1); what the header does not say is found out when the body is decoded. */
function checkCharset(parameters: readonly string[]): void {
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=', 2);
    if (name.trim().toLowerCase() !== 'charset') continue;
    const charset = value.trim().replace(/^"(.*)"$/, '$1');
    if (/^(utf-?8|us-ascii)$/i.test(charset)) continue;
    throw new HttpRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', `the body must be UTF-8, got charset ${charset}`);
  }
}

function checkEncoding({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding.toLowerCase() === 'identity') return;
  throw new HttpRefusal(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    `bodies are read uncompressed, got Content-Encoding ${encoding}`,
    { 'Accept-Encoding': 'identity' },
  );
}

function parseBody(bytes: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    throw notJson();
  }
  if (typeof value !== 'object' || value === null) throw notJson();
  return value;
}

function notJson(): HttpRefusal {
  return new HttpRefusal(400, 'BAD_REQUEST', `the body must be JSON in UTF-8, such as ${EXAMPLE}`);
}
