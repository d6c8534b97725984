import { type Filter, type LinkTerm, linkTermsOf } from '#model/filter.ts';
import type { LinkLookup } from '#model/matches.ts';
import type { EdgeName, ResourceId } from '#model/resource.ts';
import type { Row } from '../row.ts';
import type { TenantStore } from '../tenant-store.ts';
import { countEdges, edgesFrom } from './edges.ts';
import { walk } from './walk.ts';

/**
 * What a filter asks of links, answered for one row after the other. Rows linked to given ids are worked out once, from the ids, so
 * that a scan of many turns sees the links as they were when it began.
 */
export class LinkAnswers implements LinkLookup {
  /** Which rows fit each `linked` term with ids. */
  readonly #fitting = new Map<LinkTerm, ReadonlySet<Row>>();
  readonly #filter: Filter;
  #row: Row | undefined;
  #rowThen: Row | undefined;

  constructor(store: TenantStore, filter: Filter) {
    this.#filter = filter;
    for (const term of linkTermsOf(filter)) {
      if (term.ids !== undefined) this.#fitting.set(term, rowsLinkedTo(store, term, term.ids));
    }
  }

  /** Rows among which all matches are; undefined where every row might match. */
  candidates(): ReadonlySet<Row> | undefined {
    const conjuncts = this.#filter.kind === 'and' ? this.#filter.operands : [this.#filter];
    const sets = conjuncts.map((term) => (term.kind === 'linked' ? this.#fitting.get(term) : undefined));
    return sets.filter((set) => set !== undefined).sort((a, b) => a.size - b.size)[0];
  }

  /** The row that `linked` answers for, and the same row as the scan sees it. */
  ask(row: Row, rowThen: Row): void {
    this.#row = row;
    this.#rowThen = rowThen;
  }

  linked(
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[] | undefined,
    transitive: boolean,
  ): boolean {
    if (this.#row === undefined || this.#rowThen === undefined) return false;
    if (ids === undefined) return countEdges(edgesFrom(this.#rowThen, edge, direction)) > 0;
    for (const [term, rows] of this.#fitting) {
      if (term.ids === ids && term.edge === edge && term.direction === direction && term.transitive === transitive) {
        return rows.has(this.#row);
      }
    }
    return false;
  }
}

function rowsLinkedTo(store: TenantStore, term: LinkTerm, ids: readonly ResourceId[]): ReadonlySet<Row> {
  const back = term.direction === 'out' ? 'in' : 'out';
  const rows = new Set<Row>();
  for (const id of ids) {
    const end = store.live.get(id);
    if (end === undefined) continue;
    if (term.transitive) for (const { row } of walk(end, term.edge, back)) rows.add(row);
    else for (const row of edgesFrom(end, term.edge, back) ?? []) rows.add(row);
  }
  return rows;
}
