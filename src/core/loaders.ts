import type { Page } from '#adapters/adapter.ts';
import type { AttributePath } from '#model/filter.ts';
import type { EdgeName, Linked, ResourceId, StoredResource } from '#model/resource.ts';
import { IDS_PER_CALL, PAIRS_PER_CALL } from './batches.ts';
import { type ListLoader, openListLoader } from './list-loader.ts';
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
  resource(type: ResourceType): ListLoader<ResourceId, StoredResource | null>;
  /** At most one per value: the first by id where an attribute is not unique. */
  byKey(type: ResourceType, attribute: string): ListLoader<string, StoredResource | null>;
  linked(request: LinkRequest): ListLoader<ResourceId, Page<Linked>>;
  /** Whether the one of a pair links to the other. */
  areLinked(edge: EdgeName, transitive: boolean): ListLoader<LinkPair, boolean>;
}

export function openLoaders(session: Session): Loaders {
  const resources = new Map<string, ListLoader<ResourceId, StoredResource | null>>();
  const keys = new Map<string, ListLoader<string, StoredResource | null>>();
  const links = new Map<string, ListLoader<ResourceId, Page<Linked>>>();
  const pairs = new Map<string, ListLoader<LinkPair, boolean>>();
  return {
    resource: (type) =>
      remembered(resources, type.name, () =>
        openListLoader({ loadBatch: (ids) => session.getMany(type, ids), keysPerBatch: IDS_PER_CALL }),
      ),
    byKey: (type, attribute) =>
      remembered(keys, `${type.name} ${attribute}`, () => {
        const loadBatch = async (values: readonly string[]) =>
          (await session.byKeys(type, attribute, values)).map(([first = null]) => first);
        return openListLoader({ loadBatch, keysPerBatch: IDS_PER_CALL });
      }),
    linked: (request) =>
      remembered(links, JSON.stringify(request), () => {
        const loadBatch = (ids: readonly ResourceId[]) => loadLinked(session, request, ids);
        return openListLoader({ loadBatch, keysPerBatch: IDS_PER_CALL });
      }),
    areLinked: (edge, transitive) =>
      remembered(pairs, `${edge} ${transitive}`, () => {
        const loadBatch = (asked: readonly LinkPair[]) => session.areLinked(edge, asked, { transitive });
        const identityOf = ({ from, to }: LinkPair) => JSON.stringify([from, to]);
        return openListLoader({ loadBatch, keysPerBatch: PAIRS_PER_CALL, identityOf });
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
