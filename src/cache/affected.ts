import type { DirectoryAdapter, Write, Written } from '#adapters/adapter.ts';
import { type Call, onPrimary } from '#model/call.ts';
import type { EdgeName, Linked, Ref, ResourceId } from '#model/resource.ts';
import { entryName, inwardName, type Name } from './protocol/names.ts';

/** What a write may change of what is cached: these names, or more than can be named. */
export type Affected = ReadonlySet<Name> | 'all';

/** Past it a write of members, or a delete, marks the whole tenant: its script would hold up the others. */
const MOST_NAMES = 1_000;

const EDGES: readonly EdgeName[] = ['members', 'manager'];

/** For each write what it may change. Deletes are looked into first: links go with them, both ways. */
export async function affectedBy(
  adapter: DirectoryAdapter,
  call: Call,
  writes: readonly Write[],
): Promise<readonly Affected[]> {
  const deletes = writes.filter((write) => write.kind === 'delete');
  const gone = deletes.length === 0 ? new Map<Write, Affected>() : await linksOf(adapter, onPrimary(call), deletes);
  return writes.map((write) => gone.get(write) ?? bounded(namesOf(write)));
}

/** What is known only afterwards: whom else the write reached. */
export function reachedBy({ members, touched }: Written): Affected {
  if (members === 'many' || touched === 'many') return 'all';
  const names = new Set<Name>();
  for (const { id, type } of touched ?? []) names.add(entryName(type, id));
  for (const { id } of [...(members?.added ?? []), ...(members?.removed ?? [])]) names.add(inwardName('members', id));
  return names;
}

/** What nobody has seen is not cached: a create changes but what it links to. */
function namesOf(write: Write): Affected {
  const names = new Set<Name>();
  const { kind } = write;
  if (kind !== 'create') names.add(entryName(write.type, write.id));
  if (kind !== 'create' && kind !== 'update') return names;
  if (write.members?.replace === true && kind === 'update') return 'all';
  for (const { id } of write.members?.add ?? []) names.add(inwardName('members', id));
  for (const id of write.members?.remove ?? []) names.add(inwardName('members', id));
  for (const id of managersIn(write)) names.add(inwardName('manager', id));
  return names;
}

function managersIn(write: Extract<Write, { kind: 'create' | 'update' }>): readonly ResourceId[] {
  const links = write.kind === 'create' ? [write.draft.links] : contentLinks(write.content);
  const managers = links.flatMap(({ manager }) => (manager === undefined ? [] : [manager]));
  return managers[0] === managers[1] ? [] : managers;
}

function contentLinks(content: Extract<Write, { kind: 'update' }>['content']) {
  return content === undefined ? [] : [content.before.links, content.draft.links];
}

function bounded(names: Affected): Affected {
  return names !== 'all' && names.size > MOST_NAMES ? 'all' : names;
}

type Delete = Extract<Write, { kind: 'delete' }>;

/** Who is linked with what is about to go: its own name, those of the resources that get a new version, and of those it was linked to. */
async function linksOf(
  adapter: DirectoryAdapter,
  call: Call,
  deletes: readonly Delete[],
): Promise<ReadonlyMap<Write, Affected>> {
  const ids = deletes.map(({ id }) => id);
  const page = { limit: MOST_NAMES };
  const [members, managers, groups, reports] = await Promise.all([
    adapter.linked(call, 'members', 'out', ids, { page }),
    adapter.linked(call, 'manager', 'out', ids, { page }),
    adapter.linked(call, 'members', 'in', ids, { page }),
    adapter.linked(call, 'manager', 'in', ids, { page }),
  ]);
  const inward = (edge: EdgeName) => (link: Linked) => inwardName(edge, link.id);
  const entry = ({ type, id }: Ref) => entryName(type, id);
  return new Map(
    deletes.map((write, at) => {
      const found = [members[at], managers[at], groups[at], reports[at]];
      if (found.some((links) => links?.next !== undefined)) return [write, 'all'];
      const names = [
        entry(write),
        ...EDGES.map((edge) => inwardName(edge, write.id)),
        ...(members[at]?.items ?? []).map(inward('members')),
        ...(managers[at]?.items ?? []).map(inward('manager')),
        ...[...(groups[at]?.items ?? []), ...(reports[at]?.items ?? [])].map(entry),
      ];
      return [write, bounded(new Set(names))];
    }),
  );
}
