import type { ExtendedResult } from '../operations.ts';
import type { Incoming } from '../protocol/decode.ts';
import { type Encode, encodeAbandon } from '../protocol/encode.ts';
import type { Channel, Waiting } from './channel.ts';
import { type ConnectionBroken, givenUp, outcomeUnknown, timedOut } from './failures.ts';

/** One request with all that bounds it. */
export interface Task {
  readonly encode: Encode;
  /** A write that has left is never taken back: the server may be at it. A read is abandoned. */
  readonly writes: boolean;
  /** Milliseconds since the epoch; Infinity for a search that does not end. */
  readonly until: number;
  readonly signal: AbortSignal;
  /** What comes before the result: entries, references, intermediate responses. */
  take?(message: Incoming): void;
}

export interface Watcher {
  /** Once, when the server has nothing to do with it any more: later than the answer where a write timed out. */
  settled(): void;
  /** Its time is over; it left at `sentAt` (`performance.now()`). */
  late(sentAt: number): void;
}

/** A signal that aborts at the deadline may be a little before our timer. */
const CLOCK_MS = 10;

/** One operation between its request and its result. */
export class InFlight implements Waiting {
  readonly #channel: Channel;
  readonly #task: Task;
  readonly #watcher: Watcher;
  readonly #answer = Promise.withResolvers<ExtendedResult>();
  readonly #sentAt = performance.now();
  readonly #onAbort = () => this.#giveUp(givenUp());
  #timer: NodeJS.Timeout | undefined;
  #id = 0;

  constructor(channel: Channel, task: Task, watcher: Watcher) {
    this.#channel = channel;
    this.#task = task;
    this.#watcher = watcher;
  }

  /** The server's result, whatever its code. @throws {ConnectionBroken}; {DirectoryError} TIMEOUT, OUTCOME_UNKNOWN, TOO_LARGE */
  start(): Promise<ExtendedResult> {
    const { encode, until, signal } = this.#task;
    try {
      if (signal.aborted) throw givenUp();
      this.#id = this.#channel.send(encode, this);
      if (until !== Number.POSITIVE_INFINITY) {
        this.#timer = setTimeout(() => this.#giveUp(timedOut()), until - Date.now());
      }
      signal.addEventListener('abort', this.#onAbort, { once: true });
    } catch (error) {
      this.#fail(error);
      this.#watcher.settled();
    }
    return this.#answer.promise;
  }

  take(message: Incoming): boolean {
    if (message.kind !== 'result') return this.#takePart(message);
    this.#end();
    this.#answer.resolve(message.result);
    this.#watcher.settled();
    return true;
  }

  broken(cause: ConnectionBroken): void {
    this.#fail(cause);
    this.#watcher.settled();
  }

  /** A fault of whoever takes entries is his own, not that of the connection. */
  #takePart(message: Incoming): boolean {
    try {
      this.#task.take?.(message);
      return false;
    } catch (error) {
      this.#giveUp(error);
      return true;
    }
  }

  #giveUp(error: unknown): void {
    this.#fail(this.#task.writes ? outcomeUnknown(error) : error);
    if (Date.now() >= this.#task.until - CLOCK_MS) this.#watcher.late(this.#sentAt);
    if (this.#task.writes) return;
    this.#channel.forget(this.#id);
    if (this.#channel.isOpen) this.#channel.send(encodeAbandon(this.#id));
    this.#watcher.settled();
  }

  #fail(error: unknown): void {
    this.#end();
    this.#answer.reject(error);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#task.signal.removeEventListener('abort', this.#onAbort);
  }
}
