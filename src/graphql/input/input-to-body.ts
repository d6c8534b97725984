import type { Json, JsonObject } from '#model/resource.ts';
import { isObject } from '#model/values.ts';
import type { TypeFields } from '../fields/field.ts';
import type { InputField } from '../fields/input-field.ts';
import { entriesOf, type Input, isInput, listOf } from './input.ts';

/** The body of a POST or a PUT that an input means; what it says is for core to judge. */
export function inputToBody({ inputs, resourceType }: TypeFields, input: Input): JsonObject {
  const body = fieldsToBody(inputs, input);
  const used = resourceType.extensions.filter(({ schema }) => isObject(body[schema.id]));
  return { schemas: [resourceType.schema.id, ...used.map(({ schema }) => schema.id)], ...body };
}

export function fieldsToBody(fields: readonly InputField[], input: Input): JsonObject {
  const body = new Map<string, Json>();
  for (const [name, value] of entriesOf(input)) {
    const field = inputFieldNamed(fields, name);
    assign(body, field, valueToScim(field, value));
  }
  return Object.fromEntries(body);
}

/** A link of an extension stands at the top of an input, and within the extension in SCIM. */
export function assign(body: Map<string, Json>, { key, schema }: InputField, value: Json): void {
  if (schema === undefined) {
    body.set(key, value);
    return;
  }
  const extension = body.get(schema);
  body.set(schema, { ...(isObject(extension) ? extension : {}), [key]: value });
}

/** A value as SCIM has it; of several values all of them. */
export function valueToScim(field: InputField, value: unknown): Json {
  if (value === null) return null;
  if (field.multiValued) return listOf(value).map((item) => oneToScim(field, item));
  return oneToScim(field, value);
}

function oneToScim({ link, fields }: InputField, value: unknown): Json {
  if (link !== undefined) return { value: String(value) };
  if (fields === undefined) return value as Json;
  return fieldsToBody(fields, isInput(value) ? value : {});
}

export function inputFieldNamed(fields: readonly InputField[], name: string): InputField {
  const field = fields.find((each) => each.name === name);
  if (field === undefined) throw new Error(`the schema has an input ${name}, the field map has not`);
  return field;
}
