import { DirectoryError } from '#model/errors.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Context } from '../context.ts';
import type { ResourceLinks } from './load-links.ts';

/**
 * Refuses a page whose groups have more members together than the tenant's limit, before any of it is sent. Groups whose first
 * members are not all of them cost one more call, which counts them all. A single group is answered whatever its size.
 * @throws {DirectoryError} TOO_MANY
 */
export async function checkMemberCount(
  { session, tenant }: Context,
  listed: readonly { readonly resource: StoredResource; readonly links: ResourceLinks }[],
): Promise<void> {
  const most = tenant.limits.maxMembers;
  let shown = 0;
  const longer: StoredResource['id'][] = [];
  for (const { resource, links } of listed) {
    const { members } = links;
    if (members.next === undefined) shown += members.items.length;
    else longer.push(resource.id);
  }
  if (longer.length > 0) {
    const pages = await session.linked('members', 'out', longer, { page: { limit: 0, total: true } });
    for (const { total = 0 } of pages) shown += total;
  }
  if (shown <= most) return;
  throw new DirectoryError(
    'TOO_MANY',
    `the groups of this page have ${shown} members, and a page may show ${most}; ask with excludedAttributes=members, for fewer groups by count, or for one group by its id`,
  );
}
