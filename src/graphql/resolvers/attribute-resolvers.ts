import type { GraphQLResolveInfo } from 'graphql';
import type { Json, JsonObject } from '#model/resource.ts';
import type { GraphqlContext } from '../context.ts';
import type { LoadedField } from '../expand/loaded-field.ts';
import type { Place } from '../expand/place.ts';
import { storedOf } from '../expand/place.ts';
import type { Canonical, Field, TypeFields } from '../fields/field.ts';
import { type Hideable, isHidden } from '../fields/hideable.ts';
import { provenanceResolvers } from './provenance-resolvers.ts';

type Read<Source> = (source: Source) => unknown;
type Resolver = (source: never, args: never, context: never, info: GraphQLResolveInfo) => unknown;
/** By type, then by field. */
export type ResolverMap = { readonly [type: string]: { readonly [field: string]: Resolver } };

const NONE: readonly Json[] = [];

/**
 * Resolvers of a resource type, its complex attributes and its extensions: plain property reads, since graphql-js calls one for
 * each field of each resource.
 */
export function attributeResolvers(type: TypeFields): ResolverMap {
  const resource: { [field: string]: Resolver } = {};
  const resolvers: { [type: string]: { readonly [field: string]: Resolver } } = { [type.name]: resource };
  for (const field of type.fields) {
    addField(resource, field, ({ resource: { attributes } }: Place) => attributes as JsonObject);
    Object.assign(resolvers, nestedResolvers(field));
  }
  for (const field of type.loaded) resource[field.name] = loadedResolver(field);
  return { ...resolvers, [type.name]: { ...resource, ...provenanceResolvers, ...commonResolvers(type) } };
}

function commonResolvers({ resourceType }: TypeFields): { readonly [field: string]: Read<Place> } {
  return {
    id: ({ resource }) => resource.id,
    meta: storedOf,
    schemas: (place) => {
      const { attributes, links } = storedOf(place);
      const used = resourceType.extensions.filter(
        ({ schema }) =>
          Object.hasOwn(attributes, schema.id) ||
          (links.manager !== undefined && schema.attributes.some(({ link }) => link?.edge === 'manager')),
      );
      return [resourceType.schema.id, ...used.map(({ schema }) => schema.id)];
    },
  };
}

function nestedResolvers({ type, fields }: Field): ResolverMap {
  if (fields === undefined || type === 'Meta') return {};
  const own: { [field: string]: Resolver } = {};
  for (const field of fields) addField(own, field, (source: JsonObject) => source);
  return Object.assign({ [type]: own }, ...fields.map(nestedResolvers));
}

function addField<Source>(
  into: { [field: string]: Resolver },
  { name, key, multiValued, canonical, hideable }: Field,
  ownerOf: (source: Source) => JsonObject,
): void {
  const read = reader(key, ownerOf);
  into[name] = multiValued ? listReader(read, hideable) : read;
  if (canonical !== undefined) into[canonical.name] = (source: Source) => canonicalOf(canonical, read(source));
}

/** What is hidden from the caller is null, where what is only absent is an empty list. */
function listReader<Source>(read: Read<Source>, hideable: Hideable | undefined): Resolver {
  if (hideable === undefined) return (source: Source) => read(source) ?? NONE;
  return (source: Source, _args, { session: { visibility } }: GraphqlContext) =>
    visibility !== undefined && isHidden(visibility, hideable) ? null : (read(source) ?? NONE);
}

/** An attribute may have a name that every object inherits, such as `toString`; of those only own properties count. */
function reader<Source>(key: string, ownerOf: (source: Source) => JsonObject): (source: Source) => Json | undefined {
  if (!(key in Object.prototype)) return (source) => ownerOf(source)[key];
  return (source) => (Object.hasOwn(ownerOf(source), key) ? ownerOf(source)[key] : undefined);
}

function canonicalOf({ values }: Canonical, value: Json | undefined): string | null {
  if (typeof value !== 'string') return null;
  return values.get(value) ?? values.get(value.toLowerCase()) ?? null;
}

/** What `expand` has loaded for this field of this resource. */
function loadedResolver({ name }: LoadedField): Resolver {
  return ({ related, index }: Place, _args, _context, { fieldNodes: [node] }): unknown => {
    const values = node && related.get(node);
    if (values === undefined) throw new Error(`${name} was selected and not loaded`);
    const value = values[index] ?? null;
    if (value instanceof Error) throw value;
    return value;
  };
}
