import type { LinkLookup } from '#model/matches.ts';
import type { EdgeName, ResourceId, StoredResource } from '#model/resource.ts';
import type { Subject } from './subject.ts';

/** Users with what a filter may ask of their links, read over direct links alone and followed here. */
export async function openLinkLookups(
  subject: Subject,
  users: readonly StoredResource[],
): Promise<readonly { readonly user: StoredResource; readonly links: LinkLookup }[]> {
  const graph = new Map<string, readonly ResourceId[]>();
  const { items: groups } = await subject.find('Group');
  for (const ref of [...users, ...groups]) {
    for (const edge of ['members', 'manager'] as const) {
      for (const direction of ['out', 'in'] as const) {
        graph.set(`${edge} ${direction} ${ref.id}`, await subject.linkedIds(edge, direction, ref));
      }
    }
  }
  const ends = (edge: EdgeName, direction: string, id: ResourceId) => graph.get(`${edge} ${direction} ${id}`) ?? [];
  return users.map((user) => ({
    user,
    links: {
      linked(edge, direction, ids, transitive) {
        const direct = ends(edge, direction, user.id);
        const reached = transitive ? closure(direct, (id) => ends(edge, direction, id)) : direct;
        return ids === undefined ? reached.length > 0 : ids.some((id) => reached.includes(id));
      },
    },
  }));
}

function closure(start: readonly ResourceId[], next: (id: ResourceId) => readonly ResourceId[]): readonly ResourceId[] {
  const reached = new Set(start);
  for (const id of reached) for (const further of next(id)) reached.add(further);
  return [...reached];
}
