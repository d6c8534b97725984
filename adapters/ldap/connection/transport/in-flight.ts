import type { ExtendedResult } from '../operations.ts';
import type { Incoming } from '../protocol/decode.ts';
import { type Encode, encodeAbandon } from '../protocol/encode.ts';
import type { Channel, Waiting } from './channel.ts';
import { type ConnectionBroken, givenUp, outcomeUnknown, timedOut } from './failures.ts';
import { MOMENT_MS, type Newcomer, type Newcomers } from './newcomers.ts';

/** Who asks. */
export interface Asking {
  /** A write that has left is never taken back: the server may be at it. A read is abandoned. */
  readonly writes: boolean;
  /** What comes before the result: entries, references, intermediate responses. */
  take?(message: Incoming): void;
}

/** One request with all that bounds it. */
export interface Task {
  readonly asking: Asking;
  readonly encode: Encode;
  /** Milliseconds since the epoch; Infinity for a search that does not end. */
  readonly until: number;
  readonly signal: AbortSignal;
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
export class InFlight implements Waiting, Newcomer {
  readonly #channel: Channel;
  readonly #task: Task;
  readonly #watcher: Watcher;
  readonly #answer = Promise.withResolvers<ExtendedResult>();
  readonly #sentAt = performance.now();
  #onAbort: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #id = 0;
  #isAnswered = false;

  constructor(channel: Channel, task: Task, watcher: Watcher) {
    this.#channel = channel;
    this.#task = task;
    this.#watcher = watcher;
  }

  /** The server's result, whatever its code. @throws {ConnectionBroken}; {DirectoryError} TIMEOUT, OUTCOME_UNKNOWN, TOO_LARGE */
  start(newcomers: Newcomers): Promise<ExtendedResult> {
    const { encode, until, signal } = this.#task;
    try {
      if (signal.aborted) throw givenUp();
      this.#id = this.#channel.send(encode, this);
      if (until - Date.now() > MOMENT_MS) newcomers.add(this);
      else this.watch();
    } catch (error) {
      this.#fail(error);
      this.#watcher.settled();
    }
    return this.#answer.promise;
  }

  watch(): void {
    if (this.#isAnswered) return;
    const { until, signal } = this.#task;
    if (signal.aborted) {
      this.#giveUp(givenUp());
      return;
    }
    if (until !== Number.POSITIVE_INFINITY) {
      this.#timer = setTimeout(() => this.#giveUp(timedOut()), until - Date.now());
    }
    this.#onAbort = () => this.#giveUp(givenUp());
    signal.addEventListener('abort', this.#onAbort, { once: true });
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
      this.#task.asking.take?.(message);
      return false;
    } catch (error) {
      this.#giveUp(error);
      return true;
    }
  }

  #giveUp(error: unknown): void {
    const { writes } = this.#task.asking;
    this.#fail(writes ? outcomeUnknown(error) : error);
    if (Date.now() >= this.#task.until - CLOCK_MS) this.#watcher.late(this.#sentAt);
    if (writes) return;
    this.#channel.forget(this.#id);
    if (this.#channel.isOpen) this.#channel.send(encodeAbandon(this.#id));
    this.#watcher.settled();
  }

  #fail(error: unknown): void {
    this.#end();
    this.#answer.reject(error);
  }

  #end(): void {
    this.#isAnswered = true;
    clearTimeout(this.#timer);
    if (this.#onAbort !== undefined) this.#task.signal.removeEventListener('abort', this.#onAbort);
  }
}
