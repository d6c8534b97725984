import { parse, print } from 'graphql';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { FieldMap } from '../fields/field.ts';
import { mapFields } from '../fields/field-map.ts';
import type { Naming } from '../fields/naming.ts';
import { openNaming } from '../fields/standard-names.ts';
import type { SchemaOptions } from '../settings.ts';
import { baseSdl } from './base-sdl.ts';
import { connectionTypes, membershipTypes } from './connections.ts';
import { memberFilters } from './link-filters.ts';
import { mutationInputs } from './mutation-inputs.ts';
import { memberMutationTypes, mutationType, mutationTypes } from './mutations.ts';
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

/**
 * SDL of a tenant's registry under its policies, and what its names stand for. Equal registries, namings and policies give equal text,
 * and what is read is called the same with and without mutations, which are there unless the options say otherwise.
 */
export function generateSdl(
  registry: SchemaRegistry,
  naming: Naming = openNaming(),
  { mutations = true, visibilities }: SchemaOptions = {},
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
  if (mutations) addMutations(fields, add);
  const sdl = [baseSdl(mutations), ...nouns.values()].join('\n');
  return { sdl, fields, nouns };
}

function addMutations(fields: FieldMap, add: (noun: string, definitions: readonly string[]) => void): void {
  for (const type of fields.types) add(`${type.one}-mutations`, [...mutationTypes(type), ...mutationInputs(type)]);
  add('mutation', [...mutationType(fields), ...memberMutationTypes(fields)]);
}
