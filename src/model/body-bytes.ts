/** Sizes of buffers that are kept for the next answer: one fits a resource, the other a page. */
const SIZES: readonly number[] = [16 * 1024, 512 * 1024];
const KEPT_OF_A_SIZE = 16;
const COMMA = 0x2c;
/** The most that a UTF-16 unit becomes in UTF-8. */
const BYTES_PER_UNIT = 3;

const kept: readonly Buffer[][] = SIZES.map(() => []);

/**
 * The bytes of one answer, put together from pieces that are kept as bytes. Joining strings would have V8 flatten and Node encode
 * all of them anew for every answer, which cost more than half of a page. Memory comes from a small stock and goes back to it by
 * `release`, once the answer has left the process; an answer that breaks off leaves its memory to the garbage collector.
 */
export class BodyBytes {
  #bytes: Buffer;
  #length = 0;

  constructor(expectedBytes: number) {
    this.#bytes = take(expectedBytes);
  }

  append(piece: Uint8Array): void {
    if (this.#length + piece.length > this.#bytes.length) this.#grow(piece.length);
    this.#bytes.set(piece, this.#length);
    this.#length += piece.length;
  }

  /** A part of a piece, without a view of it in between. */
  appendPart(piece: Buffer, from: number, to: number): void {
    if (this.#length + to - from > this.#bytes.length) this.#grow(to - from);
    this.#length += piece.copy(this.#bytes, this.#length, from, to);
  }

  /** For what is made for this answer alone. */
  appendText(text: string): void {
    const most = text.length * BYTES_PER_UNIT;
    if (this.#length + most > this.#bytes.length) this.#grow(most);
    this.#length += this.#bytes.write(text, this.#length);
  }

  appendComma(): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length] = COMMA;
    this.#length += 1;
  }

  get length(): number {
    return this.#length;
  }

  /** What was appended; only until `release`. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  release(): void {
    giveBack(this.#bytes);
  }

  #grow(by: number): void {
    const before = this.#bytes;
    this.#bytes = take(Math.max(before.length * 2, this.#length + by));
    this.#bytes.set(before.subarray(0, this.#length));
    giveBack(before);
  }
}

function take(bytes: number): Buffer {
  const index = SIZES.findIndex((size) => size >= bytes);
  return kept[index]?.pop() ?? Buffer.allocUnsafeSlow(SIZES[index] ?? bytes);
}

function giveBack(bytes: Buffer): void {
  const stock = kept[SIZES.indexOf(bytes.length)];
  if (stock !== undefined && stock.length < KEPT_OF_A_SIZE) stock.push(bytes);
}
