/**
 * Deviations of real identity providers that can be undone before a schema or a resource is looked at. What needs either is a
 * switch of `core/leniency.ts`. Each names the transcript that shows it, where it is not plain from the RFC.
 */
import { DirectoryError } from '#model/errors.ts';
import type { Json, JsonObject } from '#model/resource.ts';

/** `startindex`, `excludedattributes`: names of query parameters in any case (transcripts/entra/list-as-puller.json). */
export function parameterKey(name: string): string {
  return name.toLowerCase();
}

/**
 * An own property of a search in any case, as for attributes (RFC 7643 §2.1); undefined where absent. A PATCH is read alike by
 * `core/patch/parse.ts`.
 * @throws {DirectoryError} INVALID_SYNTAX where two spellings are given
 */
export function propertyInAnyCase(message: JsonObject, name: string): Json | undefined {
  const names = Object.keys(message).filter((key) => key.toLowerCase() === name.toLowerCase());
  if (names.length > 1) throw new DirectoryError('INVALID_SYNTAX', `"${name}" is given twice: ${names.join(', ')}`);
  const [found] = names;
  return found === undefined ? undefined : message[found];
}

/**
 * A base URL pasted with a slash at its end gives `//Users` and `/Users/`, also with Entra's flag behind it
 * (`/scim/v2/?aadOptscim062020`, transcripts/entra-aadoptscim062020/test-connection.json).
 */
export function withoutOuterSlashes(path: string): string {
  return path.replace(/^\/+/, '').replace(/\/$/, '');
}
