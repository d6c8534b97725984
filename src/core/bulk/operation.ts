import type { JsonObject, ResourceId, Version } from '#model/resource.ts';
import type { PatchOperation } from '../patch/operation.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { Target } from '../write/plan.ts';

/** The id of a resource that another operation of the list creates, by the position of that operation. */
export type IdOf = (position: number) => ResourceId | undefined;

/** One of many operations; positions count from 0 in the list that is handed over. */
export interface BulkOperation {
  /** The creations whose resources it names. What is not a creation is needed by nothing. */
  readonly needs: readonly Need[];
  /**
   * What is to be done. It is asked for when its turn comes, and again where it has to wait, so that a caller may hold texts
   * rather than trees. `idOf` knows the ids of all needs, except of those that name each other in a circle and are yet to come:
   * what refers to such a one is left out for now.
   * @throws what is wrong with it; that becomes its answer
   */
  request(idOf: IdOf): BulkRequest;
}

export interface Need {
  readonly position: number;
  /** How the client calls the resource, for messages. */
  readonly name: string;
}

export type BulkRequest =
  | { readonly verb: 'create'; readonly type: ResourceType; readonly body: JsonObject }
  | { readonly verb: 'replace'; readonly target: Target; readonly body: JsonObject }
  | { readonly verb: 'patch'; readonly target: Target; readonly operations: readonly PatchOperation[] }
  | { readonly verb: 'delete'; readonly target: Target };

export interface BulkOptions {
  /** How many operations may fail before the rest is left undone; all may where it is absent. */
  readonly failOnErrors?: number;
}

/** An error left nothing behind, as for a single operation; one that is no DirectoryError is a bug, or a face's own refusal. */
export type BulkAnswer = BulkResult | Error;

export interface BulkResult {
  readonly id: ResourceId;
  /** Null after a removal. */
  readonly version: Version | null;
}
