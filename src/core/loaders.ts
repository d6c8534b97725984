import type DataLoader from 'dataloader';
import type { Page } from '#adapters/adapter.ts';
import type { AttributePath } from '#model/filter.ts';
import type { EdgeName, Linked, ResourceId, StoredResource } from '#model/resource.ts';
import type { ResourceType } from './schema/attribute.ts';

/** What one field asks of links; equal requests of one tick become one adapter call. */
export interface LinkRequest {
  readonly edge: EdgeName;
  readonly direction: 'out' | 'in';
  readonly first: number;
  readonly after?: string;
  readonly total: boolean;
  readonly transitive: boolean;
  readonly type?: string;
  readonly with?: readonly AttributePath[];
}

/** DataLoaders of one request. They live as long as the request, so nothing is shared between callers. */
export interface Loaders {
  resource(type: ResourceType): DataLoader<ResourceId, StoredResource | null>;
  byKey(type: ResourceType, attribute: string): DataLoader<string, StoredResource | null>;
  linked(request: LinkRequest): DataLoader<ResourceId, Page<Linked>>;
}
