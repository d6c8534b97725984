import { parse, print } from 'graphql';
import type { Visibility } from '#core/policy/visibility.ts';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { FieldMap } from '../fields/field.ts';
import { mapFields } from '../fields/field-map.ts';
import type { Naming } from '../fields/naming.ts';
import { openNaming } from '../fields/standard-names.ts';
import { BASE_SDL } from './base-sdl.ts';
import { connectionTypes, membershipTypes } from './connections.ts';
import { memberFilters } from './link-filters.ts';
import { objectTypes } from './object-types.ts';
import { queries } from './queries.ts';
import { viewerExtension } from './viewer.ts';
import { whereInputs } from './where-inputs.ts';

export interface GeneratedSdl {
  readonly sdl: string;
  readonly fields: FieldMap;
  /** The generated part by noun, without the base: `user`, `group`, `member`. */
  readonly nouns: ReadonlyMap<string, string>;
}

/** SDL of a tenant's registry under its policies, and what its names stand for. Equal registries, namings and policies give equal text. */
export function generateSdl(
  registry: SchemaRegistry,
  naming: Naming = openNaming(),
  visibilities: readonly Visibility[] = [],
): GeneratedSdl {
  const fields = mapFields(registry, naming, visibilities);
  const nouns = new Map<string, string>();
  const add = (noun: string, definitions: readonly string[]) => {
    if (definitions.length > 0) nouns.set(noun, `${print(parse(definitions.join('\n\n'))).replace(/ +$/gm, '')}\n`);
  };
  for (const type of fields.types) {
    add(type.one, [
      ...objectTypes(fields, type),
      ...connectionTypes(type),
      ...queries(type),
      ...whereInputs(fields, type),
      ...viewerExtension(fields, type),
    ]);
  }
  add('member', [...membershipTypes(fields), ...memberFilters(fields)]);
  const sdl = [BASE_SDL, ...nouns.values()].join('\n');
  return { sdl, fields, nouns };
}
