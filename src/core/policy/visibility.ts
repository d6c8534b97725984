import type { EdgeName, Linked, StoredResource } from '#model/resource.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import type { AttributePolicy } from './attribute-policy.ts';
import { type HiddenOfType, type HiddenParts, hiddenEdges, hiddenOfType } from './hidden-attributes.ts';
import { maskAttributes } from './mask.ts';

/** An attribute or a part of one, as filters name it; without `name` the extension as a whole. */
export interface AttributePlace {
  readonly schema?: string | undefined;
  readonly name?: string | undefined;
  readonly sub?: string | undefined;
}

/** An attribute policy bound to a tenant's schemas: what the credentials that have it see. Types are named as the registry names them. */
export interface Visibility {
  /** The policy's name, for messages. */
  readonly policy: string;
  /** Whether all of it is hidden. */
  hides(type: string, place: AttributePlace): boolean;
  /** Whether any part of it is hidden, so that a question about the whole would tell of the part. */
  hidesPartOf(type: string, place: AttributePlace): boolean;
  /** Whether anything of the type is hidden. */
  hidesAnyOf(type: string): boolean;
  hidesEdge(edge: EdgeName): boolean;
  /** The resource as far as it is seen; what no schema knows (any more) is not. */
  maskStored(resource: StoredResource): StoredResource;
  maskLinked(linked: Linked): Linked;
}

const NOTHING_KNOWN: HiddenOfType = { core: new Map(), extensions: new Map() };

export function openVisibility({ types }: SchemaRegistry, name: string, policy: AttributePolicy): Visibility {
  const edges = hiddenEdges(types, policy);
  const byType = new Map(types.map((type) => [type.name, hiddenOfType(type, policy, edges)]));
  const ofType = (type: string) => byType.get(type) ?? NOTHING_KNOWN;
  const partsAt = (type: string, place: AttributePlace) => partsOf(ofType(type), place);
  return {
    policy: name,
    hides: (type, { sub, ...place }) =>
      partsAt(type, place).every((parts) => parts === 'whole' || (sub !== undefined && parts?.has(sub) === true)),
    hidesPartOf: (type, { sub, ...place }) =>
      partsAt(type, place).some(
        (parts) => parts === 'whole' || (parts !== undefined && (sub === undefined || parts.has(sub))),
      ),
    hidesAnyOf: (type) => {
      const { core, extensions } = ofType(type);
      return [core, ...extensions.values()].some((schema) => [...schema.values()].some((parts) => parts !== undefined));
    },
    hidesEdge: (edge) => edges.has(edge),
    maskStored: (resource) => ({
      ...resource,
      attributes: maskAttributes(ofType(resource.type), resource.attributes),
      links: edges.has('manager') ? {} : resource.links,
    }),
    maskLinked: (linked) =>
      linked.attributes === undefined
        ? linked
        : { ...linked, attributes: maskAttributes(ofType(linked.type), linked.attributes) },
  };
}

/** Of an extension as a whole one entry per attribute; of what no schema knows, the whole. */
function partsOf(
  { core, extensions }: HiddenOfType,
  { schema, name }: AttributePlace,
): readonly (HiddenParts | undefined)[] {
  const ofSchema = schema === undefined ? core : extensions.get(schema);
  if (ofSchema === undefined || (name !== undefined && !ofSchema.has(name))) return ['whole'];
  return name === undefined ? [...ofSchema.values()] : [ofSchema.get(name)];
}
