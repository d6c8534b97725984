import type { Projection } from '#core/project.ts';
import type { Session } from '#core/session.ts';
import type { AttributePath } from '#model/filter.ts';
import type { EdgeName, Linked, ResourceId, StoredResource } from '#model/resource.ts';

/** What a resource is linked to, as far as the projection shows it. */
export interface ResourceLinks {
  readonly groups: readonly Linked[];
  readonly members: LinkedPage;
  readonly manager?: Linked;
}

/** The first members; `next` is where the others begin. */
export interface LinkedPage {
  readonly items: readonly Linked[];
  readonly next?: string;
}

/** Members that are in memory at once, whatever the number of groups in an answer. */
export const MEMBERS_AT_ONCE = 5_000;
const GROUPS_AT_ONCE = 1_000;

const NOTHING: LinkedPage = { items: [] };
export const UNLINKED: ResourceLinks = { groups: [], members: NOTHING };
/** One array for all calls, by which an adapter can tell equal requests apart at a glance. */
const DISPLAY: readonly AttributePath[] = [{ name: 'displayName', comparison: 'caseless', multiValued: false }];

/**
 * The links of a page of resources, in order: one call per kind of link that the projection shows, whatever the page's size.
 * A user in more than a thousand groups costs one more call per thousand; members beyond the first page are left to the caller.
 */
export async function loadLinks(
  session: Session,
  resources: readonly StoredResource[],
  projection: Projection,
): Promise<readonly ResourceLinks[]> {
  const { groups, members, manager } = projection.links;
  const managed = manager === undefined ? [] : resources.filter(({ links }) => links.manager !== undefined).map(idOf);
  if (resources.length === 0 || (!groups && !members && managed.length === 0)) return resources.map(() => UNLINKED);
  const ids = resources.map(idOf);
  const each = Math.max(1, Math.floor(MEMBERS_AT_ONCE / ids.length));
  const [groupsOf, membersOf, managersOf] = await Promise.all([
    groups && loadGroups(session, ids, groups),
    members && loadMembers(session, ids, members, each),
    managed.length > 0 && manager && loadFirst(session, 'manager', 'out', managed, manager.has('displayName'), 1),
  ]);
  let next = 0;
  return resources.map(({ links }, at) => {
    const found = managersOf && links.manager !== undefined ? managersOf[next++]?.items[0] : undefined;
    const own = { groups: groupsOf?.[at] ?? [], members: membersOf?.[at] ?? NOTHING };
    return found === undefined ? own : { ...own, manager: found };
  });
}

function idOf({ id }: StoredResource): ResourceId {
  return id;
}

/** A page of the members of each group. */
export function loadMembers(
  session: Session,
  ids: readonly ResourceId[],
  shown: ReadonlySet<string>,
  limit: number,
  after?: string,
): Promise<readonly LinkedPage[]> {
  return loadFirst(session, 'members', 'out', ids, shown.has('display'), limit, after);
}

async function loadGroups(session: Session, ids: readonly ResourceId[], shown: ReadonlySet<string>) {
  const display = shown.has('display');
  const pages = await loadFirst(session, 'members', 'in', ids, display, GROUPS_AT_ONCE);
  if (pages.every(({ next }) => next === undefined)) return pages.map(({ items }) => items);
  return Promise.all(
    pages.map(async ({ items, next }, at) => {
      if (next === undefined) return items;
      const all = [...items];
      for (let after: string | undefined = next; after !== undefined; ) {
        const [page] = await loadFirst(session, 'members', 'in', ids.slice(at, at + 1), display, GROUPS_AT_ONCE, after);
        all.push(...(page?.items ?? []));
        after = page?.next;
      }
      return all;
    }),
  );
}

function loadFirst(
  session: Session,
  edge: EdgeName,
  direction: 'out' | 'in',
  ids: readonly ResourceId[],
  display: boolean,
  limit: number,
  after?: string,
): Promise<readonly LinkedPage[]> {
  const page = { limit, ...(after === undefined ? {} : { after }) };
  // A user's groups are shown with those reached through other groups, as `indirect` (RFC 7643 §4.1.2).
  const depth = direction === 'in' ? { depth: Number.POSITIVE_INFINITY } : {};
  return session.linked(edge, direction, ids, { page, ...depth, ...(display ? { with: DISPLAY } : {}) });
}
