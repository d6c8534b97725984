import { compareRefs } from '#model/compare-refs.ts';
import type { EdgeName, Ref, ResourceTypeName } from '#model/resource.ts';
import { lowerBound, OrderedIndex } from '../ordered-index.ts';
import type { Row } from '../row.ts';

/** Which types an edge may join. */
export const EDGE_ENDS: {
  readonly [edge in EdgeName]: { readonly from: ResourceTypeName; readonly to: readonly ResourceTypeName[] };
} = {
  members: { from: 'Group', to: ['User', 'Group'] },
  manager: { from: 'User', to: ['User'] },
};

/**
 * One end's side of its edges, by type and id, so that one type's are a range. Most people are in a handful of groups and most
 * groups are small: an array of just the needed length, replaced as a whole. The large ones are counted indexes, changed in place.
 */
export type Edges = readonly Row[] | OrderedIndex<Ref, Row> | null;

/** Past this many an array would copy too much per change. */
const ARRAY_LIMIT = 48;

export function edgesOf(rows: readonly Row[]): Edges {
  if (rows.length === 0) return null;
  const sorted = rows.toSorted(compareRefs);
  return rows.length > ARRAY_LIMIT ? new OrderedIndex<Ref, Row>(compareRefs, sorted) : sorted;
}

export function countEdges(edges: Edges): number {
  if (edges === null) return 0;
  return edges instanceof OrderedIndex ? edges.size : edges.length;
}

export function hasEdge(edges: Edges, row: Row): boolean {
  if (edges === null) return false;
  return edges instanceof OrderedIndex ? edges.has(row) : edges.includes(row);
}

/** The edges with `row`; a counted index is changed in place. */
export function withEdge(edges: Edges, row: Row): Edges {
  if (edges === null) return [row];
  if (edges instanceof OrderedIndex) {
    edges.insert(row);
    return edges;
  }
  if (edges.includes(row)) return edges;
  if (edges.length === ARRAY_LIMIT) return edgesOf([...edges, row]);
  return edges.toSpliced(lowerBound(edges, row, compareRefs), 0, row);
}

/** The edges without `row`; a counted index is changed in place. */
export function withoutEdge(edges: Edges, row: Row): Edges {
  if (edges === null) return null;
  if (edges instanceof OrderedIndex) {
    edges.delete(row);
    return edges.size > ARRAY_LIMIT / 2 ? edges : edgesOf([...edges]);
  }
  const place = edges.indexOf(row);
  if (place < 0) return edges;
  return edges.length === 1 ? null : edges.toSpliced(place, 1);
}

/** How many edges come before `ref`. */
export function rankOfEdge(edges: Edges, ref: Ref): number {
  if (edges === null) return 0;
  return edges instanceof OrderedIndex ? edges.rank(ref) : lowerBound<Ref>(edges, ref, compareRefs);
}

export function sliceEdges(edges: Edges, start: number, count: number): readonly Row[] {
  if (edges === null) return [];
  if (edges instanceof OrderedIndex) return edges.slice(start, count);
  return start === 0 && count >= edges.length ? edges : edges.slice(start, start + count);
}

/** The far ends of a row's edges, in order. */
export function edgesFrom(row: Row, edge: EdgeName, direction: 'out' | 'in'): Edges {
  if (edge === 'members') return direction === 'out' ? row.members : row.memberOf;
  if (direction === 'in') return row.reports;
  return row.manager === null ? null : [row.manager];
}
