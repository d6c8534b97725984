import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { parsePatchPath } from '#core/patch/path.ts';
import type { Session } from '#core/session.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Gateway } from './gateway.ts';

export type Variables = { readonly [name: string]: unknown };

export interface Changed {
  readonly cursor: string;
  readonly kind: string;
  readonly id: string;
  readonly version: string | null;
  readonly resource: { readonly [field: string]: unknown } | null;
  readonly affected?: readonly { readonly id: string }[] | null;
}

export interface FeedPage {
  readonly hasMore: boolean;
  readonly endCursor: string;
  readonly changes: readonly Changed[];
}

/** What `changes` of a query answers; an error fails the test. */
export async function readFeed(gateway: Gateway, query: string, variables: Variables = {}): Promise<FeedPage> {
  return (await gateway.data(query, variables))['changes'] as unknown as FeedPage;
}

/** The cursor of now. */
export async function presentCursor(gateway: Gateway): Promise<string> {
  return (await readFeed(gateway, '{ changes { endCursor } }')).endCursor;
}

/** Changes the members of a group, in one write. */
export async function moveMembers(
  session: Session,
  group: ResourceId,
  op: 'add' | 'remove',
  members: readonly ResourceId[],
): Promise<void> {
  const type = session.registry.type('Group');
  if (type === undefined) throw new Error('no type Group');
  const value = members.map((id) => ({ value: id }));
  await session.patch(type, group, [{ op, path: parsePatchPath('members'), value }]);
}

/** The same adapter; `waiting` holds each call of its feed for as long as it is under way. */
export function watched(adapter: DirectoryAdapter, waiting: Set<unknown>): DirectoryAdapter {
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name !== 'changes') return member.bind(target);
      return async (...args: Parameters<DirectoryAdapter['changes']>) => {
        waiting.add(args[0]);
        return target.changes(...args).finally(() => waiting.delete(args[0]));
      };
    },
  });
}
