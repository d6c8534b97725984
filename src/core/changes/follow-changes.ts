import { type Call, withinTime } from '#model/call.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { Session } from '../session.ts';
import type { ChangePage } from './change-page.ts';
import { Backoff, isPassing } from './retry.ts';

/** How long one call to the backend waits for changes before it is repeated. */
const WAIT_MS = 60_000;
/** Changes at a time, and so what is at hand for a follower who is slow to take them. */
const CHANGES_READ = 100;

export interface FollowOptions {
  /** Opens the session of one wait. */
  session(call: Call): Pick<Session, 'awaitChanges'>;
  /** Its signal ends the following; its deadline does not, since every wait has time of its own. */
  readonly call: Call;
  readonly after: string;
  readonly types?: readonly ResourceType[];
}

/**
 * Every change behind a cursor, once and in order, for as long as the signal does not abort; the next ones are read when the caller
 * asks for them. A backend that cannot be reached is asked again, from the same place.
 * @throws {DirectoryError} what trying again does not mend: EXPIRED_CURSOR, INVALID_CURSOR, UNSUPPORTED
 */
export async function* followChanges(options: FollowOptions): AsyncGenerator<ChangePage, void, undefined> {
  const { signal } = options.call;
  const backoff = new Backoff(signal);
  let { after } = options;
  while (!signal.aborted) {
    const page = await nextPage(options, after).catch((error: unknown) => {
      if (!signal.aborted && !isPassing(error)) throw error;
    });
    if (page === undefined) {
      await backoff.pause();
      continue;
    }
    backoff.reset();
    if (page.changes.length > 0) yield page;
    after = page.next;
  }
}

function nextPage({ session, call, types }: FollowOptions, after: string): Promise<ChangePage> {
  return withinTime(call, WAIT_MS, (own) =>
    session(own).awaitChanges({ after, limit: CHANGES_READ, ...(types && { types }) }),
  );
}
