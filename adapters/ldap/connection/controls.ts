/** Controls of requests, and what comes back with results: RFC 4528 (assertion), 4527 (read entry), 3876 (matched values), 2696 (pages), 2891 (sort). */
import { BerReader, BerWriter, type Filter, FilterParser } from 'ldapts';
import { Entry } from './entry.ts';
import { entered } from './protocol/ber.ts';
import { decodeAttributes } from './protocol/decode-attributes.ts';

export interface Control {
  readonly type: string;
  readonly critical?: boolean;
  readonly value?: Buffer;
}

export const ASSERTION = '1.3.6.1.1.12';
const PRE_READ = '1.3.6.1.1.13.1';
export const POST_READ = '1.3.6.1.1.13.2';
export const MATCHED_VALUES = '1.2.826.0.1.3344810.2.3';
export const PAGED_RESULTS = '1.2.840.113556.1.4.319';
export const SORT = '1.2.840.113556.1.4.473';
const SORT_RESULT = '1.2.840.113556.1.4.474';
const NO_COOKIE = Buffer.alloc(0);

export function toFilter(filter: Filter | string): Filter {
  return typeof filter === 'string' ? FilterParser.parseString(filter) : filter;
}

/** RFC 4511 §4.5.1.7: one text of bytes for one filter. */
export function filterBytes(filter: Filter | string): Buffer {
  return written((writer) => toFilter(filter).write(writer));
}

/** The operation has its effect only if the entry matches; else the result is 122. RFC 4528 */
export function assertion(filter: Filter | string): Control {
  return { type: ASSERTION, critical: true, value: filterBytes(filter) };
}

/** The entry as the write leaves it comes with the result: `readBack`. RFC 4527 */
export function postRead(attributes: readonly string[]): Control {
  return { type: POST_READ, critical: true, value: attributeSelection(attributes) };
}

/** The entry as the write found it. RFC 4527 */
export function preRead(attributes: readonly string[]): Control {
  return { type: PRE_READ, critical: true, value: attributeSelection(attributes) };
}

/** Of the attributes that the filters name only values that match one of them come; other attributes lose all of theirs. RFC 3876 */
export function matchedValues(filters: readonly (Filter | string)[]): Control {
  const value = written((writer) => {
    writer.startSequence();
    for (const filter of filters) toFilter(filter).write(writer);
    writer.endSequence();
  });
  return { type: MATCHED_VALUES, critical: true, value };
}

/** A page of a search; its cookie is known to the connection that gave it alone: see `LdapPool.exclusive`. RFC 2696 */
export function pagedResults(size: number, cookie: Buffer = NO_COOKIE): Control {
  const value = written((writer) => {
    writer.startSequence();
    writer.writeInt(size);
    writer.writeBuffer(cookie, OCTET_STRING);
    writer.endSequence();
  });
  return { type: PAGED_RESULTS, critical: true, value };
}

/** By several keys, the first one first. A server may refuse it by `sortResult`. RFC 2891 */
export function sort(
  keys: readonly { readonly attribute: string; readonly rule?: string; readonly descending?: boolean }[],
): Control {
  const value = written((writer) => {
    writer.startSequence();
    for (const { attribute, rule, descending } of keys) {
      writer.startSequence();
      writer.writeString(attribute);
      if (rule !== undefined) writer.writeString(rule, ORDERING_RULE);
      if (descending === true) writer.writeBoolean(true, REVERSE_ORDER);
      writer.endSequence();
    }
    writer.endSequence();
  });
  return { type: SORT, critical: true, value };
}

/** The entry that `postRead` asked for; undefined where the server sent none. */
export function readBack(controls: readonly Control[]): Entry | undefined {
  return entryOf(controls, POST_READ);
}

export function readBefore(controls: readonly Control[]): Entry | undefined {
  return entryOf(controls, PRE_READ);
}

/** Where the next page begins; undefined after the last. `estimate` is 0 where the server does not say. */
export function nextPage(
  controls: readonly Control[],
): { readonly cookie: Buffer; readonly estimate: number } | undefined {
  const value = controlValue(controls, PAGED_RESULTS);
  if (value === undefined) return undefined;
  const reader = new BerReader(value);
  entered(reader);
  const estimate = reader.readInt() ?? 0;
  const cookie = reader.readString(OCTET_STRING, true) ?? NO_COOKIE;
  return cookie.length === 0 ? undefined : { cookie, estimate };
}

/** 0 where the entries came in order; the code of RFC 2891 §1.2 where they did not; undefined where the server is silent. */
export function sortResult(controls: readonly Control[]): number | undefined {
  const value = controlValue(controls, SORT_RESULT);
  if (value === undefined) return undefined;
  const reader = new BerReader(value);
  entered(reader);
  return reader.readEnumeration() ?? undefined;
}

const OCTET_STRING = 0x04;
const ORDERING_RULE = 0x80;
const REVERSE_ORDER = 0x81;

function attributeSelection(attributes: readonly string[]): Buffer {
  return written((writer) => {
    writer.startSequence();
    writer.writeStringArray([...attributes]);
    writer.endSequence();
  });
}

function written(write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  write(writer);
  return writer.buffer;
}

function controlValue(controls: readonly Control[], type: string): Buffer | undefined {
  return controls.find((control) => control.type === type)?.value;
}

function entryOf(controls: readonly Control[], type: string): Entry | undefined {
  const value = controlValue(controls, type);
  if (value === undefined) return undefined;
  const reader = new BerReader(value);
  entered(reader);
  return new Entry(reader.readString() ?? '', decodeAttributes(reader));
}
