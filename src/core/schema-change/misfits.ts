import type { Fault } from '#model/errors.ts';
import type { Json, JsonObject, StoredResource } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import type { Leniency } from '../leniency.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import { openDraft } from '../validate/draft.ts';
import { Faults } from '../validate/faults.ts';
import { isStored } from '../validate/names.ts';
import { type Reader, readSimple } from '../validate/simple-value.ts';
import { valueKey } from '../validate/value-set.ts';
import { checkRequired } from '../validate/whole.ts';

/**
 * What keeps a stored resource from being one of this type as it stands, values that no schema knows included. It was checked when it
 * came in, under whatever was tolerated then.
 */
export function misfitsOf(
  type: ResourceType,
  { attributes, links }: StoredResource,
  leniency: Leniency,
): readonly Fault[] {
  const faults = new Faults();
  const asStored: Leniency = {
    ...leniency,
    booleanStrings: 'refuse',
    emptyStrings: 'keep',
    userNameCharacters: 'freeform',
  };
  const reader = { leniency: asStored, faults };
  for (const [name, value] of Object.entries(attributes)) {
    const extension = type.extensions.find(({ schema }) => schema.id === name)?.schema;
    if (extension !== undefined && isObject(value)) checkAll(extension.attributes, value, `${name}:`, reader);
    else checkNamed(type.attributes, name, value, '', reader);
  }
  checkRequired(type, openDraft(type, attributes, links), faults);
  return faults.all;
}

function checkAll(attributes: readonly Attribute[], object: JsonObject, prefix: string, reader: Reader): void {
  for (const [name, value] of Object.entries(object)) checkNamed(attributes, name, value, prefix, reader);
}

function checkNamed(attributes: readonly Attribute[], name: string, value: Json, prefix: string, reader: Reader): void {
  const path = prefix + name;
  const attribute = attributes.find((candidate) => candidate.name === name);
  if (attribute !== undefined && isStored(attribute)) checkValue(attribute, value, path, reader);
  else misfit(reader, path, 'no value, since nothing of this name is stored');
}

function checkValue(attribute: Attribute, value: Json, path: string, reader: Reader): void {
  if (!attribute.multiValued) checkOne(attribute, value, path, reader);
  else if (!isList(value)) misfit(reader, path, 'an array of values');
  else {
    for (const item of value) checkOne(attribute, item, path, reader);
    const different = new Set(value.map((item) => valueKey(attribute, item)));
    if (different.size < value.length) misfit(reader, path, 'values that are all different');
  }
}

function checkOne(attribute: Attribute, value: Json, path: string, reader: Reader): void {
  if (attribute.type !== 'complex') {
    if (typeof value === 'object' && value !== null) misfit(reader, path, `one value of type ${attribute.type}`);
    else readSimple(reader, attribute, value, path);
  } else if (isObject(value)) checkAll(attribute.subAttributes ?? [], value, `${path}.`, reader);
  else misfit(reader, path, 'an object with sub-attributes');
}

function misfit(reader: Reader, path: string, expected: string): void {
  reader.faults.add('INVALID_VALUE', { path, expected });
}
