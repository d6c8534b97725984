import type { Attributes, Json, JsonObject } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import type { HiddenOfSchema, HiddenOfType } from './hidden-attributes.ts';

/** The attributes without what is hidden; what is left without any part is left out, so that not even its presence is told. */
export function maskAttributes({ core, extensions }: HiddenOfType, attributes: Attributes): Attributes {
  const seen: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(attributes)) {
    const extension = extensions.get(name);
    if (extension === undefined) show(seen, core, name, value);
    else {
      const inner = maskSchema(extension, value as JsonObject);
      if (Object.keys(inner).length > 0) seen[name] = inner;
    }
  }
  return seen;
}

function maskSchema(hidden: HiddenOfSchema, attributes: JsonObject): JsonObject {
  const seen: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(attributes)) show(seen, hidden, name, value);
  return seen;
}

function show(into: { [name: string]: Json }, hidden: HiddenOfSchema, name: string, value: Json): void {
  if (!hidden.has(name)) return;
  const parts = hidden.get(name);
  if (parts === 'whole') return;
  const seen = parts === undefined ? value : withoutParts(value, parts);
  if (seen !== undefined) into[name] = seen;
}

/** Undefined where nothing is left. */
function withoutParts(value: Json, parts: ReadonlySet<string>): Json | undefined {
  if (isList(value)) {
    const items = value.flatMap((item) => withoutParts(item, parts) ?? []);
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return value;
  const seen = Object.entries(value).filter(([name]) => !parts.has(name));
  return seen.length === 0 ? undefined : Object.fromEntries(seen);
}
