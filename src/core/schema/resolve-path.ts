import type { AttributePath } from '#model/filter.ts';
import type { Attribute, ResolvedPath, ResourceType, Schema } from './attribute.ts';

type Names = ReadonlyMap<string, Attribute>;

interface SchemaNames {
  readonly schema: Schema;
  /** The schema's URN in lower case. */
  readonly urn: string;
  readonly names: Names;
}

interface TypeNames {
  readonly core: SchemaNames;
  readonly extensions: readonly SchemaNames[];
}

const namesByType = new WeakMap<ResourceType, TypeNames>();
const subNames = new WeakMap<Attribute, Names>();

/**
 * Binds a path as a client wrote it: `userName`, `name.givenName`, `emails`, `urn:...:User:userName`,
 * `urn:...:enterprise:2.0:User:manager.value`, `urn:...:User.manager`
 * (Entra's old form, transcripts/entra/assign-manager-old-path.json), or an extension URN alone.
 * A bare name that only one extension has means that one (Entra's `manager eq "..."`).
 * Answers undefined where nothing of that name exists. RFC 7644 §3.10
 */
export function resolvePath(type: ResourceType, text: string): ResolvedPath | undefined {
  const names = namesOf(type);
  if (!/^urn:/i.test(text)) {
    return (
      resolveIn(type, names.core.names, undefined, text) ??
      onlyOne(names.extensions.map((extension) => resolveIn(type, extension.names, extension.schema.id, text)))
    );
  }
  const lower = text.toLowerCase();
  // One URN may begin with another, so that what leads nowhere in one schema may yet lead somewhere in the next.
  for (const { schema, urn, names: own } of names.extensions) {
    if (lower === urn) return { type, schema: schema.id };
    const found = resolveBehind(type, urn, own, schema.id, text, lower);
    if (found !== undefined) return found;
  }
  return resolveBehind(type, names.core.urn, names.core.names, undefined, text, lower);
}

function resolveBehind(
  type: ResourceType,
  urn: string,
  names: Names,
  schema: string | undefined,
  text: string,
  lower: string,
): ResolvedPath | undefined {
  const rest = afterUrn(urn, text, lower);
  return rest === undefined ? undefined : resolveIn(type, names, schema, rest);
}

/** Whether a path leads into an extension without naming it. */
export function isUnqualified(
  { schema, attribute }: { readonly schema?: string | undefined; readonly attribute?: Attribute | undefined },
  text: string,
): boolean {
  return schema !== undefined && attribute !== undefined && !/^urn:/i.test(text);
}

/** A complex attribute's sub-attribute of that name, regardless of case (RFC 7643 §2.1). */
export function subAttributeOf(attribute: Attribute, name: string): Attribute | undefined {
  let names = subNames.get(attribute);
  if (names === undefined) {
    names = byLowerName(attribute.subAttributes ?? []);
    subNames.set(attribute, names);
  }
  return names.get(name.toLowerCase());
}

/**
 * The contract's form of a path to an attribute. `sub` defaults to `value` where a complex attribute stands alone,
 * as filters mean it (RFC 7644 §3.4.2.2: `emails co "x"`).
 */
export function toAttributePath(path: ResolvedPath & { readonly attribute: Attribute }): AttributePath {
  const { schema, attribute } = path;
  const sub = path.sub ?? (attribute.type === 'complex' ? subAttributeOf(attribute, 'value') : undefined);
  return {
    ...(schema !== undefined && { schema }),
    name: attribute.name,
    ...(sub && { sub: sub.name }),
    comparison: (sub ?? attribute).comparison,
    multiValued: attribute.multiValued,
  };
}

function resolveIn(
  type: ResourceType,
  names: Names,
  schema: string | undefined,
  text: string,
): ResolvedPath | undefined {
  const dot = text.indexOf('.');
  const attribute = names.get((dot < 0 ? text : text.slice(0, dot)).toLowerCase());
  if (attribute === undefined) return undefined;
  const owner = schema === undefined ? { type } : { type, schema };
  if (dot < 0) return { ...owner, attribute };
  const sub = subAttributeOf(attribute, text.slice(dot + 1));
  return sub && { ...owner, attribute, sub };
}

function afterUrn(urn: string, text: string, lower: string): string | undefined {
  if (!lower.startsWith(urn)) return undefined;
  const separator = text[urn.length];
  return separator === ':' || separator === '.' ? text.slice(urn.length + 1) : undefined;
}

function onlyOne(found: readonly (ResolvedPath | undefined)[]): ResolvedPath | undefined {
  const present = found.filter((path) => path !== undefined);
  return present.length === 1 ? present[0] : undefined;
}

function namesOf(type: ResourceType): TypeNames {
  let names = namesByType.get(type);
  if (names === undefined) {
    names = {
      core: schemaNames(type.schema, type.attributes),
      extensions: type.extensions
        .map(({ schema }) => schemaNames(schema, schema.attributes))
        .toSorted((a, b) => b.urn.length - a.urn.length),
    };
    namesByType.set(type, names);
  }
  return names;
}

function schemaNames(schema: Schema, attributes: readonly Attribute[]): SchemaNames {
  return { schema, urn: schema.id.toLowerCase(), names: byLowerName(attributes) };
}

function byLowerName(attributes: readonly Attribute[]): Names {
  return new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]));
}
