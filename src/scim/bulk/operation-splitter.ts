import { DirectoryError } from '#model/errors.ts';

/** Longest first key that is looked at: `Operations` with every letter escaped. */
const LONGEST_KEY = 60;

const BYTE = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  open: 0x5b,
  escape: 0x5c,
  close: 0x5d,
  brace: 0x7b,
  unbrace: 0x7d,
};

/** By byte: what means something outside of strings. */
const MARKS = new Uint8Array(256);
for (const byte of Object.values(BYTE)) MARKS[byte] = 1;

/**
 * Cuts the elements of `Operations` out of a bulk request while it arrives, so that the request as a whole is never one text and one
 * tree. It only finds where elements begin and end: what it hands on, and the frame that is left, are to be parsed by their own, and
 * whatever is no JSON is found there.
 */
export class OperationSplitter {
  private readonly take: (element: Buffer) => void;
  private readonly frame: Buffer[] = [];
  /** Of the element that has begun. */
  private pieces: Buffer[] = [];
  private depth = 0;
  /** True within the list, whose elements are at depth 2. */
  private listed = false;
  private isAnyTaken = false;
  private inString = false;
  private escaped = false;
  /** The last string at the top of the message, while it can be the list's name. */
  private key = '';
  private keyEnded = false;

  constructor(take: (element: Buffer) => void) {
    this.take = take;
  }

  /** @throws what `take` throws */
  push(chunk: Buffer): void {
    let from = 0;
    for (let at = this.skipPlain(chunk, 0); at < chunk.length; at = this.skipPlain(chunk, at + 1)) {
      const byte = chunk[at] ?? 0;
      if (this.inString) this.stringByte(byte);
      else if (this.listed && this.depth === 2 && (byte === BYTE.comma || byte === BYTE.close)) {
        this.pieces.push(chunk.subarray(from, at));
        this.endElement(byte);
        from = byte === BYTE.comma ? at + 1 : at;
      } else if (this.byteBegins(byte)) {
        this.frame.push(chunk.subarray(from, at + 1));
        from = at + 1;
      }
    }
    (this.listed ? this.pieces : this.frame).push(chunk.subarray(from));
  }

  /** The next byte that can change anything; within an operation's strings these are few. */
  private skipPlain(chunk: Buffer, from: number): number {
    let at = from;
    if (this.inString) {
      if (this.depth === 1 || this.escaped) return at;
      while (at < chunk.length && chunk[at] !== BYTE.quote && chunk[at] !== BYTE.escape) at += 1;
    } else while (at < chunk.length && !MARKS[chunk[at] ?? 0]) at += 1;
    return at;
  }

  /** The message without its operations. @throws {DirectoryError} INVALID_SYNTAX where it has not ended */
  end(): Buffer {
    if (this.listed) throw new DirectoryError('INVALID_SYNTAX', 'JSON: Operations has no end');
    return Buffer.concat(this.frame);
  }

  private stringByte(byte: number): void {
    const ends = byte === BYTE.quote && !this.escaped;
    this.escaped = byte === BYTE.escape && !this.escaped;
    if (ends) this.inString = false;
    else if (this.depth === 1 && this.key.length <= LONGEST_KEY) this.key += String.fromCharCode(byte);
  }

  /** Outside of strings. True where the list begins with this byte. */
  private byteBegins(byte: number): boolean {
    switch (byte) {
      case BYTE.quote:
        this.inString = true;
        if (this.depth === 1) [this.key, this.keyEnded] = ['', false];
        return false;
      case BYTE.colon:
        this.keyEnded ||= this.depth === 1;
        return false;
      case BYTE.comma:
        if (this.depth === 1) this.keyEnded = false;
        return false;
      case BYTE.open:
      case BYTE.brace:
        this.depth += 1;
        this.listed ||= byte === BYTE.open && this.depth === 2 && this.keyEnded && isListName(this.key);
        return this.listed && this.depth === 2;
      case BYTE.close:
      case BYTE.unbrace:
        this.depth -= 1;
        return false;
      default:
        return false;
    }
  }

  private endElement(byte: number): void {
    const element = this.pieces.length === 1 && this.pieces[0] ? this.pieces[0] : Buffer.concat(this.pieces);
    this.pieces = [];
    const isLast = byte === BYTE.close;
    if (!isLast || this.isAnyTaken || !isBlank(element)) this.take(element);
    this.isAnyTaken = true;
    if (!isLast) return;
    this.depth -= 1;
    this.listed = false;
    this.isAnyTaken = false;
  }
}

function isListName(raw: string): boolean {
  try {
    return String(JSON.parse(`"${raw}"`)).toLowerCase() === 'operations';
  } catch {
    return false;
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
