import type { ResourceOperation } from '#core/schema/attribute.ts';
import type { EdgeName } from '#model/resource.ts';

/** What a mutation takes of one attribute, or of an extension as a whole. */
export interface InputField {
  readonly name: string;
  /** An attribute's name in SCIM, or an extension's URN. */
  readonly key: string;
  readonly description: string;
  /** A scalar, or the stem of the input types of a complex attribute or an extension. */
  readonly type: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  /** Given once, when the resource is created (RFC 7643 §2.2). */
  readonly immutable: boolean;
  /** Links are given as ids, and stand at the top, as they do where they are read. */
  readonly link?: EdgeName;
  /** The extension that a link at the top belongs to in SCIM. */
  readonly schema?: string;
  /** An extension as a whole, of which each attribute changes by itself. */
  readonly extension?: true;
  /** Fields of a complex attribute or of an extension. */
  readonly fields?: readonly InputField[];
}

/** `patch` is a change; the others say what a resource shall be. */
export type InputKind = 'create' | 'replace' | 'patch';

/** Names of what a resource type's mutations take and answer. */
export interface MutationNames {
  /** The resource, in inputs and payloads: `user`. */
  readonly resource: string;
  /** What the types of each mutation begin with, such as `CreateUser`; only of those that the resource type offers. */
  readonly stems: ReadonlyMap<Exclude<ResourceOperation, 'read'>, string>;
}

/** Whether a mutation of this kind can say anything of the attribute. A value of several is new or gone as a whole. */
export function isTakenBy(kind: InputKind, { immutable, multiValued, fields }: InputField): boolean {
  if (kind === 'create') return true;
  if (immutable) return false;
  return fields === undefined || multiValued || fields.some((field) => isTakenBy(kind, field));
}
