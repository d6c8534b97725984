/** What Redis's refusals mean in the model's terms. Its own words stay in `cause`. */
import { DirectoryError } from '#model/errors.ts';

/** Refused before anything was carried out, by what passes by itself: asked again within the deadline. */
const PASSING: ReadonlyMap<string, string> = new Map([
  ['LOADING', 'Redis is still reading its data after a start'],
  ['READONLY', 'this Redis is a replica; configure the primary as url, or wait for the failover to end'],
  ['MOVED', 'the slot of this tenant is served by another node; configure `nodes` where Redis is a cluster'],
  ['ASK', 'the slot of this tenant is being moved to another node'],
  ['TRYAGAIN', 'the slot of this tenant is being moved to another node'],
  ['CLUSTERDOWN', 'the cluster does not serve the slot of this tenant; see CLUSTER INFO'],
  ['MASTERDOWN', 'this Redis is a replica that has lost its primary'],
  ['BUSY', "a script keeps Redis busy; SCRIPT KILL ends one that is not Portico's"],
]);

/** Refused before anything was carried out, until somebody changes something. */
const LASTING: ReadonlyMap<string, string> = new Map([
  ['OOM', 'Redis is full: raise maxmemory, or delete what is not needed'],
  ['MISCONF', 'Redis cannot save to its disk and refuses writes; its own log says why'],
  ['NOAUTH', 'Redis asks for a password; set `username` and `password`'],
  ['WRONGPASS', 'Redis does not accept `username` and `password`'],
  ['NOPERM', 'the Redis user has no right to this command, key or channel; docs/guides/redis.md lists what is needed'],
  ['WRONGTYPE', 'a key of this tenant holds something that Portico did not write; give Portico a `prefix` of its own'],
  ['NOREPLICAS', 'Redis has fewer replicas than min-replicas-to-write asks for'],
]);

/** The first word of a refusal, in capitals; undefined where the error is none. A script's own are told with the script's name before them. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'ReplyError') return undefined;
  return /^-?([A-Z]+)\b/.exec(error.message)?.[1];
}

/** Nothing was carried out, and in a moment it may be. */
export function isPassing(error: unknown): boolean {
  const word = refusalOf(error);
  return isNeverSent(error) || (word !== undefined && (word === 'NOSCRIPT' || PASSING.has(word)));
}

/** The connection was lost before the command could be handed to it; ioredis says so in words alone. */
export function isNeverSent(error: unknown): boolean {
  return error instanceof Error && /enableOfflineQueue options is false|startup nodes|slots cache/.test(error.message);
}

/** Of a command that was answered by a refusal: nothing was written. */
export function refused(cause: unknown): DirectoryError {
  const word = refusalOf(cause) ?? '';
  const known = PASSING.get(word) ?? LASTING.get(word);
  return new DirectoryError('UNAVAILABLE', known ?? `Redis refused a command: ${textOf(cause)}`, { cause });
}

/** Of a command that was never sent. */
export function unreachable(cause: unknown): DirectoryError {
  const reason = cause === undefined ? '' : `: ${textOf(cause)}`;
  return new DirectoryError('UNAVAILABLE', `Redis cannot be reached${reason}`, { cause });
}

export function outcomeUnknown(cause: unknown): DirectoryError {
  const detail = 'Redis did not answer a write, which may have happened';
  return new DirectoryError('OUTCOME_UNKNOWN', detail, { cause });
}

export function tooLate(when: 'asked' | 'answered'): DirectoryError {
  const detail = `the ${when === 'asked' ? 'request was given up before Redis was asked' : 'deadline passed before Redis answered'}`;
  return new DirectoryError('TIMEOUT', detail);
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
