import type { AttributePath } from '#model/filter.ts';
import type { ResolvedPath, ResourceType, Schema } from './attribute.ts';

/**
 * A tenant's schemas and resource types: the only source of validation, projection, discovery and GraphQL types.
 * Names and URNs are looked up regardless of case (RFC 7643 §2.1, RFC 7644 §3.10); answers carry the canonical spelling.
 */
export interface SchemaRegistry {
  readonly schemas: readonly Schema[];
  readonly types: readonly ResourceType[];
  schema(urn: string): Schema | undefined;
  type(name: string): ResourceType | undefined;
  /** By endpoint as in the URL, with leading slash: `/Users`; case-exact. */
  typeAt(endpoint: string): ResourceType | undefined;
}

/**
 * Binds a path as a client wrote it: `userName`, `name.givenName`, `emails`, `urn:...:User:userName`,
 * `urn:...:enterprise:2.0:User:manager.value`, `urn:...:User.manager` (Entra's old form), or an extension URN alone.
 * Answers undefined where nothing of that name exists.
 */
export declare function resolvePath(type: ResourceType, text: string): ResolvedPath | undefined;

/** The contract's form of a resolved path; `sub` defaults to `value` for a complex multi-valued attribute and for links. */
export declare function toAttributePath(path: ResolvedPath): AttributePath;
