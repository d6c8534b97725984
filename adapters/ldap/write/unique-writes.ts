/** Writes of values that no two resources may share, where the server does not see to it by itself. */
import { createHash } from 'node:crypto';
import { withinTime } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { AttributePath } from '#model/filter.ts';
import type { Key, ResourceId } from '#model/resource.ts';
import { Reader } from '../read/reader.ts';
import type { Container } from '../tenant-view.ts';
import { DirectoryLocks, type LockOptions } from './directory-locks.ts';
import { checkFree, isGuarded } from './keys.ts';
import { Turns } from './turns.ts';

export interface UniqueWrite {
  readonly container: Container;
  readonly shape: readonly AttributePath[];
  /** What the resource is to have and does not have yet. */
  readonly keys: readonly Key[];
  readonly self?: ResourceId;
}

export class UniqueWrites {
  readonly #turns = new Turns();
  readonly #locks: DirectoryLocks | undefined;

  /** Without options others in this process wait, and other gateways do not know of it. */
  constructor(options?: LockOptions) {
    this.#locks = options && new DirectoryLocks(options);
  }

  /**
   * The work, which checks that the values are free, alone with them. Values that are taken meanwhile are refused before it begins.
   * @throws UNIQUENESS; UNAVAILABLE, TIMEOUT where others are at work for too long; what the work throws
   */
  async alone<T>(reader: Reader, write: UniqueWrite, work: (reader: Reader) => Promise<T>): Promise<T> {
    const { container, shape, keys, self } = write;
    const names = namesOf(
      container,
      keys.filter((key) => !isGuarded(container, shape, key)),
    );
    if (names.length === 0) return work(reader);
    const ends: (() => void)[] = [];
    try {
      let waited = false;
      for (const name of names) {
        const turn = await this.#turns.take(name, reader.call);
        ends.push(turn.end);
        waited ||= turn.waited;
      }
      // Of many at once all but the first learn here that they are late, without a lock.
      if (waited) await checkFree(reader, container, shape, keys, self);
      return await (this.#locks === undefined ? work(reader) : locked(this.#locks, reader, names, work));
    } finally {
      for (const end of ends) end();
    }
  }
}

/** In one order for all, so that no two wait for each other. */
function namesOf({ normalBase }: Container, keys: readonly Key[]): readonly string[] {
  // A directory takes several spaces for one, and none at the ends.
  const names = keys.map(({ attribute, value }) => [normalBase, attribute, value.replace(/\s+/g, ' ').trim()]);
  return [...new Set(names.map((name) => createHash('sha256').update(JSON.stringify(name)).digest('hex')))].sort();
}

async function locked<T>(
  locks: DirectoryLocks,
  { pool, view, call }: Reader,
  names: readonly string[],
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  const drops: (() => Promise<void>)[] = [];
  let unknown = false;
  try {
    return await withinTime(call, locks.holdMs, async (own) => {
      for (const name of names) drops.push(await locks.take(pool, own, name));
      return work(new Reader(pool, view, own));
    });
  } catch (error) {
    unknown = error instanceof DirectoryError && error.code === 'OUTCOME_UNKNOWN';
    throw error;
  } finally {
    // What may yet happen keeps its lock, until others take that for left behind.
    if (!unknown) await Promise.all(drops.map((drop) => drop()));
  }
}
