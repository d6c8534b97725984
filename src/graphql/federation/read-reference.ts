import type { GraphQLError } from 'graphql';
import { badUserInput } from '../bad-user-input.ts';
import type { FieldMap, TypeFields } from '../fields/field.ts';
import { type EntityKey, entityKeys } from './entity-keys.ts';

/** A resource as another service names it. */
export interface Reference {
  readonly type: TypeFields;
  readonly key: EntityKey;
  readonly value: string;
}

/** The representation at a place of `_entities`; the error says what it lacks, and is that entry's alone. */
export function readReference({ types }: FieldMap, representation: unknown, at: number): Reference | GraphQLError {
  const refuse = (what: string) => badUserInput(`_entities: representation ${at} ${what}`);
  if (!isObject(representation)) return refuse('must be an object with __typename and a key');
  const typeName = own(representation, '__typename');
  const type = types.find(({ name }) => name === typeName);
  if (type === undefined) return refuse(`must have the __typename ${types.map(({ name }) => name).join(' or ')}`);
  const keys = entityKeys(type);
  const key = keys.find(({ field }) => own(representation, field) !== undefined);
  if (key === undefined) return refuse(`must have ${keys.map(({ field }) => field).join(' or ')}`);
  const value = own(representation, key.field);
  return typeof value === 'string' ? { type, key, value } : refuse(`must have text as its ${key.field}`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
