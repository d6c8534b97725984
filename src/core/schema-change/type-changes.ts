import { isDeepStrictEqual } from 'node:util';
import { type KeyAttribute, keyAttributesOf } from '../keys.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import type { SchemaRegistry } from '../schema/registry.ts';

/** A resource type whose stored resources may not fit what it is to become. */
export interface TypeChange {
  readonly before: ResourceType;
  /** Absent where the type goes. */
  readonly after?: ResourceType;
  /** Attributes that become unique, or compare otherwise than before. */
  readonly newlyUnique: readonly KeyAttribute[];
  /** Stored keys have to be made anew. */
  readonly rekeyed: boolean;
}

/** The types for which stored data has to be looked at; none where the change only adds. */
export function typeChangesOf(before: SchemaRegistry, after: SchemaRegistry): readonly TypeChange[] {
  return before.types.flatMap((type): TypeChange[] => {
    const next = after.types.find(({ name }) => name === type.name);
    if (next === undefined) return [{ before: type, newlyUnique: [], rekeyed: false }];
    const keys = changedKeys(type, next);
    if (keys.length === 0 && onlyAdds(type, next)) return [];
    const newlyUnique = keyAttributesOf(next).filter(({ name, unique }) => unique && keys.includes(name));
    return [{ before: type, after: next, newlyUnique, rekeyed: keys.length > 0 }];
  });
}

function onlyAdds(before: ResourceType, after: ResourceType): boolean {
  return (
    listOnlyAdds(before.attributes, after.attributes) &&
    before.extensions.every(({ schema, required }) => {
      const next = after.extensions.find((extension) => extension.schema.id === schema.id);
      return (
        next !== undefined && (required || !next.required) && listOnlyAdds(schema.attributes, next.schema.attributes)
      );
    }) &&
    after.extensions.every(
      ({ schema, required }) => !required || before.extensions.some((extension) => extension.schema.id === schema.id),
    )
  );
}

function listOnlyAdds(before: readonly Attribute[], after: readonly Attribute[]): boolean {
  const kept = before.every((attribute) => {
    const next = after.find(({ name }) => name === attribute.name);
    return next !== undefined && attributeOnlyAdds(attribute, next);
  });
  const isNew = ({ name }: Attribute) => !before.some((attribute) => attribute.name === name);
  return kept && after.every((attribute) => !(attribute.required && isNew(attribute)));
}

/** Whether every value of the one is a value of the other; what may be done with it and who sees it is no matter of stored data. */
function attributeOnlyAdds(before: Attribute, after: Attribute): boolean {
  return (
    before.type === after.type &&
    before.multiValued === after.multiValued &&
    before.comparison === after.comparison &&
    (before.required || !after.required) &&
    (!after.closed || isSuperset(after.canonicalValues, before.closed && before.canonicalValues)) &&
    referencesOnlyAdd(before, after) &&
    listOnlyAdds(before.subAttributes ?? [], after.subAttributes ?? [])
  );
}

function referencesOnlyAdd({ refersTo: before }: Attribute, { refersTo: after }: Attribute): boolean {
  if (after === undefined || after.anyUri) return true;
  return before !== undefined && !before.anyUri && isSuperset(after.endpoints, before.endpoints);
}

/** False where what was there before is not a list at all: then anything was. */
function isSuperset(after: readonly string[] = [], before: readonly string[] | false | undefined): boolean {
  return before !== false && before !== undefined && before.every((value) => after.includes(value));
}

/** Names of the keys that change for attributes that are there before and after; an attribute that comes or goes has no values. */
function changedKeys(before: ResourceType, after: ResourceType): readonly string[] {
  const [old, next] = [keyFacts(before), keyFacts(after)];
  const names = new Set([...old.keys(), ...next.keys()]);
  const [had, has] = [attributeNames(before), attributeNames(after)];
  return [...names].filter(
    (name) => had.has(name) && has.has(name) && !isDeepStrictEqual(old.get(name), next.get(name)),
  );
}

function keyFacts(type: ResourceType): ReadonlyMap<string, readonly unknown[]> {
  return new Map(
    keyAttributesOf(type).map(({ name, unique, attribute, sub }) => [name, [unique, (sub ?? attribute).comparison]]),
  );
}

/** Every attribute and sub-attribute in the form of `Key.attribute`. */
function attributeNames(type: ResourceType): ReadonlySet<string> {
  const namesIn = (attributes: readonly Attribute[], prefix: string): readonly string[] =>
    attributes.flatMap(({ name, subAttributes = [] }) => [
      prefix + name,
      ...subAttributes.map((sub) => `${prefix}${name}.${sub.name}`),
    ]);
  return new Set([
    ...namesIn(type.attributes, ''),
    ...type.extensions.flatMap(({ schema }) => namesIn(schema.attributes, `${schema.id}:`)),
  ]);
}
