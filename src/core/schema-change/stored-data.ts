import { hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { type Call, onPrimary } from '#model/call.ts';
import type { Ref, ResourceId, StoredResource } from '#model/resource.ts';
import { draftOf } from '../keys.ts';
import type { Leniency } from '../leniency.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { type Conflict, Conflicts } from './conflicts.ts';
import { misfitsOf } from './misfits.ts';
import type { TypeChange } from './type-changes.ts';

/** Small enough that other requests get their turn every few milliseconds. */
export const PAGE = 200;
/** Values remembered at a time while duplicates are looked for; more are looked at in several passes. */
const MOST_REMEMBERED = 250_000;

/** A tenant's stored data as it is looked at: on the primary, around whatever stands before clients. */
export interface Stored {
  readonly adapter: DirectoryAdapter;
  readonly call: Call;
  readonly leniency: Leniency;
}

/** Everything stored that the changes would break. Memory holds a page, and a bounded number of values to be unique. */
export async function findConflicts(stored: Stored, changes: readonly TypeChange[]): Promise<Conflicts> {
  const conflicts = new Conflicts();
  const { leniency } = stored;
  for (const change of changes) {
    let live = 0;
    for (const which of ['live', 'retained'] as const) {
      for await (const page of pagesOf(stored, change.before, which)) {
        for (const resource of page) conflicts.add(conflictsIn(change, resource, leniency));
        if (which === 'live') live += page.length;
      }
    }
    if (change.after !== undefined && change.newlyUnique.length > 0) {
      const passes = Math.ceil((1.1 * live * change.newlyUnique.length) / MOST_REMEMBERED);
      conflicts.addAll(await findDuplicates(stored, change, change.after, passes));
    }
  }
  return conflicts;
}

/** The same for resources that were written meanwhile, whose keys are looked at when they are stored anew. */
export async function findConflictsAmong(
  { adapter, call, leniency }: Stored,
  changes: readonly TypeChange[],
  refs: readonly Ref[],
): Promise<Conflicts> {
  const conflicts = new Conflicts();
  for (const change of changes) {
    const ids = refs.filter(({ type }) => type === change.before.name).map(({ id }) => id);
    for (let from = 0; from < ids.length; from += PAGE) {
      const page = await adapter.getMany(onPrimary(call), change.before.name, ids.slice(from, from + PAGE));
      for (const resource of page) if (resource !== null) conflicts.add(conflictsIn(change, resource, leniency));
    }
  }
  return conflicts;
}

/** All resources of a type, a page at a time: those that are live, or what DELETE has retained. */
export async function* pagesOf(
  { adapter, call }: Stored,
  type: ResourceType,
  which: 'live' | 'retained',
): AsyncGenerator<readonly StoredResource[]> {
  const retained = which === 'retained';
  if (retained && !adapter.capabilities(call.tenant, type.name).retain) return;
  let after: string | undefined;
  do {
    const page = { limit: PAGE, ...(after !== undefined && { after }) };
    const found = await adapter.find(onPrimary(call), type.name, { page, ...(retained && { retained }) });
    yield found.items;
    // A backend in this process answers without a turn of the event loop, in which everybody else would wait for the end.
    await nextTurn();
    after = found.next;
  } while (after !== undefined);
}

/** What was amiss before the change is not held against it. */
function conflictsIn({ before, after }: TypeChange, resource: StoredResource, leniency: Leniency): readonly Conflict[] {
  const { id, type } = resource;
  if (after === undefined) return [{ id, type, path: type, expected: 'no resource of the type, which is to go' }];
  const misfits = misfitsOf(after, resource, leniency);
  if (misfits.length === 0) return [];
  const known = new Set(misfitsOf(before, resource, leniency).map(({ path }) => path));
  return misfits.filter(({ path }) => !known.has(path)).map((fault) => ({ id, type, ...fault }));
}

/** The second holder of a value, and every further one, beside the first. A retained resource has no keys until it is restored. */
async function findDuplicates(
  stored: Stored,
  change: TypeChange,
  after: ResourceType,
  expected: number,
): Promise<Conflicts> {
  // An attribute may have several values, and passes do not divide them evenly.
  for (let passes = Math.max(1, expected); ; passes *= 2) {
    const found = await findInPasses(stored, change, after, passes);
    if (found !== undefined) return found;
  }
}

/** Undefined where a pass meets more values than are remembered at a time. */
async function findInPasses(
  stored: Stored,
  { before, newlyUnique }: TypeChange,
  after: ResourceType,
  passes: number,
): Promise<Conflicts | undefined> {
  const names = new Set(newlyUnique.map(({ name }) => name));
  const duplicates = new Conflicts();
  for (let pass = 0; pass < passes; pass++) {
    const holders = new Map<string, ResourceId>();
    for await (const page of pagesOf(stored, before, 'live')) {
      for (const { id, attributes, links, type } of page) {
        const { uniqueKeys } = draftOf(after, attributes, links);
        for (const { attribute, value } of uniqueKeys) {
          if (!names.has(attribute)) continue;
          const digest = hash('sha256', `${attribute} ${value}`, 'buffer');
          if (digest.readUInt32BE() % passes !== pass) continue;
          const key = digest.toString('base64');
          const sharedWith = holders.get(key);
          if (sharedWith === undefined) holders.set(key, id);
          else duplicates.add([{ id, type, path: attribute, expected: 'a value of its own', sharedWith }]);
        }
      }
      if (holders.size > MOST_REMEMBERED) return undefined;
    }
  }
  return duplicates;
}
