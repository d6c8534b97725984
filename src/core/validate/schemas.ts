import { nearestName } from '#model/nearest-name.ts';
import type { Json } from '#model/resource.ts';
import { isList } from '#model/values.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { shown } from './faults.ts';
import { isAbsent } from './is-absent.ts';
import type { Reader } from './simple-value.ts';

/**
 * Faults of a body's `schemas` (RFC 7643 §3, §3.3): it names the resource type's own schema and nothing that is not declared.
 * That an extension's data is there without its URN is tolerated (Entra), as the data says it all.
 */
export function checkSchemas(reader: Reader, type: ResourceType, schemas: Json | undefined): void {
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
  const named = listed.some((urn) => typeof urn === 'string' && lower(urn) === lower(type.schema.id));
  if (named || leniency.missingSchemas === 'accept') return;
  faults.add('INVALID_SYNTAX', { path, expected: `${type.schema.id} among the schemas`, remedy });
}

function lower(text: string): string {
  return text.toLowerCase();
}
