import type { FieldNode } from 'graphql';
import type { Visibility } from '#core/policy/visibility.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { EdgeName } from '#model/resource.ts';
import type { FieldMap, TypeFields } from '../fields/field.ts';
import type { ResolverMap } from '../resolvers/attribute-resolvers.ts';
import type { KnownResource } from './place.ts';
import type { Walk } from './walk.ts';

/** What a resource type's schema has that fields may depend on. */
export interface TypeTraits {
  readonly holdsMembers: boolean;
  readonly canBeMember: boolean;
  readonly hasManager: boolean;
}

/** A link as the directory is asked for it: along which edge, from which end, and what is at the other. */
export interface FieldLink {
  readonly edge: EdgeName;
  readonly direction: 'out' | 'in';
  /** Resources of the same type, of the one that holds members, or of any that can be a member. */
  readonly leadsTo: 'same type' | 'container' | 'members';
}

/** One selected field, for all resources of a list at once; fields of one name and equal arguments share a request. */
export interface LoadRequest {
  readonly walk: Walk;
  /** The type of all `resources`. */
  readonly type: TypeFields;
  readonly resources: readonly KnownResource[];
  readonly nodes: readonly FieldNode[];
  /** Coerced, with defaults; an argument that was left out and has none is absent. */
  readonly args: { readonly [name: string]: unknown };
}

/**
 * A field of resource types that is more than a stored value: it takes arguments, or leads to other resources. Each is one entry of
 * `loaded-fields.ts`, in a file of its own, and its name is taken before any attribute's.
 */
export interface LoadedField {
  readonly name: string;
  /** Whether resources of such a type have the field. */
  appliesTo(traits: TypeTraits): boolean;
  /** Description, name, arguments and type as SDL; nullable where a backend call can fail. `owner` is the name of the output type. */
  sdl(map: FieldMap, owner: string): string;
  /** Types of its own, whose names begin with `owner`, and how they are resolved. */
  types?(owner: string): readonly string[];
  resolvers?(owner: string): ResolverMap;
  /** Whether the resource has to be read in full; otherwise the type and id that a link brings are enough. */
  readonly readsWhole: boolean;
  /** The link that it tells of, with which it is hidden; absent where it tells of none. */
  readonly edge?: EdgeName;
  /** Whether a policy hides any of what the field would answer; absent where that follows from `edge`. */
  masks?(visibility: Visibility, type: ResourceType, args: LoadRequest['args']): boolean;
  /** The link that the field follows, which `where` can then ask for by the same name. */
  readonly link?: FieldLink;
  /**
   * One value per resource, in order, as the field's type has it; an Error stands for that value alone. Whatever needs a backend
   * is asked for all resources together. What it throws becomes the value of all of them.
   */
  load(request: LoadRequest): Promise<readonly unknown[]>;
}
