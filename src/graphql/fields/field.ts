import type { Attribute, ResourceType } from '#core/schema/attribute.ts';
import type { AttributePath } from '#model/filter.ts';
import type { LoadedField } from '../expand/loaded-field.ts';
import type { Hideable } from './hideable.ts';
import type { InputField, MutationNames } from './input-field.ts';

/** One field of an output type, and of the `where` input beside it, with what stands behind it. */
export interface Field {
  readonly name: string;
  /** The property of the parent's stored value: an attribute's name, or an extension's URN. */
  readonly key: string;
  readonly description: string;
  /** The named output type. */
  readonly type: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  /** Absent for an extension as a whole. */
  readonly attribute?: Attribute;
  /** What a filter compares; absent for an extension and for a complex attribute without a `value`. */
  readonly filterPath?: AttributePath;
  /** Fields of a complex attribute or of an extension. */
  readonly fields?: readonly Field[];
  readonly canonical?: Canonical;
  /** Present where a policy of the tenant hides it from some callers, who get null. */
  readonly hideable?: Hideable;
}

/** canonicalValues are suggestions (RFC 7643 §7), so the text stays and an enum stands beside it, null for other values. */
export interface Canonical {
  readonly name: string;
  readonly type: string;
  /** Canonical value to enum value; the key is in lower case unless the attribute is case-exact. */
  readonly values: ReadonlyMap<string, string>;
}

/** A value that `user(by:)` takes. */
export interface Lookup {
  readonly name: string;
  /** As `Session.byKeys` calls it. */
  readonly attribute: string;
  readonly unique: boolean;
}

/** What the SDL says about one resource type. */
export interface TypeFields {
  readonly name: string;
  readonly resourceType: ResourceType;
  /** Fields of Query: `user` and `users`. */
  readonly one: string;
  readonly many: string;
  readonly fields: readonly Field[];
  /** What its mutations take. */
  readonly inputs: readonly InputField[];
  readonly mutations: MutationNames;
  readonly loaded: readonly LoadedField[];
  readonly lookups: readonly Lookup[];
  /** Enum value to SCIM path. */
  readonly orderBy: ReadonlyMap<string, string>;
}

/** What the SDL says about a registry; resolvers and `where` read it. */
export interface FieldMap {
  readonly types: readonly TypeFields[];
  /** The type that has members and those that can be one; absent where no schema has members. */
  readonly membership?: { readonly container: TypeFields; readonly members: readonly TypeFields[] };
}

/** The type of people, whom a credential can stand for; absent where no schema gives them a unique `userName`. */
export function personTypeOf({ types }: FieldMap): TypeFields | undefined {
  return types.find(
    ({ resourceType, lookups }) =>
      resourceType.name === 'User' && lookups.some(({ attribute, unique }) => unique && attribute === 'userName'),
  );
}
