import DataLoader from 'dataloader';
import type { Page } from '#adapters/adapter.ts';
import type { AttributePath } from '#model/filter.ts';
import type { EdgeName, Linked, ResourceId, StoredResource } from '#model/resource.ts';
import { IDS_PER_CALL, PAIRS_PER_CALL } from './batches.ts';
import type { LinkPair } from './membership.ts';
import type { ResourceType } from './schema/attribute.ts';
import type { Session } from './session.ts';

/** What one field asks of links; equal requests of one tick become one adapter call. */
export interface LinkRequest {
  readonly edge: EdgeName;
  readonly direction: 'out' | 'in';
  readonly first: number;
  /** A position that the adapter gave out. */
  readonly after?: string;
  readonly total: boolean;
  readonly positions: boolean;
  /** How far links are followed: 1 is direct, Infinity all the way. */
  readonly depth: number;
  readonly type?: string;
  readonly with?: readonly AttributePath[];
}

/** DataLoaders of one request. They live as long as the request, so nothing is shared between callers. */
export interface Loaders {
  resource(type: ResourceType): DataLoader<ResourceId, StoredResource | null>;
  /** At most one per value: the first by id where an attribute is not unique. */
  byKey(type: ResourceType, attribute: string): DataLoader<string, StoredResource | null>;
  linked(request: LinkRequest): DataLoader<ResourceId, Page<Linked>>;
  /** Whether the one of a pair links to the other. */
  areLinked(edge: EdgeName, transitive: boolean): DataLoader<LinkPair, boolean, string>;
}

export function openLoaders(session: Session): Loaders {
  const resources = new Map<string, DataLoader<ResourceId, StoredResource | null>>();
  const keys = new Map<string, DataLoader<string, StoredResource | null>>();
  const links = new Map<string, DataLoader<ResourceId, Page<Linked>>>();
  const pairs = new Map<string, DataLoader<LinkPair, boolean, string>>();
  return {
    resource: (type) =>
      remembered(
        resources,
        type.name,
        () => new DataLoader((ids) => session.getMany(type, ids), { maxBatchSize: IDS_PER_CALL }),
      ),
    byKey: (type, attribute) =>
      remembered(keys, `${type.name} ${attribute}`, () => {
        const load = async (values: readonly string[]) =>
          (await session.byKeys(type, attribute, values)).map(([first = null]) => first);
        return new DataLoader(load, { maxBatchSize: IDS_PER_CALL });
      }),
    linked: (request) =>
      remembered(links, JSON.stringify(request), () => {
        const load = (ids: readonly ResourceId[]) => loadLinked(session, request, ids);
        return new DataLoader(load, { maxBatchSize: IDS_PER_CALL });
      }),
    areLinked: (edge, transitive) =>
      remembered(pairs, `${edge} ${transitive}`, () => {
        const load = (asked: readonly LinkPair[]) => session.areLinked(edge, asked, { transitive });
        const cacheKeyFn = ({ from, to }: LinkPair) => JSON.stringify([from, to]);
        return new DataLoader(load, { maxBatchSize: PAIRS_PER_CALL, cacheKeyFn });
      }),
  };
}

function loadLinked(
  session: Session,
  request: LinkRequest,
  ids: readonly ResourceId[],
): Promise<readonly Page<Linked>[]> {
  const { edge, direction, first, after, total, positions, depth, type, with: attributes } = request;
  return session.linked(edge, direction, ids, {
    page: { limit: first, total, positions, ...(after !== undefined && { after }) },
    ...(depth > 1 && { depth }),
    ...(type !== undefined && { type }),
    ...(attributes && { with: attributes }),
  });
}

function remembered<K, V>(cache: Map<K, V>, key: K, make: () => V): V {
  let value = cache.get(key);
  if (value === undefined) {
    value = make();
    cache.set(key, value);
  }
  return value;
}
