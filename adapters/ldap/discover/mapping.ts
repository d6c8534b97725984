/** Which LDAP attributes are proposed for which of SCIM: the preset's, less what a server does not have, and what is filled beyond it. */
import type { Json } from '#model/resource.ts';
import type { ConstantKey, PlaceKey } from '../options/keys.ts';
import type { ServerSchema } from '../server/schema.ts';
import { conversionOfSyntax } from '../server/syntaxes.ts';
import type { FilledAttributes } from './filled.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Beyond what presets map: single values by their path. */
const SINGLE: ReadonlyMap<string, string> = new Map([
  ['employeeType', 'userType'],
  ['personalTitle', 'name.honorificPrefix'],
  ['generationQualifier', 'name.honorificSuffix'],
  ['middleName', 'name.middleName'],
  ['division', `${ENTERPRISE}:division`],
  ['costCenter', `${ENTERPRISE}:costCenter`],
]);

/** Further values of a list, by the type that they are given. */
const LISTED: ReadonlyMap<string, { readonly path: string; readonly type: string }> = new Map([
  ['facsimileTelephoneNumber', { path: 'phoneNumbers', type: 'fax' }],
  ['mailAlternateAddress', { path: 'emails', type: 'other' }],
  ['mailLocalAddress', { path: 'emails', type: 'other' }],
]);

/** As a configuration has it; a list where the preset has one. */
export type Places = PlaceKey | ConstantKey | readonly PlaceKey[];
type Table = Readonly<Record<string, Places>>;

export interface Mapping {
  /** What differs from the preset, `null` for what is taken away. */
  readonly attributes: { readonly [path: string]: Json };
  /** Lower-case: all that is mapped to. */
  readonly mapped: ReadonlySet<string>;
}

export interface Known {
  readonly schema: ServerSchema | undefined;
  readonly classes: readonly string[];
  readonly filled: FilledAttributes;
}

/** Whether entries have it, or could. */
export function isUsable({ schema, classes, filled }: Known, attribute: string): boolean {
  if (schema === undefined || filled.has(schema.canonical(attribute))) return true;
  const type = schema.attribute(attribute);
  if (type === undefined) return false;
  const contents = schema.contents(classes);
  const name = schema.canonical(attribute);
  return type.operational || contents === undefined || contents.must.has(name) || contents.may.has(name);
}

export function mappingOf(preset: Table, known: Known, userName: string | undefined): Mapping {
  const table: { [path: string]: Places | null } = {};
  for (const [path, places] of Object.entries(preset)) table[path] = usable(places, known);
  if (userName !== undefined) table['userName'] = userName;
  for (const [attribute, path] of SINGLE) {
    if (isFilled(known, attribute) && (table[path] ?? null) === null) table[path] = placeOf(known, attribute);
  }
  for (const [attribute, { path, type }] of LISTED) {
    if (isFilled(known, attribute)) table[path] = [...listOf(table[path]), placeOf(known, attribute, type)];
  }
  const differs = Object.entries(table).filter(([path, places]) => !isSame(places, preset[path]));
  const mapped = Object.values(table).flatMap(attributesIn);
  return {
    attributes: Object.fromEntries(differs) as Mapping['attributes'],
    mapped: new Set(mapped.map((name) => known.schema?.canonical(name) ?? name.toLowerCase())),
  };
}

function usable(places: Places, known: Known): Places | null {
  if (typeof places === 'object' && 'constant' in places) return places;
  if (!isList(places)) return isUsable(known, attributeOf(places)) ? places : null;
  const left = places.filter((place) => isUsable(known, attributeOf(place)));
  return left.length === 0 ? null : left;
}

function isFilled({ schema, filled }: Known, attribute: string): boolean {
  return filled.has(schema?.canonical(attribute) ?? attribute.toLowerCase());
}

/** With its conversion where that is not text. */
function placeOf({ schema }: Known, attribute: string, type?: string): PlaceKey {
  const conversion = conversionOfSyntax(schema?.attribute(attribute)?.syntax) ?? 'printable';
  if (type === undefined && conversion === 'text') return attribute;
  return { attribute, ...(conversion !== 'text' && { as: conversion }), ...(type !== undefined && { type }) };
}

function listOf(places: Places | null | undefined): readonly PlaceKey[] {
  if (places === null || places === undefined || (typeof places === 'object' && 'constant' in places)) return [];
  return isList(places) ? places : [places];
}

function attributesIn(places: Places | null): readonly string[] {
  return listOf(places).map(attributeOf);
}

function attributeOf(place: PlaceKey): string {
  return typeof place === 'string' ? place : place.attribute;
}

function isList(places: Places): places is readonly PlaceKey[] {
  return Array.isArray(places);
}

function isSame(one: Places | null, other: Places | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
