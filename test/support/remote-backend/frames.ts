import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';

const LENGTH_BYTES = 4;

/** One message: its length in four bytes, then V8's own form, which knows dates, infinity and absence. */
export function writeFrame(socket: Socket, message: unknown): void {
  const body = serialize(message);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  socket.write(Buffer.concat([length, body]));
}

/** Calls `take` with each message, in order. */
export function readFrames(socket: Socket, take: (message: unknown) => void): void {
  let held = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + held.readUInt32BE();
      if (held.length < end) return;
      take(deserialize(held.subarray(LENGTH_BYTES, end)));
      held = held.subarray(end);
    }
  });
}
