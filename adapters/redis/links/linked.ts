import type { LinkOptions, Page } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { AttributePath } from '#model/filter.ts';
import { invalidPosition, parseList } from '#model/position.ts';
import type { Attributes, EdgeName, Json, Linked, ResourceId } from '#model/resource.ts';
import { edgeKey, recordKey } from '../keys.ts';
import { LINKS_SCRIPT } from '../scripts/read.ts';
import type { Store } from '../store.ts';
import { encodeText } from '../text.ts';
import { edgeToRef, refToEdge } from './edge.ts';

interface Start {
  readonly offset: number;
  /** An edge, or empty. */
  readonly after: string;
  readonly isOver: boolean;
}

/** Direct links, in one round trip for all ids. @throws UNSUPPORTED beyond depth 1 */
export async function linked(
  store: Store,
  edge: EdgeName,
  direction: 'out' | 'in',
  ids: readonly ResourceId[],
  options: LinkOptions,
): Promise<readonly Page<Linked>[]> {
  const { page, depth = 1, type = '', with: paths } = options;
  if (depth > 1) throw deeper();
  const { offset, after, isOver } = startOf(page);
  const count = page.limit === 0 || isOver ? 0 : page.limit + 1;
  const replies = await store.ask(
    ids.map((id) => {
      const set = edgeKey(edge, direction, id) ?? '';
      const record = recordKey(id, false);
      return store.script(
        LINKS_SCRIPT,
        record,
        set,
        encodeText(type),
        offset,
        after,
        count,
        paths === undefined ? 0 : 1,
      );
    }),
  );
  return replies.map((reply) => pageOf(options, reply));
}

/** Does `from` link to `to`? @throws UNSUPPORTED where `transitive` */
export async function areLinked(
  store: Store,
  edge: EdgeName,
  pairs: readonly { readonly from: ResourceId; readonly to: ResourceId }[],
  transitive: boolean,
): Promise<readonly boolean[]> {
  if (transitive) throw deeper();
  const replies = await store.ask(
    pairs.flatMap(({ from, to }) => {
      if (edge === 'manager') return [{ name: 'hget', args: [store.key(recordKey(from, false)), 'm'] }];
      const groups = store.key(edgeKey('members', 'in', to) ?? '');
      return [{ name: 'zscore', args: [groups, refToEdge({ type: 'Group', id: from })] }];
    }),
  );
  return pairs.map(({ to }, at) => {
    const reply = replies[at];
    return edge === 'manager' ? reply === encodeText(to) : reply !== null;
  });
}

function startOf(page: LinkOptions['page']): Start {
  if ('offset' in page) return { offset: page.offset, after: '', isOver: false };
  if (page.after === undefined) return { offset: 0, after: '', isOver: false };
  const [depth, type, id] = parseList(page.after);
  if (typeof depth !== 'number' || typeof type !== 'string' || typeof id !== 'string') throw invalidPosition();
  return { offset: 0, after: refToEdge({ type, id: id as ResourceId }), isOver: depth > 1 };
}

function pageOf({ page, with: paths }: LinkOptions, reply: unknown): Page<Linked> {
  const [total, ...edges] = reply as [number, ...[string, string | null][]];
  const items = edges.slice(0, page.limit).map(([edge, attributes]): Linked => {
    const ref = { ...edgeToRef(edge), depth: 1 };
    return paths === undefined ? ref : { ...ref, attributes: project(JSON.parse(attributes ?? '{}'), paths) };
  });
  const last = items.at(-1);
  return {
    items,
    ...(edges.length > page.limit && last && { next: linkToPosition(last) }),
    ...(page.positions && { positions: items.map(linkToPosition) }),
    ...(page.total && { total }),
  };
}

function linkToPosition({ depth, type, id }: Linked): string {
  return JSON.stringify([depth, type, id]);
}

/** Whole attributes, of those whose parts are asked for. */
function project(attributes: Attributes, paths: readonly AttributePath[]): Attributes {
  const names = new Set(paths.map(({ schema, name }) => schema ?? name));
  const kept = Object.entries(attributes).filter(([name]) => names.has(name));
  return Object.fromEntries<Json>(kept);
}

function deeper(): DirectoryError {
  return new DirectoryError('UNSUPPORTED', 'the redis backend follows links one by one');
}
