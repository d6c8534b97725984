import { withOwnTime } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Ref } from '#model/resource.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import { type Conflicts, DataConflict } from './conflicts.ts';
import { rekeyAll, rekeySome } from './rekey.ts';
import { findConflicts, findConflictsAmong, type Stored } from './stored-data.ts';
import { type TypeChange, typeChangesOf } from './type-changes.ts';
import type { Recorder, WriteFence } from './write-fence.ts';

/** How long writes that are under way may take to end before the change gives up. */
const DRAIN_MS = 5_000;
const UNDO_MS = 300_000;

export interface RegistryChange extends Stored {
  readonly before: SchemaRegistry;
  readonly after: SchemaRegistry;
  readonly fence: WriteFence;
  /** Makes the change durable; what it throws leaves everything as it was. */
  readonly confirm: () => Promise<void>;
  /** Puts the new schemas in force; `breaking` where writes made under the old ones must not follow. */
  readonly enforce: (breaking: boolean) => void;
}

/**
 * Changes a tenant's schemas between two writes (ADR 0021): stored data is looked at while clients go on, and what they wrote
 * meanwhile once more while their writes wait. A change that only adds looks at nothing.
 * @throws {DataConflict} for stored data that the change would break; nothing has changed then
 * @throws {DirectoryError} UNAVAILABLE where there was too much going on; what `confirm` throws
 */
export async function changeRegistry(change: RegistryChange): Promise<void> {
  const { before, after, fence, confirm, enforce } = change;
  const types = typeChangesOf(before, after);
  if (types.length === 0) {
    await confirm();
    enforce(false);
    return;
  }
  const recorder = fence.record();
  try {
    await changeWatched(change, types, recorder);
  } finally {
    recorder.close();
  }
}

async function changeWatched(change: RegistryChange, types: readonly TypeChange[], recorder: Recorder): Promise<void> {
  const { fence, confirm, enforce } = change;
  check(await findConflicts(change, types));
  const rekeyed = types.filter((type) => type.rekeyed);
  try {
    for (const { after } of rekeyed) if (after !== undefined) check(await rekeyAll(change, after));
    const release = await fence.hold(DRAIN_MS);
    try {
      await checkWritten(change, types, writtenIn(recorder));
      await confirm();
      enforce(true);
    } finally {
      release();
    }
  } catch (error) {
    await undo(change, rekeyed, error);
    throw error;
  }
}

/** Keys as they were, so that nothing is refused for a change that was not made. */
async function undo(change: Stored, rekeyed: readonly TypeChange[], cause: unknown): Promise<void> {
  const stored = { ...change, call: withOwnTime(change.call, UNDO_MS) };
  try {
    for (const { before } of rekeyed) await rekeyAll(stored, before);
  } catch (error) {
    throw new DirectoryError(
      'OUTCOME_UNKNOWN',
      'the change was given up halfway and could not be undone: repeat it, lest values be refused as taken that are free',
      { cause: new AggregateError([cause, error]) },
    );
  }
}

async function checkWritten(stored: Stored, types: readonly TypeChange[], written: readonly Ref[]): Promise<void> {
  check(await findConflictsAmong(stored, types, written));
  for (const { after, rekeyed } of types) {
    if (rekeyed && after !== undefined) check(await rekeySome(stored, after, written));
  }
}

function writtenIn(recorder: Recorder): readonly Ref[] {
  const written = recorder.written();
  if (written !== undefined) return written;
  throw new DirectoryError(
    'UNAVAILABLE',
    'too much was written while stored data was looked at; nothing has changed; try again when less is going on',
    { retryAfterMs: 60_000 },
  );
}

function check(conflicts: Conflicts): void {
  if (conflicts.resources > 0) throw new DataConflict(conflicts);
}
