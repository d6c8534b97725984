import type { Call } from '#model/call.ts';
import { type AttributePath, type Filter, pathName, type Sort } from '#model/filter.ts';
import { compareText, fold } from '#model/fold.ts';
import type { StoredResource } from '#model/resource.ts';
import { compareEntries, type SortEntry, sortKey } from '#model/sort.ts';
import { valuesAt } from '#model/values.ts';
import type { Directory } from '../directory.ts';
import { anyOf } from '../filter/combine.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { findResources } from './find.ts';

/** What somebody has typed so far, and where to look for it. */
export interface PrefixSearch {
  readonly text: string;
  /** Attributes of each type that hold text, weightiest first. */
  readonly within: ReadonlyMap<ResourceType, readonly AttributePath[]>;
  readonly limit: number;
}

export interface PrefixHit {
  readonly resource: StoredResource;
  /** Whose value fits best, and that value as it is stored. */
  readonly path: AttributePath;
  readonly value: string;
}

/** How many resources of a type are ranked; of more that fit, the first of them in the order of the weightiest attribute. */
const CANDIDATES = 100;

/** The text as an attribute compares it. */
interface Term {
  readonly path: AttributePath;
  readonly text: string;
}

interface Ranked extends PrefixHit {
  readonly exact: boolean;
  readonly weight: number;
  readonly folded: string;
  /** By the weightiest attribute, whichever fits. */
  readonly place: SortEntry;
}

/**
 * Best first: a value that is the text before one that goes on; the weightier attribute; the value in the order of its folded form;
 * the weightiest attribute; the id. Whoever has the text itself is asked for apart, so that no number of longer values hides him: two calls per type, at once.
 */
export async function findByPrefix(
  directory: Directory,
  call: Call,
  { text, within, limit }: PrefixSearch,
): Promise<readonly PrefixHit[]> {
  const ofTypes = await Promise.all(
    [...within].map(([type, paths]) => rankedOf(directory, call, type, termsOf(paths, text))),
  );
  return ofTypes
    .flat()
    .sort(compareRanked)
    .slice(0, limit)
    .map(({ resource, path, value }) => ({ resource, path, value }));
}

function termsOf(paths: readonly AttributePath[], text: string): readonly Term[] {
  return paths.flatMap((path) => {
    const folded = fold(path.comparison, text);
    return typeof folded === 'string' ? [{ path, text: folded }] : [];
  });
}

async function rankedOf(
  directory: Directory,
  call: Call,
  type: ResourceType,
  terms: readonly Term[],
): Promise<readonly Ranked[]> {
  const [first] = terms;
  if (first === undefined) return [];
  const sort = sortBy(first.path, directory, type);
  const find = (operator: 'eq' | 'sw') =>
    findResources(directory, call, type, {
      filter: anyOf(terms.map(({ path, text }): Filter => ({ kind: 'compare', path, operator, literal: text }))),
      ...(sort && { sort }),
      page: { limit: CANDIDATES },
    });
  const pages = await Promise.all([find('eq'), find('sw')]);
  const byId = new Map(pages.flatMap(({ items }) => items).map((resource) => [resource.id, resource]));
  return [...byId.values()].flatMap((resource) => bestOf(resource, terms, first.path) ?? []);
}

/** Where the backend does not sort, its own order decides whom of too many it ranks. */
function sortBy(by: AttributePath, directory: Directory, type: ResourceType): Sort | undefined {
  const { sort } = directory.capabilities(type);
  return sort === 'any' || sort.includes(pathName(by)) ? { by, order: 'ascending' } : undefined;
}

function bestOf(resource: StoredResource, terms: readonly Term[], by: AttributePath): Ranked | undefined {
  const place = { key: sortKey(resource, by), id: resource.id };
  const fitting = terms.flatMap(({ path, text }, weight) =>
    valuesAt(resource, path).flatMap((value): Ranked[] => {
      const folded = fold(path.comparison, value);
      if (typeof value !== 'string' || typeof folded !== 'string' || !folded.startsWith(text)) return [];
      return [{ resource, path, value, weight, folded, exact: folded === text, place }];
    }),
  );
  return fitting.sort(compareRanked)[0];
}

const byPlace = compareEntries('ascending');

function compareRanked(a: Ranked, b: Ranked): number {
  return (
    Number(b.exact) - Number(a.exact) ||
    a.weight - b.weight ||
    compareText(a.folded, b.folded) ||
    byPlace(a.place, b.place)
  );
}
