import type { Page, PageRequest } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { Filter, Sort } from '#model/filter.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { matchAll } from './residue.ts';

/** How many resources are read at a time while what a backend cannot evaluate is evaluated here. */
const SCAN_PAGE = 1_000;

/** What the backend evaluates, and what is left to evaluate here. */
export interface Scan {
  readonly filter?: Filter;
  readonly sort?: Sort;
  readonly residue: Filter;
}

interface Match {
  readonly resource: StoredResource;
  readonly position: string;
}

/** Walks what the backend finds, in its order, and keeps what the rest of the filter lets through. */
export async function scan(
  directory: Directory,
  call: Call,
  type: ResourceType,
  query: Scan,
  page: PageRequest,
): Promise<Page<StoredResource>> {
  const offset = 'offset' in page ? page.offset : 0;
  const after = 'after' in page ? page.after : undefined;
  const countsHere = page.total === true && after === undefined;
  const kept: Match[] = [];
  let matched = 0;
  for await (const matches of matchesAfter(directory, call, type, query, after)) {
    kept.push(...matches.slice(Math.max(0, offset - matched)).slice(0, page.limit - kept.length));
    matched += matches.length;
    if (!countsHere && matched > offset + page.limit) break;
  }
  const last = kept.at(-1);
  return {
    items: kept.map(({ resource }) => resource),
    ...(last && matched > offset + kept.length && { next: last.position }),
    ...(page.positions && { positions: kept.map(({ position }) => position) }),
    ...(page.total && { total: countsHere ? matched : await count(directory, call, type, query) }),
  };
}

/** From a position on, what stands before it cannot be counted along the way. */
async function count(directory: Directory, call: Call, type: ResourceType, query: Scan): Promise<number> {
  let matched = 0;
  for await (const matches of matchesAfter(directory, call, type, query, undefined)) matched += matches.length;
  return matched;
}

async function* matchesAfter(
  directory: Directory,
  call: Call,
  type: ResourceType,
  { residue, ...query }: Scan,
  start: string | undefined,
): AsyncGenerator<readonly Match[], void, undefined> {
  let after = start;
  do {
    const page = { limit: SCAN_PAGE, positions: true, ...(after !== undefined && { after }) };
    const found = await directory.adapter.find(call, type.name, { ...query, page });
    const positions = new Map(found.items.map((resource, index) => [resource, found.positions?.[index] ?? '']));
    const matching = await matchAll(directory, call, residue, found.items);
    yield matching.map((resource) => ({ resource, position: positions.get(resource) ?? '' }));
    after = found.next;
  } while (after !== undefined);
}
