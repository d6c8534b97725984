import type { IncomingMessage } from 'node:http';
import { DirectoryError } from '#model/errors.ts';
import { parseJson } from '#model/parse-json.ts';
import { receiveBytes } from '#model/receive-body.ts';
import type { JsonObject } from '#model/resource.ts';
import { Refusal } from '../refusal.ts';
import { checkContentType } from './media-types.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * A request's body, which must be one JSON object in UTF-8, RFC 7644 §3.8. It is counted as it arrives, so that an oversized
 * one is never held in memory.
 * @throws {Refusal} 413, 415
 * @throws {DirectoryError} INVALID_SYNTAX
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<JsonObject> {
  checkContentType(request);
  const value = parseJson(decodeText(await receiveBytes(request, { limitBytes, tooLarge, cutShort })));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DirectoryError('INVALID_SYNTAX', 'the body must be a JSON object');
  }
  return value as JsonObject;
}

/** Half a body. */
export function cutShort(): Refusal {
  return new Refusal(400, 'the body ended before it was complete');
}

function tooLarge(limitBytes: number): Refusal {
  return new Refusal(413, `a body may have at most ${limitBytes} bytes; send fewer operations or members at once`);
}

/** @throws {DirectoryError} INVALID_SYNTAX for what is empty or not UTF-8 */
export function decodeText(bytes: Buffer): string {
  if (bytes.length === 0) throw new DirectoryError('INVALID_SYNTAX', 'the body is empty, a JSON object was expected');
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new DirectoryError('INVALID_SYNTAX', 'the body is not UTF-8', { cause });
  }
}
