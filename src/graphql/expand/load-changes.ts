import type { FieldNode } from 'graphql';
import type { Affected } from '#core/changes/affected.ts';
import type { Change, ChangePage } from '#core/changes/change-page.ts';
import type { ResourceId } from '#model/resource.ts';
import { failureOf } from '../failure-of.ts';
import { named } from './connection-selection.ts';
import { loadById } from './load-by-id.ts';
import type { Related } from './place.ts';
import { selectedFields } from './selection.ts';
import type { Walk } from './walk.ts';

/** A change with what its selection asks of the directory; an error stands for its field alone. */
export interface KnownChange {
  readonly change: Change;
  /** As `__typename` names a resource type. */
  readonly typeNames: ReadonlyMap<string, string>;
  readonly resource: Related;
  readonly affected: Affected | Error | null;
  cursor(): string;
}

/** What `parents` select of the changes of a page, loaded for all of them at once. */
export async function loadChanges(
  walk: Walk,
  { changes, cursorAfter }: ChangePage,
  parents: readonly FieldNode[],
): Promise<readonly KnownChange[]> {
  const fields = selectedFields(walk, 'ResourceChange', parents);
  const [resources, affected] = await Promise.all([
    loadResources(walk, changes, named(fields, 'resource')),
    named(fields, 'affected').length === 0 ? [] : loadAffected(walk, changes),
  ]);
  const typeNames = new Map([...walk.types].map(([type, { name }]) => [type, name]));
  return changes.map((change, index) => ({
    change,
    typeNames,
    resource: change.kind === 'deleted' ? null : (resources.get(change.id) ?? null),
    affected: affected[index] ?? null,
    cursor: () => cursorAfter(change),
  }));
}

/** One backend call per type. */
async function loadResources(
  walk: Walk,
  changes: readonly Change[],
  nodes: readonly FieldNode[],
): Promise<ReadonlyMap<ResourceId, Related>> {
  if (nodes.length === 0) return new Map();
  const there = changes.filter(({ kind }) => kind !== 'deleted');
  const loads = [...walk.types].map(([name, type]) => {
    const ids = there.filter((change) => change.type === name).map(({ id }) => id);
    return ids.length === 0 ? new Map<ResourceId, Related>() : loadById(walk, type, ids, nodes);
  });
  return new Map((await Promise.all(loads)).flatMap((loaded) => [...loaded]));
}

async function loadAffected(walk: Walk, changes: readonly Change[]): Promise<readonly (Affected | Error | null)[]> {
  try {
    return await walk.context.session.affected(changes);
  } catch (error) {
    const failure = failureOf(error);
    return changes.map(({ members }) => (members === undefined ? null : failure));
  }
}
