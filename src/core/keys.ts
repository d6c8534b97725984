import type { Draft, Secrets } from '#adapters/adapter.ts';
import { fold } from '#model/fold.ts';
import type { Attributes, Json, Key, Links } from '#model/resource.ts';
import { own, valuesIn } from '#model/values.ts';
import type { Attribute, ResourceType } from './schema/attribute.ts';

/** An attribute by which resources are looked up in one step; `name` is its form in `Key.attribute`. */
export interface KeyAttribute {
  readonly name: string;
  readonly unique: boolean;
  readonly schema?: string;
  readonly attribute: Attribute;
  readonly sub?: Attribute;
}

const keyAttributesByType = new WeakMap<ResourceType, readonly KeyAttribute[]>();

/** Not unique, yet what identity providers match by: Entra and Okta on either, Ping on the address. */
const LOOKUP_NAMES = new Set(['externalId', 'emails.value']);

/** The attributes that are kept as keys: every unique one, `externalId` and `emails.value`. */
export function keyAttributesOf(type: ResourceType): readonly KeyAttribute[] {
  let found = keyAttributesByType.get(type);
  if (found === undefined) {
    const core = type.attributes.flatMap((attribute) => keysIn(attribute, undefined));
    const extended = type.extensions.flatMap(({ schema }) =>
      schema.attributes.flatMap((attribute) => keysIn(attribute, schema.id)),
    );
    found = [...core, ...extended];
    keyAttributesByType.set(type, found);
  }
  return found;
}

/**
 * What an adapter stores of a resource, its keys folded as `eq` folds them: a value refused as taken is found by `eq`. Each key
 * stands once, however often the resource has the value: an address that is both work and home.
 */
export function draftOf(type: ResourceType, attributes: Attributes, links: Links, secrets?: Secrets): Draft {
  const uniqueKeys: Key[] = [];
  const lookupKeys: Key[] = [];
  for (const key of keyAttributesOf(type)) {
    const keys = key.unique ? uniqueKeys : lookupKeys;
    const first = keys.length;
    for (const value of valuesOf(key, attributes)) {
      const folded = fold((key.sub ?? key.attribute).comparison, value);
      if (folded === undefined || hasFrom(keys, first, String(folded))) continue;
      keys.push({ attribute: key.name, value: String(folded) });
    }
  }
  return { attributes, links, uniqueKeys, lookupKeys, ...(secrets && { secrets }) };
}

/** Whether a key from a place on has the value. */
function hasFrom(keys: readonly Key[], first: number, value: string): boolean {
  for (let at = first; at < keys.length; at++) if (keys[at]?.value === value) return true;
  return false;
}

function keysIn(attribute: Attribute, schema: string | undefined): KeyAttribute[] {
  if (attribute.name === 'id' || attribute.name === 'meta' || attribute.link || attribute.secret) return [];
  const owner = schema === undefined ? {} : { schema };
  const prefix = schema === undefined ? '' : `${schema}:`;
  const key = (part: Attribute, name: string, sub?: Attribute): KeyAttribute[] => {
    const unique = part.uniqueness !== 'none';
    return unique || LOOKUP_NAMES.has(name) ? [{ ...owner, name, unique, attribute, ...(sub && { sub }) }] : [];
  };
  if (attribute.type !== 'complex') return key(attribute, `${prefix}${attribute.name}`);
  return (attribute.subAttributes ?? []).flatMap((sub) => key(sub, `${prefix}${attribute.name}.${sub.name}`, sub));
}

function valuesOf({ schema, attribute, sub }: KeyAttribute, attributes: Attributes): readonly Json[] {
  const owner = schema === undefined ? attributes : own(attributes, schema);
  return valuesIn(own(owner, attribute.name), sub?.name);
}
