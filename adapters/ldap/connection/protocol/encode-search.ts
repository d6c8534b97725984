import { BerWriter } from 'ldapts';
import { toFilter } from '../controls.ts';
import type { Search } from '../operations.ts';
import { type Encode, writeControls } from './encode.ts';

const SEQUENCE = 0x30;
const SEARCH_REQUEST = 0x63;
const SCOPES = { base: 0, one: 1, sub: 2, children: 3 } as const;
const NEVER_DEREF_ALIASES = 0;

/** `timeLimitSeconds`: how long the server works on it; 0 is for ever. RFC 4511 §4.5.1 */
export function encodeSearch(request: Search, timeLimitSeconds: number): Encode {
  const filter = toFilter(request.filter);
  return (messageId) => {
    const writer = new BerWriter();
    writer.startSequence();
    writer.writeInt(messageId);
    writer.startSequence(SEARCH_REQUEST);
    writer.writeString(request.base);
    writer.writeEnumeration(SCOPES[request.scope]);
    writer.writeEnumeration(NEVER_DEREF_ALIASES);
    writer.writeInt(request.sizeLimit ?? 0);
    writer.writeInt(timeLimitSeconds);
    writer.writeBoolean(false);
    filter.write(writer);
    writer.writeBuffer(selectionOf(request.attributes), SEQUENCE);
    writer.endSequence();
    writeControls(writer, request.controls);
    writer.endSequence();
    return writer.buffer;
  };
}

/** The same list is asked for with every read of a type, and takes longer to write than all the rest. */
const selections = new WeakMap<readonly string[], Buffer>();

function selectionOf(attributes: readonly string[]): Buffer {
  const known = selections.get(attributes);
  if (known !== undefined) return known;
  const writer = new BerWriter();
  for (const name of attributes) writer.writeString(name);
  selections.set(attributes, writer.buffer);
  return writer.buffer;
}
