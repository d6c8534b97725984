/**
 * Locks that all gateways of a directory see (ADR 0040): an entry whose name follows from what it locks, which a server adds once. Whoever
 * holds it drops it; what a crash has left is dropped by whoever has watched it for longer than anybody may hold it.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Call } from '#model/call.ts';
import { withOwnTime } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { assertion } from '../connection/controls.ts';
import { hasCode } from '../connection/ldap-error.ts';
import type { LdapPool } from '../connection/pool.ts';
import { childDn } from '../dn.ts';
import { EVERYTHING, equals } from '../filter/terms.ts';
import { CODE } from '../result-error.ts';

export interface LockOptions {
  /** Of an entry below which the locks are. */
  readonly base: string;
  /** How long one has to have been seen before it counts as left behind. */
  readonly breakAfterMs: number;
}

/** Of RFC 4519: a name and a description are all that it needs. */
export const LOCK_CLASS = 'organizationalRole';
const TOKEN = 'description';

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 100;
const RELEASE_MS = 2_000;
const MOST_WATCHED = 10_000;

/** A lock of somebody else's, by its token: by this process's own clock, so that no two clocks are compared. */
interface Watched {
  readonly token: string;
  readonly since: number;
}

export class DirectoryLocks {
  readonly #options: LockOptions;
  readonly #watched = new Map<string, Watched>();

  constructor(options: LockOptions) {
    this.#options = options;
  }

  /** Longer than that nobody may work under one: half of the time after which others take it for left behind. */
  get holdMs(): number {
    return this.#options.breakAfterMs / 2;
  }

  /**
   * @returns how to drop it, which never fails: one that stays is dropped by others in time
   * @throws UNAVAILABLE where somebody else holds it until the call's time is nearly over, or there is no place for locks
   */
  async take(pool: LdapPool, call: Call, name: string): Promise<() => Promise<void>> {
    const dn = childDn('cn', name, this.#options.base);
    const token = randomUUID();
    if (!(await add(pool, call, dn, name, token))) {
      await this.#takeLater(pool, call, dn, () => add(pool, call, dn, name, token)).catch((error: unknown) => {
        throw error instanceof DirectoryError && error.code === 'TIMEOUT' ? busy(error) : error;
      });
    }
    this.#watched.delete(dn);
    return () => drop(pool, withOwnTime(call, RELEASE_MS), dn, token);
  }

  /** Tries until it succeeds. @throws TIMEOUT */
  async #takeLater(pool: LdapPool, call: Call, dn: string, tryOnce: () => Promise<boolean>): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
      await this.#breakIfLeft(pool, call, dn);
      await wait(pauseMs * (0.5 + Math.random() / 2), undefined, { signal: call.signal }).catch(() => undefined);
      if (await tryOnce()) return;
    }
  }

  async #breakIfLeft(pool: LdapPool, call: Call, dn: string): Promise<void> {
    const token = await tokenAt(pool, call, dn);
    const seen = this.#watched.get(dn);
    if (token !== undefined && seen?.token === token) {
      if (performance.now() - seen.since < this.#options.breakAfterMs) return;
      await remove(pool, call, dn, token);
    }
    this.#watched.delete(dn);
    if (token !== undefined && seen?.token !== token) this.#watch(dn, token);
  }

  #watch(dn: string, token: string): void {
    this.#watched.set(dn, { token, since: performance.now() });
    const [oldest] = this.#watched.keys();
    if (this.#watched.size > MOST_WATCHED && oldest !== undefined) this.#watched.delete(oldest);
  }
}

/** False where somebody else has it. */
async function add(pool: LdapPool, call: Call, dn: string, name: string, token: string): Promise<boolean> {
  const attributes = { objectClass: [LOCK_CLASS], cn: [name], [TOKEN]: [token] };
  try {
    const { code } = await pool.add(call, { dn, attributes, accept: [CODE.entryExists] });
    return code !== CODE.entryExists;
  } catch (error) {
    if (hasCode(error, CODE.noSuchObject)) {
      throw new DirectoryError(
        'UNAVAILABLE',
        'there is no entry at lock.base, below which the locks of unique values are',
        {
          cause: error,
        },
      );
    }
    if (!(error instanceof DirectoryError) || error.code !== 'OUTCOME_UNKNOWN') throw error;
    await drop(pool, withOwnTime(call, RELEASE_MS), dn, token);
    throw new DirectoryError('UNAVAILABLE', 'the directory did not answer; nothing was written; try again', {
      cause: error,
      retryAfterMs: 1_000,
    });
  }
}

async function tokenAt(pool: LdapPool, call: Call, dn: string): Promise<string | undefined> {
  const request = {
    base: dn,
    scope: 'base',
    filter: EVERYTHING,
    attributes: [TOKEN],
    accept: [CODE.noSuchObject],
  } as const;
  const { entries } = await pool.search(call, request);
  return entries[0]?.string(TOKEN);
}

/** Only the one with the token. */
async function remove(pool: LdapPool, call: Call, dn: string, token: string): Promise<void> {
  const controls = [assertion(equals(TOKEN, token))];
  await pool.delete(call, { dn, controls, accept: [CODE.noSuchObject, CODE.assertionFailed] });
}

/** What was written under it is written, whatever becomes of it. */
async function drop(pool: LdapPool, call: Call, dn: string, token: string): Promise<void> {
  await remove(pool, call, dn, token).catch(() => undefined);
}

function busy(cause: unknown): DirectoryError {
  return new DirectoryError(
    'UNAVAILABLE',
    'another write of the same unique value is at work, or was broken off; try again',
    {
      cause,
      retryAfterMs: 1_000,
    },
  );
}
