import type { IncomingMessage } from 'node:http';

export interface BodyLimit {
  readonly limitBytes: number;
  /** What a longer one is refused with; `bytes` is what it says of itself, or what has come of it. */
  tooLarge(limitBytes: number, bytes: number): Error;
  /** What half a body is refused with. */
  cutShort(): Error;
}

/** A body in one piece. @throws as `receiveBody` */
export async function receiveBytes(request: IncomingMessage, limit: BodyLimit): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await receiveBody(request, limit, (chunk) => chunks.push(chunk));
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/**
 * Hands a body on as it arrives. It is counted, so that of an oversized one no more than the limit is ever taken.
 * @throws what `tooLarge` and `cutShort` make
 * @throws what `take` throws, after which nothing more is taken
 */
export function receiveBody(
  request: IncomingMessage,
  { limitBytes, tooLarge, cutShort }: BodyLimit,
  take: (chunk: Buffer) => void,
): Promise<void> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limitBytes) return Promise.reject(tooLarge(limitBytes, announced));
  if (request.destroyed && !request.complete) return Promise.reject(cutShort());
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
        if (length > limitBytes) throw tooLarge(limitBytes, length);
        pieces.add(chunk);
      }),
    );
    request.once('end', () => {
      attempt(() => pieces.flush());
      resolve();
    });
    const refuseHalf = () => {
      if (!request.complete) fail(cutShort());
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
