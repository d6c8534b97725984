import type { LinkOptions, Page } from '#adapters/adapter.ts';
import { compareRefs } from '#model/compare-refs.ts';
import type { AttributePath } from '#model/filter.ts';
import { invalidPosition, parseList } from '#model/position.ts';
import { projectAttributes } from '#model/project-attributes.ts';
import type { Attributes, EdgeName, Linked, Ref, ResourceId } from '#model/resource.ts';
import type { Row } from '../row.ts';
import { countEdges, type Edges, edgesFrom, hasEdge, rankOfEdge, sliceEdges } from './edges.ts';
import { isFlat, reaches, type Step, walk } from './walk.ts';

/** The last answer about a row at depth 1: every user of a page names the same few groups. */
export interface LinkMemo {
  readonly paths: readonly AttributePath[] | undefined;
  readonly of: Attributes;
  readonly linked: Linked;
}

/** The last answer about a row farther away: most users of a page reach an outer group by the same inner one. */
export interface ViaMemo {
  readonly direct: Linked;
  readonly linked: Linked;
}

interface LinkPlace extends Ref {
  readonly depth: number;
}

/** One page of a row's links, nearest first, within a depth by type and id. */
export function linkedPage(row: Row, edge: EdgeName, direction: 'out' | 'in', options: LinkOptions): Page<Linked> {
  const { depth = 1 } = options;
  if (depth <= 1 || isFlat(row, edge, direction)) return directPage(edgesFrom(row, edge, direction), options);
  return nestedPage(row, edge, direction, options);
}

/** Does `from` link to `to`? */
export function isLinked(from: Row, to: Row, edge: EdgeName, transitive: boolean): boolean {
  if (edge === 'manager') return transitive ? reaches(from, to, 'manager', 'out') : from.manager === to;
  // Upwards: a resource is in few groups, and a group may have any number of members.
  return transitive ? reaches(to, from, 'members', 'in') : hasEdge(to.memberOf, from);
}

/** Costs the page and two look-ups, however many edges there are: one type's edges are a range. */
function directPage(edges: Edges, { page, type, with: paths }: LinkOptions): Page<Linked> {
  const begin = type === undefined ? 0 : rankOfEdge(edges, { type, id: '' as ResourceId });
  const end = type === undefined ? countEdges(edges) : rankOfEdge(edges, { type: `${type}\0`, id: '' as ResourceId });
  const start = 'offset' in page ? begin + page.offset : Math.max(begin, startAfter(edges, page.after));
  const rows = sliceEdges(edges, start, Math.max(0, Math.min(page.limit, end - start)));
  const items = rows.map((row) => directLink(row, paths));
  return pageOf(page, items, start + rows.length < end, end - begin);
}

function startAfter(edges: Edges, after: string | undefined): number {
  if (after === undefined) return 0;
  const place = parsePlace(after);
  if (place.depth > 1) return countEdges(edges);
  const start = rankOfEdge(edges, place);
  const [found] = sliceEdges(edges, start, 1);
  return found !== undefined && compareRefs(found, place) === 0 ? start + 1 : start;
}

function nestedPage(row: Row, edge: EdgeName, direction: 'out' | 'in', options: LinkOptions): Page<Linked> {
  const { page, depth, type, with: paths } = options;
  const enough = type === undefined && !page.total && 'offset' in page ? page.offset + page.limit + 1 : undefined;
  const walked = walk(row, edge, direction, depth, enough);
  const steps = type === undefined ? walked : walked.filter((step) => step.row.type === type);
  const start = 'offset' in page ? page.offset : stepsThrough(steps, page.after);
  const items: Linked[] = [];
  for (let at = start; at < steps.length && items.length < page.limit; at++) {
    items.push(stepToLinked(steps[at] as Step, paths));
  }
  return pageOf(page, items, start + items.length < steps.length, steps.length);
}

function stepsThrough(steps: readonly Step[], after: string | undefined): number {
  if (after === undefined) return 0;
  const place = parsePlace(after);
  const beyond = ({ depth, row }: Step) =>
    depth - place.depth > 0 || (depth === place.depth && compareRefs(row, place) > 0);
  const start = steps.findIndex(beyond);
  return start < 0 ? steps.length : start;
}

function pageOf(request: LinkOptions['page'], items: readonly Linked[], more: boolean, total: number): Page<Linked> {
  const last = items.at(-1);
  if (!more && !request.positions && !request.total) return { items };
  return {
    items,
    ...(more && last && { next: linkToPosition(last) }),
    ...(request.positions && { positions: items.map(linkToPosition) }),
    ...(request.total && { total }),
  };
}

function directLink(row: Row, paths: readonly AttributePath[] | undefined): Linked {
  const { memo } = row;
  if (memo !== null && memo.paths === paths && memo.of === row.attributes) return memo.linked;
  const { id, type } = row;
  const linked: Linked =
    paths === undefined
      ? { id, type, depth: 1 }
      : { id, type, depth: 1, attributes: projectAttributes(row.attributes, paths) };
  // Groups alone are named again and again; a memo in every user would be paid for by the user.
  if (row.members !== null) row.memo = { paths, of: row.attributes, linked };
  return linked;
}

function stepToLinked({ row, depth, via }: Step, paths: readonly AttributePath[] | undefined): Linked {
  const direct = directLink(row, paths);
  if (via === null) return direct;
  const { memoVia } = row;
  if (
    memoVia !== null &&
    memoVia.direct === direct &&
    memoVia.linked.depth === depth &&
    memoVia.linked.via === via.id
  ) {
    return memoVia.linked;
  }
  const linked = { ...direct, depth, via: via.id };
  if (row.members !== null) row.memoVia = { direct, linked };
  return linked;
}

function linkToPosition({ depth, type, id }: LinkPlace): string {
  return JSON.stringify([depth, type, id]);
}

/** @throws INVALID_CURSOR */
function parsePlace(text: string): LinkPlace {
  const [depth, type, id] = parseList(text);
  if (typeof depth !== 'number' || typeof type !== 'string' || typeof id !== 'string') throw invalidPosition();
  return { depth, type, id: id as ResourceId };
}
