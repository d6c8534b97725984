import type { FieldNode } from 'graphql';
import type { Linked, ResourceId, StoredResource } from '#model/resource.ts';

/** A resource as far as its selection needs it: in full, or what a link brought along. */
export type KnownResource = StoredResource | Linked;

/**
 * A resource at one place of an answer. What its selection asks of other resources was loaded for all resources of the same list
 * at once, so that field resolvers read and never wait: `related` holds, for each selected field, one value per resource, or
 * an Error that stands for this field alone.
 */
export interface Place {
  readonly resource: KnownResource;
  readonly related: ReadonlyMap<FieldNode, readonly unknown[]>;
  readonly index: number;
}

/** A resource that another leads to; an Error where it could not be read, null where there is none. */
export type Related = Place | Error | null;

/** One page of a list, Relay's connection. */
export interface Connection {
  readonly places: readonly Place[];
  /** One per place, where cursors are selected. */
  readonly positions?: readonly string[];
  readonly total?: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Present on lists of links. */
  readonly links?: { readonly items: readonly Linked[]; readonly vias: ReadonlyMap<ResourceId, Related> };
  cursorOf(position: string): string;
}

/** @throws {Error} where the selection was misjudged, which is a bug */
export function storedOf({ resource }: Place): StoredResource {
  if ('version' in resource) return resource;
  throw new Error(`${resource.type} ${resource.id} was not read in full`);
}
