import type { Address } from './address.ts';
import type { Channel } from './channel.ts';
import { type ConnectionBroken, givenUp, outcomeUnknown, timedOut } from './failures.ts';
import type { ExtendedResult } from './operations.ts';
import type { Incoming } from './protocol/decode.ts';
import { type Encode, encodeAbandon } from './protocol/encode.ts';

/** One request with all that bounds it. */
export interface Task {
  readonly encode: Encode;
  /** A write that has left is never taken back: the server may be at it. A read is abandoned. */
  readonly writes: boolean;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly signal: AbortSignal;
  /** What comes before the result: entries, references, intermediate responses. */
  take?(message: Incoming): void;
}

/** A connection that is bound, and what is in flight on it. A timed-out operation leaves its siblings alone. */
export class Connection {
  readonly address: Address;
  readonly #channel: Channel;
  readonly #whenFreed: () => void;
  #leases = 0;
  #retired = false;

  /** `whenFreed` is told of every lease that ends. */
  constructor(address: Address, channel: Channel, whenFreed: () => void = () => undefined) {
    this.address = address;
    this.#channel = channel;
    this.#whenFreed = whenFreed;
  }

  get leases(): number {
    return this.#leases;
  }

  /** Takes new operations. */
  get isUsable(): boolean {
    return !this.#retired && this.#channel.isOpen;
  }

  whenClosed(tell: (cause: ConnectionBroken) => void): void {
    this.#channel.whenClosed(tell);
  }

  /** A place for one operation, to be given back by `release`. */
  lease(): void {
    this.#leases += 1;
  }

  release(): void {
    this.#leases -= 1;
    if (this.#retired && this.#leases === 0) this.#channel.close();
    else this.#whenFreed();
  }

  /** Nothing new is sent; it closes when what is in flight is answered, or after `patienceMs`. */
  retire(patienceMs: number): void {
    if (this.#retired) return;
    this.#retired = true;
    if (this.#leases === 0) {
      this.#channel.close();
      return;
    }
    const timer = setTimeout(() => this.close(), patienceMs);
    this.#channel.whenClosed(() => clearTimeout(timer));
  }

  close(): void {
    this.#channel.close();
  }

  /**
   * The server's result, whatever its code. `settled` is called once, when the server has nothing to do with it any more: later than
   * the answer where a write timed out.
   * @throws {ConnectionBroken}; {DirectoryError} TIMEOUT, OUTCOME_UNKNOWN, TOO_LARGE
   */
  perform(task: Task, settled: () => void): Promise<ExtendedResult> {
    return new Promise((resolve, reject) => {
      const sentAt = performance.now();
      const end = () => {
        clearTimeout(timer);
        task.signal.removeEventListener('abort', onAbort);
      };
      const fail = (error: Error) => {
        end();
        reject(error);
      };
      const giveUp = (error: Error) => {
        this.#doubt(sentAt);
        fail(task.writes ? outcomeUnknown(error) : error);
        if (task.writes) return;
        this.#abandon(id);
        settled();
      };
      const onAbort = () => giveUp(givenUp());
      const timer = setTimeout(() => giveUp(timedOut()), Math.max(0, task.until - Date.now()));
      const take = (message: Incoming): boolean => {
        if (message.kind !== 'result') return this.#takePart(task, message, giveUp);
        end();
        settled();
        resolve(message.result);
        return true;
      };
      const broken = (error: ConnectionBroken) => {
        settled();
        fail(error);
      };
      let id = 0;
      try {
        id = this.#channel.send(task.encode, { take, broken });
        task.signal.addEventListener('abort', onAbort, { once: true });
      } catch (error) {
        settled();
        fail(error as Error);
      }
    });
  }

  /** A fault of whoever takes entries is his own, not that of the connection. */
  #takePart(task: Task, message: Incoming, giveUp: (error: Error) => void): boolean {
    try {
      task.take?.(message);
      return false;
    } catch (error) {
      giveUp(error instanceof Error ? error : new Error(String(error)));
      return true;
    }
  }

  #abandon(id: number): void {
    this.#channel.forget(id);
    if (this.#channel.isOpen) this.#channel.send(encodeAbandon(id));
  }

  /** A server that has said nothing at all since is asked no more over this connection; one that answers others is slow in this alone. */
  #doubt(sentAt: number): void {
    if (this.#channel.heardAt < sentAt) this.retire(DOUBT_MS);
  }
}

/** Longer than any sibling's time. */
const DOUBT_MS = 60_000;
