import type { IncomingMessage } from 'node:http';
import { DirectoryError } from '#model/errors.ts';
import { parseJson } from '#model/parse-json.ts';
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
  const value = parseJson(decodeText(await readBytes(request, limitBytes)));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DirectoryError('INVALID_SYNTAX', 'the body must be a JSON object');
  }
  return value as JsonObject;
}

async function readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await receiveBody(request, { limitBytes, tooLarge }, (chunk) => chunks.push(chunk));
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

export interface BodyLimit {
  readonly limitBytes: number;
  tooLarge(limitBytes: number): Refusal;
}

/**
 * Hands a body on as it arrives. It is counted, so that of an oversized one no more than the limit is ever taken.
 * @throws {Refusal} what `tooLarge` makes; 400 for half a body
 * @throws what `take` throws, after which nothing more is taken
 */
export function receiveBody(
  request: IncomingMessage,
  { limitBytes, tooLarge: refusal }: BodyLimit,
  take: (chunk: Buffer) => void,
): Promise<void> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return Promise.reject(refusal(limitBytes));
  return new Promise((resolve, reject) => {
    const pieces = new Pieces(take);
    let length = 0;
    let over = false;
    const fail = (error: unknown) => {
      over = true;
      reject(error);
    };
    const attempt = (work: () => void) => {
      if (over) return;
      try {
        work();
      } catch (error) {
        fail(error);
      }
    };
    request.on('data', (chunk: Buffer) =>
      attempt(() => {
        length += chunk.length;
        if (length > limitBytes) throw refusal(limitBytes);
        pieces.add(chunk);
      }),
    );
    request.once('end', () => {
      attempt(() => pieces.flush());
      resolve();
    });
    const refuseHalf = () => {
      if (!request.complete) fail(new Refusal(400, 'the body ended before it was complete'));
    };
    request.once('error', refuseHalf);
    request.once('close', refuseHalf);
  });
}

const MOST_PIECES = 256;
const ENOUGH_BYTES = 16_384;

/**
 * Hands small pieces on together. A client may send a body byte by byte, and each piece by itself takes hundreds of bytes for as long as
 * it is kept.
 */
class Pieces {
  private readonly take: (chunk: Buffer) => void;
  private waiting: Buffer[] = [];
  private bytes = 0;

  constructor(take: (chunk: Buffer) => void) {
    this.take = take;
  }

  add(chunk: Buffer): void {
    this.waiting.push(chunk);
    this.bytes += chunk.length;
    if (this.bytes >= ENOUGH_BYTES || this.waiting.length >= MOST_PIECES) this.flush();
  }

  flush(): void {
    const [first, ...more] = this.waiting;
    if (first === undefined) return;
    const chunk = more.length === 0 ? first : Buffer.concat(this.waiting);
    this.waiting = [];
    this.bytes = 0;
    this.take(chunk);
  }
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
