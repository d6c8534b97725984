import type { ExtendedResult } from '../operations.ts';
import type { Address } from './address.ts';
import type { Channel } from './channel.ts';
import type { ConnectionBroken } from './failures.ts';
import { InFlight, type Task, type Watcher } from './in-flight.ts';
import { Newcomers } from './newcomers.ts';

/** Longer than any sibling's time. */
const DOUBT_MS = 60_000;

/** A connection that is bound, and what is in flight on it. A timed-out operation leaves its siblings alone. */
export class Connection implements Watcher {
  readonly address: Address;
  readonly #channel: Channel;
  readonly #whenFreed: () => void;
  readonly #newcomers = new Newcomers();
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

  get isPaused(): boolean {
    return this.#channel.isPaused;
  }

  /** Nothing more is read: for a connection of one operation alone. */
  pause(): void {
    this.#channel.pause();
  }

  resume(): void {
    this.#channel.resume();
  }

  whenClosed(tell: (cause: ConnectionBroken) => void): void {
    this.#channel.whenClosed(tell);
  }

  /** A place for one operation, given back by `perform` when the server is done with it, or by `release`. */
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

  /** The server's result, whatever its code; gives the lease back. @throws as `InFlight.start` does */
  perform(task: Task): Promise<ExtendedResult> {
    return new InFlight(this.#channel, task, this).start(this.#newcomers);
  }

  settled(): void {
    this.release();
  }

  /** A server that has said nothing at all since is asked no more over this connection; one that answers others is slow in this alone. */
  late(sentAt: number): void {
    if (this.#channel.heardAt < sentAt) this.retire(DOUBT_MS);
  }
}
