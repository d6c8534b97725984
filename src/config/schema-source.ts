import { readFile } from 'node:fs/promises';
import { DirectoryError } from '#model/errors.ts';
import { parseJson } from '#model/parse-json.ts';
import type { Json } from '#model/resource.ts';

/**
 * A file of schemas or resource types, RFC 7643 §6 and §7, as JSON.
 * @throws {DirectoryError} INVALID_VALUE where it cannot be read or is not JSON
 */
export async function loadSchemaSource(path: string): Promise<{ readonly name: string; readonly content: Json }> {
  try {
    return { name: path, content: parseJson(await readFile(path, 'utf8')) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DirectoryError('INVALID_VALUE', `${path}: ${why}`, { cause: error });
  }
}
