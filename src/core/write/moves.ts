/** Which groups a resource is to join and to leave, found out before anything is written. */
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { fold } from '#model/fold.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { keyAttributesOf } from '../keys.ts';
import { linkedPages } from '../membership.ts';
import type { GroupWord } from '../patch/groups.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { faultToText } from '../validate/faults.ts';
import type { GroupName } from '../validate/groups.ts';

export interface Moves {
  readonly leave: readonly ResourceId[];
  readonly join: readonly ResourceId[];
  /** Names of groups that are to be created for it. */
  readonly found: readonly string[];
  /** Ids and names of groups that do not exist and are passed over, as lenient references have it. */
  readonly dropped: { readonly ids: readonly ResourceId[]; readonly names: readonly string[] };
}

const MOST_CHANGES = 500;
const GROUPS_PER_CALL = 1_000;

/**
 * What the words come to for a resource that is in the groups it is in now: one adapter call for those, one for names, one for ids
 * of groups that it is not in.
 * @throws {DirectoryError} INVALID_VALUE that names the groups that do not exist, or tells that they are too many
 */
export async function loadMoves(
  directory: Directory,
  call: Call,
  groups: ResourceType,
  id: ResourceId,
  words: readonly GroupWord[],
): Promise<Moves> {
  const now = await directGroups(directory, call, groups, id);
  const idsByName = await groupsByName(directory, call, groups, words);
  const { in: after, missing } = applyWords(words, now, idsByName);
  const leave = [...now].filter((group) => !after.has(group));
  const wanted = [...after].filter((group) => !now.has(group));
  if (leave.length + wanted.length + missing.length > MOST_CHANGES) {
    throw refused(`at most ${MOST_CHANGES} changes at once`, [], 'send them in several requests');
  }
  const ids = await missingAmong(directory, call, groups, wanted);
  const { userGroups, references } = directory.lifeCycle;
  const names = userGroups === 'create' ? [] : missing;
  if (references === 'strict' && ids.length + names.length > 0) throw doNotExist(ids, names);
  const gone = new Set(ids);
  return {
    leave,
    join: wanted.filter((group) => !gone.has(group)),
    found: userGroups === 'create' ? missing : [],
    dropped: { ids, names },
  };
}

async function directGroups(
  directory: Directory,
  call: Call,
  { name: type }: ResourceType,
  id: ResourceId,
): Promise<ReadonlySet<ResourceId>> {
  const found = new Set<ResourceId>();
  let after: string | undefined;
  do {
    const page = { limit: GROUPS_PER_CALL, ...(after !== undefined && { after }) };
    const [answer] = await linkedPages(directory, call, 'members', 'in', [id], { page, type });
    for (const link of answer?.items ?? []) found.add(link.id);
    after = answer?.next;
  } while (after !== undefined);
  return found;
}

/** Ids by folded name. @throws INVALID_VALUE where names do not tell groups apart */
async function groupsByName(
  { adapter }: Directory,
  call: Call,
  groups: ResourceType,
  words: readonly GroupWord[],
): Promise<ReadonlyMap<string, ResourceId>> {
  const named = words.flatMap((word) => (word.kind === 'leave all' ? [] : word.groups)).filter(isName);
  const names = [...new Set(named.map(({ name }) => foldName(name)))];
  if (names.length === 0) return new Map();
  if (!keyAttributesOf(groups).some(({ name, unique }) => unique && name === 'displayName')) {
    throw refused('the id of a group as "value", since several groups may have one name here');
  }
  const keys = names.map((value) => ({ attribute: 'displayName', value }));
  const found = await adapter.byKeys(call, groups.name, keys);
  return new Map(names.flatMap((name, at) => (found[at] ?? []).map(({ id }) => [name, id] as const)));
}

function applyWords(
  words: readonly GroupWord[],
  now: ReadonlySet<ResourceId>,
  idsByName: ReadonlyMap<string, ResourceId>,
): { readonly in: ReadonlySet<ResourceId>; readonly missing: readonly string[] } {
  const after = new Set(now);
  const missing = new Map<string, string>();
  for (const word of words) {
    if (word.kind === 'leave all') {
      after.clear();
      missing.clear();
      continue;
    }
    for (const group of word.groups) {
      const id = 'id' in group ? group.id : idsByName.get(foldName(group.name));
      if (id !== undefined && word.kind === 'join') after.add(id);
      else if (id !== undefined) after.delete(id);
      else if (isName(group)) meet(missing, word.kind, group.name);
    }
  }
  return { in: after, missing: [...missing.values()] };
}

/** The first spelling is the one that is created. */
function meet(missing: Map<string, string>, kind: 'join' | 'leave', name: string): void {
  const folded = foldName(name);
  if (kind === 'leave') missing.delete(folded);
  else if (!missing.has(folded)) missing.set(folded, name);
}

async function missingAmong(
  { adapter }: Directory,
  call: Call,
  groups: ResourceType,
  ids: readonly ResourceId[],
): Promise<readonly ResourceId[]> {
  if (ids.length === 0) return [];
  const found = await adapter.getMany(call, groups.name, ids);
  return ids.filter((_, at) => !found[at]);
}

function isName(group: GroupName): group is { readonly name: string } {
  return 'name' in group;
}

function foldName(name: string): string {
  return String(fold('caseless', name));
}

function doNotExist(ids: readonly ResourceId[], names: readonly string[]): DirectoryError {
  const told = [...ids, ...names.map((name) => JSON.stringify(name))].slice(0, 20).join(', ');
  return refused(`groups that exist; ${told} do not`, ids);
}

function refused(expected: string, ids: readonly ResourceId[] = [], remedy?: string): DirectoryError {
  const fault = { path: 'groups', expected, ...(remedy !== undefined && { remedy }) };
  return new DirectoryError('INVALID_VALUE', faultToText(fault), { faults: [fault], ids });
}
