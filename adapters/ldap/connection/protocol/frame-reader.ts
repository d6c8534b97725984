import { ProtocolFault } from './ber.ts';

const SEQUENCE = 0x30;
const LONG_FORM = 0x80;
const SHORT_HEADER_BYTES = 2;
/** Larger than any group, smaller than what would end the process. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** Cuts what a socket brings into messages by their length alone; chunks are put together once, however many they are. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #held = 0;
  #needed = SHORT_HEADER_BYTES;

  /** Bytes that are no whole message yet. */
  get heldBytes(): number {
    return this.#held;
  }

  /** The messages that are whole with this chunk, in order. @throws {ProtocolFault} where no message begins so */
  push(chunk: Buffer): readonly Buffer[] {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    if (this.#held < this.#needed) return [];
    const messages: Buffer[] = [];
    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    let length = messageLength(bytes);
    while (bytes.length >= length) {
      messages.push(bytes.subarray(0, length));
      bytes = bytes.subarray(length);
      length = messageLength(bytes);
    }
    this.#chunks = bytes.length === 0 ? [] : [bytes];
    this.#held = bytes.length;
    this.#needed = length;
    return messages;
  }
}

/** Of the message with its header; of as much of the header as is needed to know it, where that is not there yet. */
function messageLength(bytes: Buffer): number {
  const [tag, first] = bytes;
  if (tag === undefined) return SHORT_HEADER_BYTES;
  if (tag !== SEQUENCE) throw new ProtocolFault(`a message begins with 0x${tag.toString(16)}`);
  if (first === undefined) return SHORT_HEADER_BYTES;
  if (first < LONG_FORM) return SHORT_HEADER_BYTES + first;
  const digits = first - LONG_FORM;
  if (digits === 0 || digits > 4) throw new ProtocolFault('a message has no length');
  const header = SHORT_HEADER_BYTES + digits;
  if (bytes.length < header) return header;
  const length = header + bytes.readUIntBE(SHORT_HEADER_BYTES, digits);
  if (length > MAX_MESSAGE_BYTES) throw new ProtocolFault(`a message of ${length} bytes`);
  return length;
}
