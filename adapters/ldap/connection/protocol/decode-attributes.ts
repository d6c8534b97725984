import type { BerReader } from 'ldapts';
import type { Attribute } from '../entry.ts';
import { attributeName } from './attribute-names.ts';
import { ProtocolFault } from './ber.ts';

const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;
const SET = 0x31;
const LONG_FORM = 0x80;
const MOST_DIGITS = 4;

/** PartialAttributeList, RFC 4511 §4.5.2: nearly all that a directory sends, so that it is read where it lies. @throws {ProtocolFault} */
export function decodeAttributes(reader: BerReader): readonly Attribute[] {
  const scan = new Scan(reader.remainingBuffer);
  const attributes: Attribute[] = [];
  const end = scan.enter(SEQUENCE, scan.bytes.length);
  while (scan.at < end) attributes.push(decodeAttribute(scan, end));
  reader.offset += scan.at;
  return attributes;
}

function decodeAttribute(scan: Scan, limit: number): Attribute {
  const { bytes } = scan;
  const end = scan.enter(SEQUENCE, limit);
  const nameEnd = scan.enter(OCTET_STRING, end);
  const { text, key } = attributeName(bytes, scan.at, nameEnd);
  scan.at = nameEnd;
  const valuesEnd = scan.enter(SET, end);
  const values: Buffer[] = [];
  while (scan.at < valuesEnd) {
    const valueEnd = scan.enter(OCTET_STRING, valuesEnd);
    values.push(bytes.subarray(scan.at, valueEnd));
    scan.at = valueEnd;
  }
  scan.at = end;
  return { name: text, key, values };
}

class Scan {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Steps behind tag and length, and answers where the content ends, which is no further than `limit`. */
  enter(tag: number, limit: number): number {
    if (this.bytes[this.at] !== tag) throw new ProtocolFault(`a part of a message is not 0x${tag.toString(16)}`);
    const first = this.bytes[this.at + 1] ?? LONG_FORM;
    this.at += 2;
    const length = first < LONG_FORM ? first : this.#longLength(first - LONG_FORM);
    const end = this.at + length;
    if (end > limit) throw new ProtocolFault('a part of a message is cut off');
    return end;
  }

  #longLength(digits: number): number {
    if (digits === 0 || digits > MOST_DIGITS || this.at + digits > this.bytes.length) {
      throw new ProtocolFault('a part of a message has no length');
    }
    this.at += digits;
    return this.bytes.readUIntBE(this.at - digits, digits);
  }
}
