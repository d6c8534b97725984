import type { EdgeName } from '#model/resource.ts';
import type { Attribute, ResolvedPath, ResourceType } from '../schema/attribute.ts';
import { resolvePath } from '../schema/resolve-path.ts';
import { type AttributePolicy, isAlwaysSeen } from './attribute-policy.ts';

/** What is hidden of an attribute: all of it, or some of its sub-attributes by name. */
export type HiddenParts = 'whole' | ReadonlySet<string>;

/** Every attribute of one schema in a resource type, by name; undefined where nothing of it is hidden. */
export type HiddenOfSchema = ReadonlyMap<string, HiddenParts | undefined>;

/** A resource type's attributes; what is in none of the maps, no schema knows (any more). */
export interface HiddenOfType {
  readonly core: HiddenOfSchema;
  readonly extensions: ReadonlyMap<string, HiddenOfSchema>;
}

/**
 * The links that a policy hides. A link is one fact that both ends tell, so it is hidden at both: `groups` hides `members` as well
 * and the other way round, `manager` hides the reports.
 */
export function hiddenEdges(types: readonly ResourceType[], policy: AttributePolicy): ReadonlySet<EdgeName> {
  const paths = 'hide' in policy ? policy.hide : policy.show;
  const named = new Set(types.flatMap((type) => paths.flatMap((path) => edgesAt(resolvePath(type, path)))));
  if ('hide' in policy) return named;
  return new Set((['members', 'manager'] as const).filter((edge) => !named.has(edge)));
}

/** The URN of an extension names the links in it, too. */
function edgesAt(path: ResolvedPath | undefined): readonly EdgeName[] {
  if (path === undefined) return [];
  const { type, schema, attribute } = path;
  if (attribute !== undefined) return attribute.link ? [attribute.link.edge] : [];
  const extension = type.extensions.find((each) => each.schema.id === schema)?.schema;
  return (extension?.attributes ?? []).flatMap(({ link }) => link?.edge ?? []);
}

/** What a policy hides of a resource type. */
export function hiddenOfType(type: ResourceType, policy: AttributePolicy, edges: ReadonlySet<EdgeName>): HiddenOfType {
  const hides = 'hide' in policy;
  const paths = (hides ? policy.hide : policy.show).flatMap((text) => resolvePath(type, text) ?? []);
  const partsOf = (attribute: Attribute, schema: string | undefined) => {
    if (isAlwaysSeen({ attribute, schema })) return undefined;
    if (attribute.link) return edges.has(attribute.link.edge) ? 'whole' : undefined;
    const named = paths.filter((path) => path.schema === schema && (path.attribute ?? attribute) === attribute);
    return hides ? partsNamed(attribute, named) : partsUnnamed(attribute, named);
  };
  const ofSchema = (attributes: readonly Attribute[], schema?: string): HiddenOfSchema =>
    new Map(attributes.map((attribute) => [attribute.name, partsOf(attribute, schema)]));
  return {
    core: ofSchema(type.attributes),
    extensions: new Map(type.extensions.map(({ schema }) => [schema.id, ofSchema(schema.attributes, schema.id)])),
  };
}

function partsNamed({ subAttributes = [] }: Attribute, named: readonly ResolvedPath[]): HiddenParts | undefined {
  if (named.length === 0) return undefined;
  const subs = new Set(named.flatMap(({ sub }) => sub?.name ?? []));
  return named.some(({ sub }) => sub === undefined) || subs.size === subAttributes.length ? 'whole' : subs;
}

function partsUnnamed({ subAttributes = [] }: Attribute, named: readonly ResolvedPath[]): HiddenParts | undefined {
  if (named.length === 0) return 'whole';
  if (named.some(({ sub }) => sub === undefined)) return undefined;
  const shown = new Set(named.map(({ sub }) => sub?.name));
  const hidden = subAttributes.filter(({ name }) => !shown.has(name));
  return hidden.length === 0 ? undefined : new Set(hidden.map(({ name }) => name));
}
