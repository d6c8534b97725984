import type { BodyBytes } from '#model/body-bytes.ts';

/** Whether a list stands anywhere in a value but below another list. */
export function holdsList(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.values(value).some(holdsList);
}

/**
 * Writes a value as `JSON.stringify` does, but lists item by item: one text of a whole page is written by V8 and encoded by Node at twice
 * the cost, since a single character beyond Latin-1 makes all of it twice as wide. Stops past `limit` bytes, and answers whether it
 * came to the end.
 */
export function writeJson(bytes: BodyBytes, value: unknown, limit: number): boolean {
  if (Array.isArray(value)) return writeList(bytes, value, limit);
  if (holdsList(value)) return writeObject(bytes, value as object, limit);
  bytes.appendText(JSON.stringify(value));
  return bytes.length <= limit;
}

function writeList(bytes: BodyBytes, items: readonly unknown[], limit: number): boolean {
  bytes.appendText('[');
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) bytes.appendComma();
    bytes.appendText(JSON.stringify(items[index]));
    if (bytes.length > limit) return false;
  }
  bytes.appendText(']');
  return bytes.length <= limit;
}

function writeObject(bytes: BodyBytes, object: object, limit: number): boolean {
  let mark = '{';
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    bytes.appendText(`${mark}${JSON.stringify(key)}:`);
    if (!writeJson(bytes, value, limit)) return false;
    mark = ',';
  }
  bytes.appendText(mark === '{' ? '{}' : '}');
  return bytes.length <= limit;
}
