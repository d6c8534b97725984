import type { FieldNode } from 'graphql';
import { selectedFields } from './selection.ts';
import type { Walk } from './walk.ts';

/** What a query asks of a connection, so that nothing else is computed. */
export interface ConnectionSelection {
  /** Where the fields of its nodes are selected: `nodes` and `edges.node`. */
  readonly nodes: readonly FieldNode[];
  readonly vias: readonly FieldNode[];
  readonly positions: boolean;
  readonly total: boolean;
  /** Nothing but the total is asked for, so that no item has to be read. */
  readonly onlyTotal: boolean;
}

/** `type` is the connection's: `UserConnection`. */
export function connectionSelection(walk: Walk, type: string, parents: readonly FieldNode[]): ConnectionSelection {
  const fields = selectedFields(walk, type, parents);
  const edges = named(fields, 'edges');
  const edgeFields = edges.length === 0 ? [] : selectedFields(walk, type.replace(/Connection$/, 'Edge'), edges);
  const pageInfos = named(fields, 'pageInfo');
  const pageInfo = pageInfos.length === 0 ? [] : selectedFields(walk, 'PageInfo', pageInfos);
  return {
    nodes: [...named(fields, 'nodes'), ...named(edgeFields, 'node')],
    vias: named(edgeFields, 'via'),
    positions:
      [...named(edgeFields, 'cursor'), ...named(pageInfo, 'startCursor'), ...named(pageInfo, 'endCursor')].length > 0,
    total: named(fields, 'totalCount').length > 0,
    onlyTotal: fields.every(({ name }) => name.value === 'totalCount' || name.value === '__typename'),
  };
}

export function named(fields: readonly FieldNode[], name: string): readonly FieldNode[] {
  return fields.filter((field) => field.name.value === name);
}
