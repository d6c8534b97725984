/** What must hold of a resource as a whole, whichever way it came about. */
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import { subAttributeOf } from '../schema/resolve-path.ts';
import { assign, type Draft, type Place, valueAt } from './draft.ts';
import type { Faults } from './faults.ts';
import { isReadOnly, isStored } from './names.ts';
import { isHollow } from './value-set.ts';

const placesByType = new WeakMap<ResourceType, readonly Place[]>();

/** The attributes of a type that it stores itself: neither Portico's own nor a link nor a secret. */
function storedPlaces(type: ResourceType): readonly Place[] {
  let places = placesByType.get(type);
  if (places === undefined) {
    const core = type.attributes.map((attribute) => ({ attribute }));
    const extended = type.extensions.flatMap(({ schema }) =>
      schema.attributes.map((attribute) => ({ schema: schema.id, attribute })),
    );
    places = [...core, ...extended].filter(({ attribute }) => isStored(attribute));
    placesByType.set(type, places);
  }
  return places;
}

/** How faults and messages name an attribute, and what `resolvePath` reads. */
export function labelOf({ schema, attribute }: Place): string {
  return schema === undefined ? attribute.name : `${schema}:${attribute.name}`;
}

/** Takes away values that say nothing but `type` or `primary`: what is left of one whose `value` was removed. */
export function dropHollowValues(type: ResourceType, draft: Draft): void {
  for (const place of storedPlaces(type)) {
    const value = place.attribute.multiValued ? valueAt(draft, place) : undefined;
    if (!isList(value) || !value.some((item) => isHollow(place.attribute, item))) continue;
    assign(
      draft,
      place,
      value.filter((item) => !isHollow(place.attribute, item)),
    );
  }
}

/** Faults for what the schemas require and the draft lacks (RFC 7643 §2.2, §6), sub-attributes of present values included. */
export function checkRequired(type: ResourceType, draft: Draft, faults: Faults): void {
  for (const { schema, required } of type.extensions) {
    if (required && (draft.extensions.get(schema.id)?.size ?? 0) === 0) {
      faults.add('INVALID_VALUE', {
        path: schema.id,
        expected: `values of the extension, which ${type.name} requires`,
      });
    }
  }
  for (const place of storedPlaces(type)) {
    if (place.schema !== undefined && (draft.extensions.get(place.schema)?.size ?? 0) === 0) continue;
    const path = labelOf(place);
    const value = valueAt(draft, place);
    if (value !== undefined) checkRequiredSubs(place.attribute, value, path, faults);
    else if (place.attribute.required && !isReadOnly(place.attribute)) missing(path, faults);
  }
}

function checkRequiredSubs(attribute: Attribute, value: Json, path: string, faults: Faults): void {
  const required = (attribute.subAttributes ?? []).filter((sub) => sub.required && !isReadOnly(sub));
  if (required.length === 0) return;
  const check = (item: Json, at: string) => {
    for (const sub of required) {
      if (isObject(item) && !Object.hasOwn(item, sub.name)) missing(`${at}.${sub.name}`, faults);
    }
  };
  if (isList(value))
    value.forEach((item, index) => {
      check(item, `${path}[${index}]`);
    });
  else check(value, path);
}

function missing(path: string, faults: Faults): void {
  if (!faults.has(path)) faults.add('INVALID_VALUE', { path, expected: 'a value, which is required' });
}

/**
 * What a PUT cannot change (RFC 7644 §3.5.1): read-only values stay as stored, immutable ones stay or are given again as they
 * are. `active` stays where the body omits it: an identity provider that never sends it must not re-enable or lose a user.
 */
export function carryOver(type: ResourceType, before: Draft, draft: Draft, faults: Faults): void {
  for (const place of storedPlaces(type)) {
    const old = valueAt(before, place);
    if (old !== undefined) assign(draft, place, carried(place, old, valueAt(draft, place), faults));
  }
}

function carried(place: Place, old: Json, given: Json | undefined, faults: Faults): Json | undefined {
  const { attribute, schema } = place;
  if (isReadOnly(attribute)) return old;
  if (attribute.mutability === 'immutable') return sameOrFault(labelOf(place), old, given, faults);
  if (attribute.name === 'active' && schema === undefined) return given ?? old;
  if (attribute.multiValued || !isObject(old) || (given !== undefined && !isObject(given))) return given;
  const kept: Record<string, Json> = {};
  for (const [name, value] of Object.entries(old)) {
    const sub = subAttributeOf(attribute, name);
    if (sub === undefined) continue;
    const path = `${labelOf(place)}.${sub.name}`;
    if (isReadOnly(sub)) kept[sub.name] = value;
    else if (sub.mutability === 'immutable') kept[sub.name] = sameOrFault(path, value, given?.[sub.name], faults);
  }
  return given === undefined && Object.keys(kept).length === 0 ? undefined : { ...given, ...kept };
}

function sameOrFault(path: string, old: Json, given: Json | undefined, faults: Faults): Json {
  if (given !== undefined && !isDeepStrictEqual(given, old)) refuseChange(path, faults);
  return old;
}

function refuseChange(path: string, faults: Faults): void {
  faults.add('MUTABILITY', { path, expected: 'the value that it has, which cannot change' });
}
