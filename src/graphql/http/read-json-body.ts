import type { IncomingMessage } from 'node:http';
import { type BodyLimit, receiveBytes } from '#model/receive-body.ts';
import { LIMIT_CODES } from '../limits/limit-exceeded.ts';
import { HttpRefusal } from './http-refusal.ts';
import { repeatedKey } from './repeated-key.ts';

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
  cutShort: () => badRequest('the body ended before it was complete'),
});

/**
 * The object of a JSON body, RFC 8259. A key given twice is refused, since whoever looked at the body before may have taken the other
 * value. A body of another type is left unread. @throws {HttpRefusal} 400, 413, 415
 */
export async function readJsonBody(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const contentType = request.headers['content-type'] ?? '';
  if (contentType !== JSON_TYPE) {
    const [type = '', ...parameters] = contentType.split(';');
    if (type.trim().toLowerCase() !== JSON_TYPE) throw notJsonType(type);
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

function notJsonType(type: string): HttpRefusal {
  const got = type.trim() === '' ? 'a body without Content-Type' : `Content-Type ${type.trim()}`;
  return new HttpRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', `the body must be ${JSON_TYPE}, got ${got}`, {
    headers: { Accept: JSON_TYPE },
  });
}

function parseBody(bytes: Buffer): unknown {
  let value: unknown;
  let text: string;
  try {
    text = decoder.decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw notJson();
  }
  if (Array.isArray(value)) {
    throw badRequest(
      `a request asks one thing: send an object such as ${EXAMPLE}, not a list; ask in several requests`,
    );
  }
  if (typeof value !== 'object' || value === null) throw notJson();
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw badRequest(`the body has a key twice: ${JSON.stringify(repeated.slice(0, 50))}`);
  return value;
}

function badRequest(message: string): HttpRefusal {
  return new HttpRefusal(400, 'BAD_REQUEST', message);
}

function notJson(): HttpRefusal {
  return badRequest(`the body must be JSON in UTF-8, such as ${EXAMPLE}`);
}
