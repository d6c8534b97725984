import type { Json } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import type { Faults } from './faults.ts';

/** A resource needs five levels: resource, extension, attribute, value, sub-attribute. */
const DEEPEST = 32;
const LONGEST_NAME = 100;

/**
 * Faults for names that every JavaScript object inherits (`__proto__`, `constructor`, `toString`) anywhere in a value, and for
 * nesting that no schema has. Nothing below relies on it, since only own properties are read and only the schema's names are
 * written; it refuses what is an attack, or would be one on whoever reads the value next.
 */
export function checkNames(value: Json, path: string, faults: Faults, depth = 0): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) {
    faults.add('INVALID_VALUE', { path, expected: `at most ${DEEPEST} objects and arrays inside each other` });
  } else if (isList(value)) {
    value.forEach((item, index) => {
      if (typeof item === 'object') checkNames(item, `${path}[${index}]`, faults, depth + 1);
    });
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      if (isInherited(name)) {
        faults.add('INVALID_VALUE', { path: joined(path, name), expected: 'an attribute name', remedy: 'remove it' });
      } else if (typeof inner === 'object') {
        checkNames(inner, joined(path, name), faults, depth + 1);
      }
    }
  }
}

const INHERITED_NAMES = [...Object.getOwnPropertyNames(Object.prototype), 'prototype'];
const INHERITED_WHOLE: ReadonlySet<string> = new Set(INHERITED_NAMES);
const SEPARATOR = /[.:[\]]/;
const INHERITED = new RegExp(`(?:^|[.:[\\]])(?:${INHERITED_NAMES.join('|')})(?:$|[.:[\\]])`);

/** Whether any part of a name or a path (`constructor.prototype`) is one that objects inherit. */
export function isInherited(name: string): boolean {
  return INHERITED_WHOLE.has(name) || (SEPARATOR.test(name) && INHERITED.test(name));
}

/** A path as faults show it; the names of a body can be of any length. */
export function joined(path: string, name: string): string {
  const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 3)}...` : name;
  return path === '' ? short : `${path}.${short}`;
}

/** Attributes that Portico writes by itself, whatever their mutability says. */
const ITS_OWN = new Set(['schemas', 'id', 'meta']);

export function isReadOnly(attribute: Attribute): boolean {
  return attribute.mutability === 'readOnly' || attribute.link?.direction === 'in' || ITS_OWN.has(attribute.name);
}

/** Whether it is part of a resource's `attributes`; links and secrets are kept apart. */
export function isStored(attribute: Attribute): boolean {
  return attribute.link === undefined && !attribute.secret && !ITS_OWN.has(attribute.name);
}

/** Every name that a body of this type may have at its top, for suggestions. */
export function namesOf(type: ResourceType): readonly string[] {
  return [
    ...type.attributes.map((attribute) => attribute.name),
    ...type.extensions.flatMap(({ schema }) => [schema.id, ...schema.attributes.map((attribute) => attribute.name)]),
  ];
}

export function subNamesOf(attribute: Attribute): readonly string[] {
  return (attribute.subAttributes ?? []).map(({ name }) => name);
}
