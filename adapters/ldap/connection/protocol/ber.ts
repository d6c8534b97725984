import type { BerReader } from 'ldapts';

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
