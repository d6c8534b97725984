/** Names of attributes, which a server writes into every entry anew: each is one text, made once, with its form in small letters. */

export interface AttributeName {
  readonly text: string;
  /** By which it is looked up. */
  readonly key: string;
}

interface Known extends AttributeName {
  readonly bytes: Buffer;
}

/** More than any schema has; beyond it names are made each time. */
const MOST_KEPT = 4_096;

const byShape = new Map<number, Known[]>();
const keys = new Map<string, string>();
let kept = 0;

/** Of the bytes from `start` to `end`. */
export function attributeName(bytes: Buffer, start: number, end: number): AttributeName {
  const shape = ((end - start) << 16) | ((bytes[start] ?? 0) << 8) | (bytes[end - 1] ?? 0);
  const alike = byShape.get(shape);
  const known = alike?.find((each) => isAt(each.bytes, bytes, start, end));
  if (known !== undefined) return known;
  const text = bytes.toString('utf8', start, end);
  const name = { text, key: text.toLowerCase(), bytes: Buffer.from(bytes.subarray(start, end)) };
  if (kept >= MOST_KEPT) return name;
  kept += 1;
  if (alike === undefined) byShape.set(shape, [name]);
  else alike.push(name);
  return name;
}

function isAt(name: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i += 1) if (name[i] !== bytes[start + i]) return false;
  return true;
}

/** As `AttributeName.key`, of a name that was written by whoever asks. */
export function attributeKey(text: string): string {
  const known = keys.get(text);
  if (known !== undefined) return known;
  const key = text.toLowerCase();
  if (keys.size < MOST_KEPT) keys.set(text, key);
  return key;
}
