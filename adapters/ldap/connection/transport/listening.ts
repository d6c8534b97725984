import type { DirectoryError } from '#model/errors.ts';
import type { LdapResult, Search } from '../operations.ts';
import type { Flow } from '../pool.ts';
import { ProtocolFault } from '../protocol/ber.ts';
import type { Incoming } from '../protocol/decode.ts';
import { encodeSearch } from '../protocol/encode-search.ts';
import { Connection } from './connection.ts';
import { ConnectionBroken, givenUp, unavailable } from './failures.ts';
import type { Servers } from './servers.ts';

interface Pulse {
  readonly heartbeatMs: number;
  /** How long an answer may take. */
  readonly timeoutMs: number;
}

const ROOT_DSE: Search = { base: '', scope: 'base', filter: '(objectClass=*)', attributes: ['1.1'] };
const CLOSED = 'the connections to the directory are closed';
const NOW_MS = 20;
const LATER_MS = 1_000;

/** Searches without end, each on a connection that nobody else uses. */
export class Listening {
  readonly #servers: Servers;
  readonly #pulse: Pulse;
  readonly #connections = new Set<Connection>();
  #isClosed = false;

  constructor(servers: Servers, pulse: Pulse) {
    this.#servers = servers;
    this.#pulse = pulse;
  }

  /** @throws as `LdapPool.listen` does */
  async listen(
    signal: AbortSignal,
    request: Search,
    take: (message: Incoming, flow: Flow) => void,
  ): Promise<LdapResult> {
    const paused = this.#servers.paused;
    if (paused !== undefined) throw paused;
    const connection = await this.#connect(signal);
    const heart = setInterval(() => void this.#beat(connection), this.#pulse.heartbeatMs);
    try {
      connection.lease();
      return await connection.perform({
        asking: { writes: false, take: (message) => take(message, connection) },
        encode: encodeSearch(request, 0),
        until: Number.POSITIVE_INFINITY,
        signal,
      });
    } catch (error) {
      if (error instanceof ConnectionBroken) throw unavailable('the connection to the directory broke', error, NOW_MS);
      if (error instanceof ProtocolFault) throw unavailable('the directory sends what cannot be read', error, LATER_MS);
      throw error;
    } finally {
      clearInterval(heart);
      this.#connections.delete(connection);
      connection.close();
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const connection of this.#connections) connection.close();
  }

  async #connect(signal: AbortSignal): Promise<Connection> {
    if (this.#isClosed) throw closed();
    const { address, channel } = await this.#servers.connect();
    const connection = new Connection(address, channel);
    if (this.#isClosed || signal.aborted) {
      connection.close();
      throw this.#isClosed ? closed() : givenUp();
    }
    this.#connections.add(connection);
    return connection;
  }

  /** A peer that is gone without a word would leave us waiting for ever. */
  async #beat(connection: Connection): Promise<void> {
    // Its answer would not be read.
    if (connection.isPaused) return;
    const until = Date.now() + this.#pulse.timeoutMs;
    const seconds = Math.ceil(this.#pulse.timeoutMs / 1_000);
    const signal = new AbortController().signal;
    connection.lease();
    const task = { asking: { writes: false }, encode: encodeSearch(ROOT_DSE, seconds), until, signal };
    await connection.perform(task).catch(() => {
      if (!connection.isPaused) connection.close();
    });
  }
}

function closed(): DirectoryError {
  return unavailable(CLOSED, undefined, 1_000);
}
