import type { Comparison } from '#model/filter.ts';
import type { EdgeName } from '#model/resource.ts';

export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'reference'
  | 'binary'
  | 'complex';
export type Mutability = 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
export type Returned = 'always' | 'never' | 'default' | 'request';
export type Uniqueness = 'none' | 'server' | 'global';

/** One attribute definition, RFC 7643 §7, with the defaults of §2.2 filled in. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: Mutability;
  readonly returned: Returned;
  readonly uniqueness: Uniqueness;
  readonly canonicalValues?: readonly string[];
  /** `canonicalValues` are all that there are, as a custom schema means them, rather than suggestions (RFC 7643 §7). */
  readonly closed?: true;
  readonly referenceTypes?: readonly string[];
  /** What a reference of a custom schema may lead to; RFC 7643's own are computed, or any text. */
  readonly refersTo?: ReferenceTargets;
  /** Present on complex attributes only; never itself complex (RFC 7643 §7). */
  readonly subAttributes?: readonly Attribute[];
  /** How values compare; a complex attribute's is that of its `value`. */
  readonly comparison: Comparison;
  /** The attribute is not stored but projected from links between resources: `members`, `groups`, `manager`. */
  readonly link?: Link;
  /** Kept apart as `Secrets`, hashed, never part of a resource: `password`. */
  readonly secret?: true;
}

export interface ReferenceTargets {
  /** `external` or `uri` is among the reference types. */
  readonly anyUri: boolean;
  /** Of the resource types that are among them: `/Users`. */
  readonly endpoints: readonly string[];
}

export interface Link {
  readonly edge: EdgeName;
  readonly direction: 'out' | 'in';
}

/** A schema document, RFC 7643 §7. */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** What clients may do with the resources of a type; `read` is look-up, list and search. */
export const RESOURCE_OPERATIONS = ['read', 'create', 'replace', 'patch', 'delete'] as const;
export type ResourceOperation = (typeof RESOURCE_OPERATIONS)[number];

/** A resource type, RFC 7643 §6, with its schemas at hand. */
export interface ResourceType {
  readonly name: string;
  /** Relative to the base URI, with a leading slash: `/Users`. */
  readonly endpoint: string;
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly { readonly schema: Schema; readonly required: boolean }[];
  /** `schemas`, `id`, `externalId`, `meta` (RFC 7643 §3), then the core schema's attributes, in order. */
  readonly attributes: readonly Attribute[];
  /** What is offered, always `read`; absent where all is. */
  readonly operations?: readonly ResourceOperation[];
}

/** A path of a request bound to a resource type: `name.givenName`, `urn:...:User:manager`, or an extension as a whole. */
export interface ResolvedPath {
  readonly type: ResourceType;
  /** The extension's URN in canonical spelling; absent for common and core attributes. */
  readonly schema?: string;
  /** Absent where the path names a whole extension. */
  readonly attribute?: Attribute;
  readonly sub?: Attribute;
}
