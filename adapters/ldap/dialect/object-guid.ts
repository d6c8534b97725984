import type { ResourceId } from '#model/resource.ts';
import { equals, NOTHING } from '../filter/terms.ts';
import type { IdAttribute } from './dialect.ts';

const GUID_BYTES = 16;

/** Bytes of objectGUID in the order of the text: the first three groups are little-endian numbers (MS-DTYP §2.3.4.2). */
const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** Ids that the directory keeps as bytes and clients see as UUIDs in small letters. */
export const objectGuid: IdAttribute = {
  attribute: 'objectGUID',
  attributes: ['objectGUID'],
  given: false,
  read(entry) {
    const [value] = entry.buffers('objectGUID');
    return value?.length === GUID_BYTES ? (guidToText(value) as ResourceId) : undefined;
  },
  accepts: isGuid,
  equals: (text) => (isGuid(text) ? equals('objectGUID', textToGuid(text)) : NOTHING),
  // Bytes are ordered as they lie, which is not how the texts are.
  beyond: () => undefined,
};

function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function guidToText(value: Buffer): string {
  const hex = inOrder(value).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function textToGuid(text: string): Buffer {
  return inOrder(Buffer.from(text.replaceAll('-', ''), 'hex'));
}

/** Its own inverse. */
function inOrder(bytes: Buffer): Buffer {
  return Buffer.from(ORDER.map((place) => bytes.readUInt8(place)));
}
