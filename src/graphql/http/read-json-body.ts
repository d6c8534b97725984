import type { IncomingMessage } from 'node:http';
import { type BodyLimit, receiveBytes } from '#model/receive-body.ts';
import { LIMIT_CODES } from '../limits/limit-exceeded.ts';
import { HttpRefusal } from './http-refusal.ts';

const JSON_TYPE = 'application/json';
const EXAMPLE = '{"query": "{ users { nodes { id } } }"}';

const decoder = new TextDecoder('utf-8', { fatal: true });

const bodyLimit = (limitBytes: number): BodyLimit => ({
  limitBytes,
  tooLarge: (limit, actual) =>
    new HttpRefusal(
      413,
      LIMIT_CODES.bodyBytes,
      `the body has ${actual} bytes or more; at most ${limit} are allowed, so put values into variables and ask in several queries`,
      { extensions: { limit, actual } },
    ),
  cutShort: () => new HttpRefusal(400, 'BAD_REQUEST', 'the body ended before it was complete'),
});

/**
 * The value of a JSON body; undefined for a body of another type, which is left unread.
 * @throws {HttpRefusal} 400, 413, 415
 */
export async function readJsonBody(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const contentType = request.headers['content-type'] ?? '';
  if (contentType !== JSON_TYPE) {
    const [type = '', ...parameters] = contentType.split(';');
    if (type.trim().toLowerCase() !== JSON_TYPE) return undefined;
    checkCharset(parameters);
  }
  checkEncoding(request);
  return parseBody(await receiveBytes(request, bodyLimit(limitBytes)));
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
    { headers: { 'Accept-Encoding': 'identity' } },
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
