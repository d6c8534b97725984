import type { Fault } from '#model/errors.ts';
import { nearestName } from '#model/nearest-name.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import { resolvePath } from '../schema/resolve-path.ts';

/**
 * What a credential sees of resources: everything but `hide`, or nothing but `show`. Paths are SCIM's: one without a URN means the
 * attribute in every resource type that has it, one with the URN of a core schema in that type alone.
 */
export type AttributePolicy = { readonly hide: readonly string[] } | { readonly show: readonly string[] };

/** A tenant's policies by name. */
export type AttributePolicies = ReadonlyMap<string, AttributePolicy>;

/** Without them no answer could be made: they are seen by everybody (RFC 7643 §3). */
const ALWAYS_SEEN: ReadonlySet<string> = new Set(['id', 'schemas', 'meta']);

interface Place {
  readonly schema?: string | undefined;
  readonly attribute?: Attribute | undefined;
}

export function isAlwaysSeen({ schema, attribute }: Place): boolean {
  return schema === undefined && attribute !== undefined && ALWAYS_SEEN.has(attribute.name);
}

/**
 * The faults of a tenant's policies; `key` is where they stand in the configuration. A URN of no schema is let through, since
 * schemas can be added at run time: it hides, or shows, the attribute from the moment on that there is one.
 */
export function checkPolicies(registry: SchemaRegistry, policies: AttributePolicies, key: string): readonly Fault[] {
  return [...policies].flatMap(([name, policy]) => {
    const [list, paths] = 'hide' in policy ? (['hide', policy.hide] as const) : (['show', policy.show] as const);
    return paths.flatMap((path, index) =>
      checkPath(registry, path, list).map((fault) => ({ path: `${key}.${name}.${list}[${index}]`, ...fault })),
    );
  });
}

function checkPath(registry: SchemaRegistry, text: string, list: 'hide' | 'show'): readonly Omit<Fault, 'path'>[] {
  const got = JSON.stringify(text);
  const found = registry.types.flatMap((type) => resolvePath(type, text) ?? []);
  if (found.length === 0) return isForeign(registry, text) ? [] : [unknown(registry.types, text)];
  if (list === 'hide' && found.some(isAlwaysSeen)) {
    return [{ expected: 'an attribute other than id, schemas and meta, which every answer needs', got }];
  }
  if (found.every(({ attribute, sub }) => attribute?.link === undefined || sub === undefined)) return [];
  const remedy = 'name the whole of groups, members or manager, or the displayName of what they lead to';
  return [{ expected: 'no part of a link', got, remedy }];
}

function isForeign({ schemas }: SchemaRegistry, text: string): boolean {
  const lower = text.toLowerCase();
  return lower.startsWith('urn:') && !schemas.some(({ id }) => lower.startsWith(id.toLowerCase()));
}

function unknown(types: readonly ResourceType[], text: string): Omit<Fault, 'path'> {
  const near = nearestName(text.slice(text.lastIndexOf(':') + 1), types.flatMap(pathsOf));
  return {
    expected: 'the path of an attribute of some resource type',
    got: JSON.stringify(text),
    ...(near !== undefined && { remedy: `did you mean ${near}?` }),
  };
}

function pathsOf({ attributes, extensions }: ResourceType): readonly string[] {
  return [...attributes, ...extensions.flatMap(({ schema }) => schema.attributes)].flatMap(
    ({ name, subAttributes = [] }) => [name, ...subAttributes.map((sub) => `${name}.${sub.name}`)],
  );
}
