import type { Attribute, ResourceType } from '#core/schema/attribute.ts';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import { toAttributePath } from '#core/schema/resolve-path.ts';
import { pathName } from '#model/filter.ts';
import type { Json, JsonObject } from '#model/resource.ts';

/** An attribute of a standard schema that a resource can hold, or a part of one. */
export interface Hidden {
  readonly type: ResourceType;
  readonly schema?: string;
  readonly attribute: Attribute;
  readonly sub?: Attribute;
  /** As a policy names it: `name.familyName`, `urn:...:User:department`. */
  readonly path: string;
}

/** Every attribute that holds values of its own, whole and part by part; links, secrets and what is computed have none. */
export function hideableAttributes({ types }: SchemaRegistry): readonly Hidden[] {
  return types.flatMap((type) => [
    ...type.attributes.flatMap((attribute) => partsOf({ type, attribute })),
    ...type.extensions.flatMap(({ schema }) =>
      schema.attributes.flatMap((attribute) => partsOf({ type, schema: schema.id, attribute })),
    ),
  ]);
}

function partsOf(place: Omit<Hidden, 'path'>): readonly Hidden[] {
  const { attribute } = place;
  if (attribute.link || attribute.secret || ['id', 'schemas', 'meta'].includes(attribute.name)) return [];
  const whole: Hidden = { ...place, path: `${place.schema ?? place.type.schema.id}:${attribute.name}` };
  return [
    whole,
    ...(attribute.subAttributes ?? []).map((sub) => ({ ...whole, sub, path: `${whole.path}.${sub.name}` })),
  ];
}

/** How SCIM names it in a filter. */
export function filterNameOf({ type, schema, attribute, sub }: Hidden): string {
  return pathName(toAttributePath({ type, ...(schema !== undefined && { schema }), attribute, ...(sub && { sub }) }));
}

/** The resource's attributes with `value` for what is hidden, and something in every other place. */
export function filled(hidden: Hidden, value: string): JsonObject {
  const { type, schema } = hidden;
  const core = filledSchema(type.attributes, schema === undefined ? hidden : undefined, value);
  const extensions = type.extensions.map(({ schema: extension }) => [
    extension.id,
    filledSchema(extension.attributes, extension.id === schema ? hidden : undefined, value),
  ]);
  return { ...core, ...Object.fromEntries(extensions) };
}

function filledSchema(attributes: readonly Attribute[], hidden: Hidden | undefined, value: string): JsonObject {
  const shown = attributes.filter(
    ({ name, link, secret }) => !link && !secret && !['id', 'schemas', 'meta'].includes(name),
  );
  return Object.fromEntries(
    shown.map((attribute) => [
      attribute.name,
      held(attribute, attribute === hidden?.attribute ? hidden : undefined, value),
    ]),
  );
}

function held(attribute: Attribute, hidden: Hidden | undefined, value: string): Json {
  const { subAttributes, multiValued } = attribute;
  if (subAttributes === undefined) return simpleValue(attribute, hidden ? value : undefined);
  const parts = subAttributes.map((sub): [string, Json] => [
    sub.name,
    simpleValue(sub, hidden && (hidden.sub ?? sub) === sub ? value : undefined),
  ]);
  const object = Object.fromEntries(parts);
  return multiValued ? [object] : object;
}

/** What is no text tells the two values apart by itself. */
function simpleValue({ name, type }: Attribute, value: string | undefined): Json {
  if (type === 'boolean') return value !== 'the-other-value';
  if (type === 'binary') return value === undefined ? 'AAAA' : Buffer.from(value).toString('base64');
  return value ?? `some ${name}`;
}
