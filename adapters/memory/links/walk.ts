import { compareRefs } from '#model/compare-refs.ts';
import type { EdgeName } from '#model/resource.ts';
import type { Row } from '../row.ts';
import { countEdges, edgesFrom } from './edges.ts';

/** `via` is the row one step nearer the start; null at depth 1. */
export interface Step {
  readonly row: Row;
  readonly depth: number;
  readonly via: Row | null;
}

let visits = 0;

/**
 * Rows reached over one or more edges, nearest first, each once; within a depth by type and id. The start is among them only where
 * a cycle leads back to it. Stops after the depth at which `enough` rows are found.
 */
export function walk(
  start: Row,
  edge: EdgeName,
  direction: 'out' | 'in',
  maxDepth = Number.POSITIVE_INFINITY,
  enough = Number.POSITIVE_INFINITY,
): readonly Step[] {
  const visit = ++visits;
  const found: Step[] = [];
  expand(start, null, 1);
  for (let depth = 1, begin = 0; begin < found.length && depth < maxDepth && found.length < enough; depth++) {
    const end = found.length;
    for (; begin < end; begin++) {
      const { row } = found[begin] as Step;
      expand(row, row, depth + 1);
    }
    sortFrom(found, end);
  }
  return found;

  function expand(from: Row, via: Row | null, depth: number): void {
    const edges = edgesFrom(from, edge, direction);
    if (edges === null) return;
    for (const row of edges) {
      if (row.visit === visit) continue;
      row.visit = visit;
      found.push({ row, depth, via });
    }
  }
}

/** Puts the last depth in order; what came of one row's edges is in order already. */
function sortFrom(steps: Step[], begin: number): void {
  const last = steps.slice(begin);
  if (last.length < 2 || last[0]?.via === last.at(-1)?.via) return;
  last.sort((a, b) => compareRefs(a.row, b.row));
  for (const step of last) steps[begin++] = step;
}

/** True where no row one edge away has edges of its own, so that a walk would find nothing more. */
export function isFlat(start: Row, edge: EdgeName, direction: 'out' | 'in'): boolean {
  for (const row of edgesFrom(start, edge, direction) ?? []) {
    if (countEdges(edgesFrom(row, edge, direction)) > 0) return false;
  }
  return true;
}

/** Does a path of one or more edges lead from `start` to `target`? */
export function reaches(start: Row, target: Row, edge: EdgeName, direction: 'out' | 'in'): boolean {
  const visit = ++visits;
  const open = [start];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const row of edgesFrom(from, edge, direction) ?? []) {
      if (row === target) return true;
      if (row.visit === visit) continue;
      row.visit = visit;
      open.push(row);
    }
  }
  return false;
}
