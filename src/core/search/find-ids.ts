import type { Call } from '#model/call.ts';
import type { Filter } from '#model/filter.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { findResources } from './find.ts';

/** Ids of what a filter finds; `more` where there are more than were asked for. */
export interface FoundIds {
  readonly ids: readonly ResourceId[];
  readonly more: boolean;
}

/** The first `limit` of them, in a stable order. */
export async function findIds(
  directory: Directory,
  call: Call,
  type: ResourceType,
  filter: Filter | undefined,
  limit: number,
): Promise<FoundIds> {
  const page = { limit, offset: 0 };
  const { items, next } = await findResources(directory, call, type, { ...(filter && { filter }), page, only: [] });
  return { ids: items.map(({ id }) => id), more: next !== undefined };
}
