import type { BerReader } from 'ldapts';
import type { Attribute } from '../entry.ts';

const OCTET_STRING = 0x04;
const SET = 0x31;

/** Bytes that are no LDAP message. What a connection brings after them means nothing. */
export class ProtocolFault extends Error {
  override readonly name = 'ProtocolFault';
}

/** Steps into what is constructed, and answers where it ends. @throws {ProtocolFault} where it ends beyond what is there */
export function entered(reader: BerReader, tag?: number): number {
  const found = reader.readSequence(tag);
  if (found === null || reader.length > reader.remain) throw new ProtocolFault('a part of a message is cut off');
  return reader.offset + reader.length;
}

/** ldapts answers null where the bytes end, which leads those who read on in circles. @throws {ProtocolFault} */
export function required<T>(value: T | null): T {
  if (value === null) throw new ProtocolFault('a message ends too early');
  return value;
}

/** PartialAttributeList, RFC 4511 §4.5.2 */
export function decodeAttributes(reader: BerReader): readonly Attribute[] {
  const attributes: Attribute[] = [];
  const end = entered(reader);
  while (reader.offset < end) {
    entered(reader);
    const name = required(reader.readString());
    attributes.push({ name, values: decodeValues(reader) });
  }
  return attributes;
}

function decodeValues(reader: BerReader): readonly Buffer[] {
  const values: Buffer[] = [];
  const end = entered(reader, SET);
  while (reader.offset < end) values.push(required(reader.readString(OCTET_STRING, true)));
  return values;
}
