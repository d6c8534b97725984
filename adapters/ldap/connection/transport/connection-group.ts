import type { DirectoryError } from '#model/errors.ts';
import { Connection } from './connection.ts';
import { givenUp, timedOut, unavailable } from './failures.ts';
import type { Servers } from './servers.ts';

interface Waiter {
  readonly give: (connection: Connection) => void;
  readonly fail: (error: Error) => void;
}

interface Bounds {
  /** Connections. */
  readonly connections: number;
  /** Operations in flight on each. */
  readonly perConnection: number;
  /** Of one that shall end: how long its operations have. */
  readonly patienceMs: number;
}

/** Enough in flight that another connection is worth its price. */
const BUSY = 16;
const MAX_WAITING = 10_000;
const CLOSED = 'the connections to the directory are closed';

/** Connections to the server in use: opened as they are needed, never more operations in flight than a server stands. */
export class ConnectionGroup {
  readonly #servers: Servers;
  readonly #bounds: Bounds;
  readonly #connections = new Set<Connection>();
  readonly #waiters = new Set<Waiter>();
  #opening = false;
  #closed = false;

  constructor(servers: Servers, bounds: Bounds) {
    this.#servers = servers;
    this.#bounds = bounds;
  }

  /**
   * A connection with a place in it, which whoever asked gives back by `release`: at once where one is free.
   * @throws {DirectoryError} UNAVAILABLE, at once where no server was reached lately; TIMEOUT
   */
  acquire(until: number, signal: AbortSignal): Connection | Promise<Connection> {
    const failure = this.#refusal(until, signal);
    if (failure !== undefined) throw failure;
    return this.#take() ?? this.#waitForOne(until, signal);
  }

  #waitForOne(until: number, signal: AbortSignal): Promise<Connection> {
    return new Promise((resolve, reject) => {
      this.#wait({ give: resolve, fail: reject }, until, signal);
      this.#grow();
    });
  }

  close(): void {
    this.#closed = true;
    for (const connection of [...this.#connections]) connection.close();
    this.#failAll(closed());
  }

  #refusal(until: number, signal: AbortSignal): DirectoryError | undefined {
    if (this.#closed) return closed();
    if (signal.aborted) return givenUp();
    if (Date.now() >= until) return timedOut();
    if (this.#waiters.size < MAX_WAITING) return undefined;
    return unavailable(`${MAX_WAITING} operations wait for the directory`, undefined, 1_000);
  }

  #take(): Connection | undefined {
    const { perConnection } = this.#bounds;
    let best: Connection | undefined;
    for (const connection of this.#connections) {
      if (!this.#isUsed(connection)) continue;
      if (best === undefined || connection.leases < best.leases) best = connection;
    }
    if (best === undefined || best.leases >= perConnection) return undefined;
    best.lease();
    if (best.leases > BUSY) this.#grow();
    return best;
  }

  /** Those to another server than the one in use are used no more. */
  #isUsed(connection: Connection): boolean {
    if (!connection.isUsable) return false;
    if (this.#servers.isActive(connection.address)) return true;
    connection.retire(this.#bounds.patienceMs);
    return false;
  }

  #countUsed(): number {
    let count = 0;
    for (const connection of this.#connections) if (this.#isUsed(connection)) count += 1;
    return count;
  }

  #wait({ give, fail }: Waiter, until: number, signal: AbortSignal): void {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      this.#waiters.delete(waiter);
    };
    const waiter: Waiter = {
      give: (connection) => {
        end();
        give(connection);
      },
      fail: (error) => {
        end();
        fail(error);
      },
    };
    const onAbort = () => waiter.fail(givenUp());
    const timer = setTimeout(() => waiter.fail(timedOut()), until - Date.now());
    signal.addEventListener('abort', onAbort);
    this.#waiters.add(waiter);
  }

  /** One at a time: all who wait share the attempt. */
  #grow(): void {
    if (this.#opening) return;
    const used = this.#countUsed();
    if (used >= this.#bounds.connections) return;
    const paused = this.#servers.paused;
    if (paused !== undefined) {
      this.#couldNotGrow(paused);
      return;
    }
    this.#opening = true;
    this.#servers.connect(used > 0).then(
      ({ address, channel }) => {
        this.#opening = false;
        const connection = new Connection(address, channel, () => this.#serve());
        if (this.#closed) {
          connection.close();
          return;
        }
        this.#connections.add(connection);
        connection.whenClosed(() => this.#lost(connection));
        this.#serve();
      },
      (error: Error) => {
        this.#opening = false;
        this.#couldNotGrow(error);
      },
    );
  }

  #couldNotGrow(error: Error): void {
    if (this.#countUsed() === 0) this.#failAll(error);
  }

  #failAll(error: Error): void {
    for (const waiter of [...this.#waiters]) waiter.fail(error);
  }

  #lost(connection: Connection): void {
    this.#connections.delete(connection);
    this.#serve();
  }

  #serve(): void {
    for (const waiter of this.#waiters) {
      const free = this.#take();
      if (free === undefined) break;
      waiter.give(free);
    }
    if (this.#waiters.size > 0) this.#grow();
  }
}

function closed(): DirectoryError {
  return unavailable(CLOSED, undefined, 1_000);
}
