import { setTimeout as wait } from 'node:timers/promises';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import { LdapError } from '../connection/ldap-error.ts';
import type { Search } from '../connection/operations.ts';
import type { Flow, LdapPool } from '../connection/pool.ts';
import { ChangeQueue } from './change-queue.ts';
import type { EntryChange } from './entry-change.ts';
import { KnownEntries } from './known-entries.ts';
import { REFRESH_REQUIRED, syncRequest } from './sync-messages.ts';
import { SyncSession } from './sync-session.ts';

export interface Following extends Pick<Search, 'base' | 'scope' | 'filter' | 'attributes'> {
  /** Where to go on; null: from the present on, whose entries are no changes. */
  readonly cookie: string | null;
  /** Of a following before this one: where it is complete, what differs from it is told even without a cookie. */
  readonly known?: KnownEntries;
  /** Entries of a refresh to which nothing has happened are told as well. */
  readonly tellsPresent?: boolean;
  /** Asked after each change: whether all entries have to be looked at anew, since some may have changed without being told. */
  readonly needsLook?: () => boolean;
  /** Ends it. */
  readonly signal: AbortSignal;
}

const LEAST_PAUSE_MS = 20;
const UNWILLING = 53;

const LIMITS = 'raise the size and time limits of the account that Portico binds with';
const OTHER = 'or set `changes: none` for this backend';
/** By the result that a server ends such a search with. */
const REMEDIES: ReadonlyMap<number, string> = new Map([
  [3, LIMITS],
  [4, LIMITS],
  [11, LIMITS],
  [12, 'load the syncprov overlay for its database, or set `changes: none` for this backend'],
  [32, 'there must be one database with an entry above both users.base and groups.base, which the account may read'],
  [50, 'grant the account that Portico binds with the right to read below users.base and groups.base'],
]);

/**
 * Changes of a directory in the order in which it tells them, each once, over a connection of its own; after a loss of connection
 * it goes on where it was. The first is a `current` where it began without a cookie. `attributes` come with each entry, beside
 * `entryUUID` and `entryCSN`.
 * @throws {DirectoryError} UNAVAILABLE where the server has no RFC 4533, or does not let us follow
 */
export async function* followChanges(
  pool: LdapPool,
  following: Following,
): AsyncGenerator<EntryChange, void, undefined> {
  const { known = new KnownEntries() } = following;
  let { cookie } = following;
  while (!following.signal.aborted) {
    const session = followOnce(pool, following, known, cookie);
    try {
      for await (const change of session.changes) {
        if ('cookie' in change && change.cookie !== undefined) cookie = change.cookie;
        yield change;
        if (following.needsLook?.()) session.lookAgain();
      }
    } finally {
      session.stop();
    }
    const failure = await session.ended;
    if (following.signal.aborted) return;
    if (cookie !== null && (session.looksAgain || isForgotten(failure))) {
      cookie = null;
      yield { kind: known.isComplete ? 'interrupted' : 'gap' };
    } else {
      yield { kind: 'interrupted' };
      await pause(failure, following.signal);
    }
  }
}

function followOnce(pool: LdapPool, following: Following, known: KnownEntries, cookie: string | null) {
  const { base, scope, filter, attributes, signal, tellsPresent } = following;
  let flow: Flow | undefined;
  const queue = new ChangeQueue<EntryChange>(() => flow?.resume());
  const own = new AbortController();
  let looksAgain = false;
  // What has been told until then is told all the same.
  const lookAgain = () => {
    looksAgain = true;
    own.abort();
  };
  const session = new SyncSession(known, cookie === null, {
    tell(change) {
      if (change.kind !== 'present' || tellsPresent) queue.push(change);
    },
    lookAgain,
  });
  const request = {
    base,
    scope,
    filter,
    attributes: [...attributes, 'entryUUID', 'entryCSN'],
    controls: [syncRequest(cookie)],
  };
  const ended = pool
    .listen(AbortSignal.any([signal, own.signal]), request, (message, ofConnection) => {
      flow = ofConnection;
      session.take(message);
      if (queue.isFull) flow.pause();
    })
    .then(
      (result): unknown => new LdapError(result),
      (error: unknown) => error,
    )
    .finally(() => queue.end());
  return {
    changes: queue,
    ended,
    get looksAgain() {
      return looksAgain;
    },
    lookAgain,
    stop: () => own.abort(),
  };
}

/** The server knows no more what was at that cookie, or does not know it yet. */
function isForgotten(failure: unknown): boolean {
  return failure instanceof LdapError && [REFRESH_REQUIRED, UNWILLING].includes(failure.code);
}

/** @throws what will not be better by waiting */
async function pause(failure: unknown, signal: AbortSignal): Promise<void> {
  if (failure instanceof LdapError && failure.code !== 0) {
    const refusal = `the directory does not let its changes be followed (RFC 4533, result ${failure.code})`;
    throw new DirectoryError('UNAVAILABLE', `${refusal}: ${REMEDIES.get(failure.code) ?? OTHER}`, { cause: failure });
  }
  const known = asDirectoryError(failure);
  if (known === undefined && !(failure instanceof LdapError)) throw failure;
  // Whoever waits is told of the end by the loop.
  await wait(Math.max(LEAST_PAUSE_MS, known?.retryAfterMs ?? 0), undefined, { signal }).catch(() => undefined);
}
