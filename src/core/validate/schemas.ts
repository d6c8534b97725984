import { nearestName } from '#model/nearest-name.ts';
import type { Json, JsonObject } from '#model/resource.ts';
import { isList } from '#model/values.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { shown } from './faults.ts';
import { isAbsent } from './is-absent.ts';
import type { Reader } from './simple-value.ts';

/**
 * Faults of a body's `schemas` (RFC 7643 §3, §3.3): it names the resource type's own schema and nothing that is not declared.
 */
export function checkSchemas(reader: Reader, type: ResourceType, schemas: Json | undefined, body: JsonObject): void {
  const { leniency, faults } = reader;
  const path = 'schemas';
  const remedy = `send "schemas": ["${type.schema.id}"]`;
  if (isAbsent(schemas)) {
    if (leniency.missingSchemas === 'accept') return;
    faults.add('INVALID_SYNTAX', { path, expected: 'the URNs of the schemas in use', remedy });
    return;
  }
  const listed = isList(schemas) ? schemas : [schemas];
  const known = new Map([type.schema, ...type.extensions.map(({ schema }) => schema)].map(({ id }) => [lower(id), id]));
  for (const [index, urn] of listed.entries()) {
    if (typeof urn === 'string' && (leniency.unknownSchemas === 'ignore' || known.has(lower(urn)))) continue;
    const near = typeof urn === 'string' && !faults.full ? nearestName(urn, known.values()) : undefined;
    faults.add('INVALID_SYNTAX', {
      path: `${path}[${index}]`,
      expected: `a schema of ${type.name}`,
      got: shown(urn),
      ...(near !== undefined && { remedy: `did you mean ${near}?` }),
    });
  }
  if (leniency.undeclaredExtensions === 'refuse') checkDeclared(reader, type, listed, body);
  const named = listed.some((urn) => typeof urn === 'string' && lower(urn) === lower(type.schema.id));
  if (named || leniency.missingSchemas === 'accept') return;
  faults.add('INVALID_SYNTAX', { path, expected: `${type.schema.id} among the schemas`, remedy });
}

/** An extension's data needs its URN (RFC 7643 §3); Entra leaves it out, and the data says it all (transcripts/entra-aadoptscim062020/create-user.json). */
function checkDeclared({ faults }: Reader, type: ResourceType, listed: readonly Json[], body: JsonObject): void {
  const declared = new Set(listed.map((urn) => lower(String(urn))));
  const present = new Set(
    Object.keys(body)
      .filter((name) => !isAbsent(body[name]))
      .map(lower),
  );
  for (const { schema } of type.extensions) {
    if (!present.has(lower(schema.id)) || declared.has(lower(schema.id))) continue;
    faults.add('INVALID_SYNTAX', { path: 'schemas', expected: `${schema.id}, of which the body has data` });
  }
}

function lower(text: string): string {
  return text.toLowerCase();
}
