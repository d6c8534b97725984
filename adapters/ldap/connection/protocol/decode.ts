import { BerReader } from 'ldapts';
import type { Control } from '../controls.ts';
import { Entry } from '../entry.ts';
import type { ExtendedResult } from '../operations.ts';
import { entered, ProtocolFault, required } from './ber.ts';
import { decodeAttributes } from './decode-attributes.ts';

/** What a server sends for the request with this id; 0 is nobody's: it speaks of the connection. */
export type Incoming = { readonly id: number } & (
  | { readonly kind: 'entry'; readonly entry: Entry; readonly controls: readonly Control[] }
  | { readonly kind: 'reference'; readonly urls: readonly string[] }
  | { readonly kind: 'intermediate'; readonly oid: string; readonly value?: Buffer }
  | { readonly kind: 'result'; readonly result: ExtendedResult }
);

const BOOLEAN = 0x01;
const OCTET_STRING = 0x04;
const SEARCH_ENTRY = 0x64;
const SEARCH_REFERENCE = 0x73;
const INTERMEDIATE = 0x79;
/** Bind, search, modify, add, delete, modify DN, compare, extended: all begin with LDAPResult. */
const RESULTS: ReadonlySet<number> = new Set([0x61, 0x65, 0x67, 0x69, 0x6b, 0x6d, 0x6f, 0x78]);
const CONTROLS = 0xa0;
const REFERRALS = 0xa3;
const NAME = 0x8a;
const VALUE = 0x8b;
const INTERMEDIATE_NAME = 0x80;
const INTERMEDIATE_VALUE = 0x81;

/** LDAPMessage, RFC 4511 §4.1.1. @throws {ProtocolFault} */
export function decode(message: Buffer): Incoming {
  try {
    return decodeMessage(new BerReader(message));
  } catch (cause) {
    if (cause instanceof ProtocolFault) throw cause;
    throw new ProtocolFault('a message that cannot be read', { cause });
  }
}

function decodeMessage(reader: BerReader): Incoming {
  entered(reader);
  const id = required(reader.readInt());
  const operation = required(reader.peek());
  const end = entered(reader);
  if (operation === SEARCH_ENTRY) return { id, ...decodeEntry(reader, end) };
  if (operation === SEARCH_REFERENCE) return { id, kind: 'reference', urls: decodeStrings(reader, end) };
  if (operation === INTERMEDIATE) return { id, ...decodeIntermediate(reader, end) };
  if (RESULTS.has(operation)) return { id, kind: 'result', result: decodeResult(reader, end) };
  throw new ProtocolFault(`a message of an unknown kind, 0x${operation.toString(16)}`);
}

function decodeEntry(reader: BerReader, end: number) {
  const entry = new Entry(required(reader.readString()), decodeAttributes(reader));
  return { kind: 'entry', entry, controls: decodeControls(reader, end) } as const;
}

function decodeIntermediate(reader: BerReader, end: number) {
  const oid = optional(reader, end, INTERMEDIATE_NAME)?.toString() ?? '';
  const value = optional(reader, end, INTERMEDIATE_VALUE);
  return { kind: 'intermediate', oid, ...(value !== undefined && { value }) } as const;
}

/** LDAPResult, RFC 4511 §4.1.9, with what an extended one has beside it (§4.12); SASL's credentials are skipped. */
function decodeResult(reader: BerReader, end: number): ExtendedResult {
  const code = required(reader.readEnumeration());
  const matchedDn = required(reader.readString());
  const diagnostic = required(reader.readString());
  const referrals = reader.offset < end && reader.peek() === REFERRALS ? decodeStrings(reader, entered(reader)) : [];
  const oid = optional(reader, end, NAME)?.toString();
  const value = optional(reader, end, VALUE);
  const controls = decodeControls(reader, end);
  const extended = { ...(oid !== undefined && { oid }), ...(value !== undefined && { value }) };
  return { code, matchedDn, diagnostic, referrals, controls, ...extended };
}

function optional(reader: BerReader, end: number, tag: number): Buffer | undefined {
  return reader.offset < end && reader.peek() === tag ? required(reader.readString(tag, true)) : undefined;
}

function decodeStrings(reader: BerReader, end: number): readonly string[] {
  const strings: string[] = [];
  while (reader.offset < end) strings.push(required(reader.readString()));
  return strings;
}

/** They follow the operation, at whose end they are looked for. RFC 4511 §4.1.11 */
function decodeControls(reader: BerReader, end: number): readonly Control[] {
  reader.offset = end;
  if (reader.remain === 0 || reader.peek() !== CONTROLS) return [];
  const controls: Control[] = [];
  const last = entered(reader);
  while (reader.offset < last) controls.push(decodeControl(reader));
  return controls;
}

function decodeControl(reader: BerReader): Control {
  const end = entered(reader);
  const type = required(reader.readString());
  const critical = reader.offset < end && reader.peek() === BOOLEAN && reader.readBoolean() === true;
  const value = optional(reader, end, OCTET_STRING);
  return { type, critical, ...(value !== undefined && { value }) };
}
