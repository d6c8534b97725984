import { DirectoryError } from '#model/errors.ts';
import type { JsonObject } from '#model/resource.ts';
import { isList } from '#model/values.ts';
import { propertyInAnyCase } from '../idp-quirks.ts';

/**
 * A message says by its `schemas` what it is (RFC 7644 §3.1), a URN in any case (§3.10). A PATCH, whose schema a profile may spare,
 * is checked by `core/patch/parse.ts`.
 * @throws {DirectoryError} INVALID_SYNTAX
 */
export function checkMessageSchema(message: JsonObject, schema: string): void {
  const schemas = propertyInAnyCase(message, 'schemas');
  const named =
    isList(schemas) && schemas.some((urn) => typeof urn === 'string' && urn.toLowerCase() === schema.toLowerCase());
  if (!named) throw new DirectoryError('INVALID_SYNTAX', `schemas must be ["${schema}"]`);
}
