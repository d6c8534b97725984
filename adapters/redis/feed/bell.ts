import type { RedisConnection } from '../connection/connection.ts';
import type { Client } from '../connection/settings.ts';

/** A message may be lost with the connection that was to bring it; who waits looks by himself this often. */
const LOOK_EVERY_MS = 5_000;

/** Wakes who waits for changes: one subscription for all, opened when the first one waits. */
export class Bell {
  readonly #connection: RedisConnection;
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #subscribed = new Map<string, Promise<unknown>>();
  #client: Client | undefined;

  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  /** From when this resolves, every change of the channel rings. Where it cannot be heard, waiters look by themselves. */
  async listen(channel: string): Promise<void> {
    const client = this.#open();
    let subscribed = this.#subscribed.get(channel);
    if (subscribed === undefined) {
      subscribed = whenReady(client).then(() => client.subscribe(channel));
      this.#subscribed.set(channel, subscribed);
      subscribed.catch(() => this.#subscribed.delete(channel));
    }
    await subscribed;
  }

  /** Resolves at the next ring, on abort, on close, or after LOOK_EVERY_MS. */
  next(channel: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(channel) ?? new Set();
      this.#waiting.set(channel, waiting);
      const done = () => {
        waiting.delete(done);
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, LOOK_EVERY_MS);
      waiting.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }

  close(): void {
    this.#client?.disconnect();
    for (const channel of this.#waiting.keys()) this.#ring(channel);
  }

  #open(): Client {
    if (this.#client === undefined) {
      this.#client = this.#connection.openListener();
      this.#client.on('message', (channel: string) => this.#ring(channel));
      this.#client.on('ready', () => {
        for (const channel of this.#waiting.keys()) this.#ring(channel);
      });
    }
    return this.#client;
  }

  #ring(channel: string): void {
    for (const done of this.#waiting.get(channel) ?? []) done();
  }
}

function whenReady(client: Client): Promise<void> {
  if (client.status === 'ready') return Promise.resolve();
  return new Promise((resolve, reject) => {
    client.once('ready', resolve);
    client.once('end', () => reject(new Error('the connection was closed')));
  });
}
