import { concatAST, type DocumentNode, parse, print } from 'graphql';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { FieldMap } from '../fields/field.ts';
import { mapFields } from '../fields/field-map.ts';
import type { Naming } from '../fields/naming.ts';
import { openNaming } from '../fields/standard-names.ts';
import type { SchemaOptions } from '../settings.ts';
import { BASE, BASE_WITHOUT_MUTATIONS, type BaseSdl } from './base-sdl.ts';
import { connectionTypes, membershipTypes } from './connections.ts';
import { memberFilters } from './link-filters.ts';
import { mutationInputs } from './mutation-inputs.ts';
import { memberMutationTypes, mutationType, mutationTypes } from './mutations.ts';
import { objectTypes } from './object-types.ts';
import { queries } from './queries.ts';
import { viewerExtension } from './viewer.ts';
import { whereInputs } from './where-inputs.ts';

/** SDL as a document, and as text, which a gateway hardly needs and which takes as long as the rest. */
export class GeneratedSdl {
  readonly fields: FieldMap;
  private readonly base: BaseSdl;
  private readonly definitions: ReadonlyMap<string, DocumentNode>;
  private text: string | undefined;

  constructor(fields: FieldMap, base: BaseSdl, definitions: ReadonlyMap<string, DocumentNode>) {
    this.fields = fields;
    this.base = base;
    this.definitions = definitions;
  }

  get document(): DocumentNode {
    return concatAST([this.base.document, ...this.definitions.values()]);
  }

  get sdl(): string {
    this.text ??= [this.base.sdl, ...this.nouns.values()].join('\n');
    return this.text;
  }

  /** The generated part by noun, without the base: `user`, `group`, `member`. */
  get nouns(): ReadonlyMap<string, string> {
    const textOf = (document: DocumentNode) => `${print(document).replace(/ +$/gm, '')}\n`;
    return new Map([...this.definitions].map(([noun, document]) => [noun, textOf(document)]));
  }
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
  const nouns = new Map<string, DocumentNode>();
  const add = (noun: string, definitions: readonly string[]) => {
    if (definitions.length > 0) nouns.set(noun, parse(definitions.join('\n\n'), { noLocation: true }));
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
  return new GeneratedSdl(fields, mutations ? BASE : BASE_WITHOUT_MUTATIONS, nouns);
}

function addMutations(fields: FieldMap, add: (noun: string, definitions: readonly string[]) => void): void {
  for (const type of fields.types) add(`${type.one}-mutations`, [...mutationTypes(type), ...mutationInputs(type)]);
  add('mutation', [...mutationType(fields), ...memberMutationTypes(fields)]);
}
