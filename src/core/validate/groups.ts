import type { Json, ResourceId } from '#model/resource.ts';
import { isList } from '#model/values.ts';
import type { Attribute } from '../schema/attribute.ts';
import { shown } from './faults.ts';
import { isAbsent } from './is-absent.ts';
import { checkId, readParts } from './links.ts';
import type { Reader } from './simple-value.ts';

/** A group as a PATCH of a user names it: by its id, or by the name that it shows. */
export type GroupName = { readonly id: ResourceId } | { readonly name: string };

/** UTF-16 code units. */
const LONGEST_NAME = 1_024;

/**
 * The groups that a value names: an array, or a single one. `value` counts before `display`; what a client read as an indirect
 * membership follows from others and is passed over.
 */
export function readGroups(reader: Reader, attribute: Attribute, value: Json, path: string): readonly GroupName[] {
  if (isAbsent(value)) return [];
  if (!isList(value)) return readGroup(reader, attribute, value, path);
  return value.flatMap((item, index) => (item === null ? [] : readGroup(reader, attribute, item, `${path}[${index}]`)));
}

function readGroup(reader: Reader, attribute: Attribute, item: Json, path: string): readonly GroupName[] {
  const parts = readParts(reader, attribute, item, path);
  if (parts === undefined || isIndirect(parts.get('type'))) return [];
  const id = parts.get('value');
  if (!isEmpty(id)) {
    const checked = checkId(reader, id, parts.get('$ref'), path);
    return checked === undefined ? [] : [{ id: checked }];
  }
  const name = parts.get('display') ?? parts.get('displayName');
  if (typeof name === 'string' && name !== '' && name.length <= LONGEST_NAME) return [{ name }];
  reader.faults.add('INVALID_VALUE', {
    path,
    expected: 'the id of a group as "value", or its name as "display"',
    ...(!isEmpty(name) && { got: shown(name) }),
  });
  return [];
}

function isIndirect(type: Json | undefined): boolean {
  return typeof type === 'string' && type.toLowerCase() === 'indirect';
}

function isEmpty(value: Json | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}
