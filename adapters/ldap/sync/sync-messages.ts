/** Content synchronisation, RFC 4533 §2: what is asked, and what comes with entries, between them and at the end. */
import { BerReader, BerWriter } from 'ldapts';
import type { Control } from '../connection/controls.ts';
import { entered, ProtocolFault, required } from '../connection/protocol/ber.ts';
import { bytesToUuid } from './uuid.ts';

export const SYNC_REQUEST = '1.3.6.1.4.1.4203.1.9.1.1';
const STATE = '1.3.6.1.4.1.4203.1.9.1.2';
export const SYNC_INFO = '1.3.6.1.4.1.4203.1.9.1.4';
/** Of a result: the cookie is too old, begin without one. §3.6 */
export const REFRESH_REQUIRED = 4_096;

const REFRESH_AND_PERSIST = 3;
const BOOLEAN = 0x01;
const OCTET_STRING = 0x04;
const SET = 0x31;
const STATES = ['present', 'add', 'modify', 'delete'] as const;

/** Everything since the cookie, or all there is without one, then what happens. */
export function syncRequest(cookie: string | null): Control {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeEnumeration(REFRESH_AND_PERSIST);
  if (cookie !== null) writer.writeString(cookie);
  writer.endSequence();
  return { type: SYNC_REQUEST, critical: true, value: writer.buffer };
}

export interface SyncState {
  readonly state: (typeof STATES)[number];
  readonly id: string;
  readonly cookie?: string;
}

/** Of an entry. @throws {ProtocolFault} where it has none, since it cannot be told what became of it */
export function syncState(controls: readonly Control[]): SyncState {
  const value = controls.find(({ type }) => type === STATE)?.value;
  if (value === undefined) throw new ProtocolFault('an entry without its state');
  const reader = new BerReader(value);
  const end = entered(reader);
  const state = STATES[required(reader.readEnumeration())];
  if (state === undefined) throw new ProtocolFault('an entry with an unknown state');
  const id = bytesToUuid(required(reader.readString(OCTET_STRING, true)));
  return { state, id, ...optionalCookie(reader, end) };
}

export type SyncInfo = { readonly cookie?: string } & (
  | { readonly kind: 'cookie' }
  /** A phase of the refresh is over; `done`: all of it. `present`: what was not mentioned is gone. */
  | { readonly kind: 'phase'; readonly phase: 'present' | 'delete'; readonly done: boolean }
  | { readonly kind: 'ids'; readonly deleted: boolean; readonly ids: readonly string[] }
);

/** Sync Info Message, §2.5. @throws {ProtocolFault} */
export function syncInfo(value: Buffer): SyncInfo {
  const reader = new BerReader(value);
  const tag = required(reader.peek());
  if (tag === 0x80) return { kind: 'cookie', cookie: required(reader.readString(tag, true)).toString() };
  const end = entered(reader);
  const cookie = optionalCookie(reader, end);
  if (tag === 0xa1) return { kind: 'phase', phase: 'delete', done: optionalBoolean(reader, end, true), ...cookie };
  if (tag === 0xa2) return { kind: 'phase', phase: 'present', done: optionalBoolean(reader, end, true), ...cookie };
  if (tag !== 0xa3) throw new ProtocolFault(`an unknown sync message, 0x${tag.toString(16)}`);
  const deleted = optionalBoolean(reader, end, false);
  return { kind: 'ids', deleted, ids: decodeIds(reader), ...cookie };
}

function decodeIds(reader: BerReader): readonly string[] {
  const ids: string[] = [];
  const end = entered(reader, SET);
  while (reader.offset < end) ids.push(bytesToUuid(required(reader.readString(OCTET_STRING, true))));
  return ids;
}

function optionalCookie(reader: BerReader, end: number): { readonly cookie?: string } {
  if (reader.offset >= end || reader.peek() !== OCTET_STRING) return {};
  return { cookie: required(reader.readString()) };
}

function optionalBoolean(reader: BerReader, end: number, absent: boolean): boolean {
  if (reader.offset >= end || reader.peek() !== BOOLEAN) return absent;
  return required(reader.readBoolean());
}
