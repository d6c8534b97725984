import { setTimeout as wait } from 'node:timers/promises';
import { DirectoryError } from '#model/errors.ts';
import { type Ask, Operations } from './ask.ts';
import { LdapError } from './ldap-error.ts';
import type { ExtendedResult, LdapResult, Search } from './operations.ts';
import type { Flow, LdapOperations, LdapPool, Limits, PoolSettings } from './pool.ts';
import type { Incoming } from './protocol/decode.ts';
import { parseAddress } from './transport/address.ts';
import type { Connection } from './transport/connection.ts';
import { ConnectionGroup } from './transport/connection-group.ts';
import { ConnectionBroken, givenUp, outcomeUnknown, unavailable } from './transport/failures.ts';
import { Listening } from './transport/listening.ts';
import { type Opening, openChannel } from './transport/open-connection.ts';
import { Servers } from './transport/servers.ts';

const IN_FLIGHT = 64;
const DEFAULTS = { connections: 4, timeoutMs: 5_000, connectTimeoutMs: 2_000, heartbeatMs: 2_000 };

/** Codes by which a server refuses for now, so that nothing was done: RFC 4511 appendix A.2 */
const BUSY = 51;
const UNAVAILABLE = 52;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;
const RETRY_AFTER_MS = 1_000;
/** Within which a server has carried out, or thrown away, the last that a broken connection brought it. */
const CARRIED_OUT_MS = 100;

/**
 * Nothing is connected before it is asked for: a server that is down is no reason to fail.
 * @throws {DirectoryError} INVALID_VALUE where a URL is none, or a password is empty
 */
export function openPool(settings: PoolSettings): LdapPool {
  return new Pool(settings);
}

class Pool extends Operations implements LdapPool {
  readonly #timeoutMs: number;
  readonly #servers: Servers;
  readonly #primary: ConnectionGroup;
  readonly #replicas: ConnectionGroup | undefined;
  readonly #exclusive: ConnectionGroup;
  readonly #listening: Listening;

  constructor({ urls, replicas = [], tls, bind, ...settings }: PoolSettings) {
    super((limits, ask) => this.#perform(limits, ask));
    checkBind(bind);
    const { connections, timeoutMs, connectTimeoutMs, heartbeatMs } = { ...DEFAULTS, ...settings };
    this.#timeoutMs = timeoutMs;
    const opening = { connectTimeoutMs, ...(tls !== undefined && { tls }), ...(bind !== undefined && { bind }) };
    const bounds = { connections, perConnection: IN_FLIGHT, patienceMs: timeoutMs };
    const primary = serversAt(urls, opening);
    this.#servers = primary;
    this.#primary = new ConnectionGroup(primary, bounds);
    this.#exclusive = new ConnectionGroup(primary, { ...bounds, perConnection: 1 });
    this.#listening = new Listening(primary, { heartbeatMs, timeoutMs });
    this.#replicas = replicas.length === 0 ? undefined : new ConnectionGroup(serversAt(replicas, opening), bounds);
  }

  get server(): string {
    return this.#servers.activeUrl;
  }

  async exclusive<T>(limits: Limits, work: (connection: LdapOperations) => Promise<T>): Promise<T> {
    const connection = await this.#exclusive.acquire(this.#until(limits), limits.signal);
    try {
      return await work(new Operations((own, ask) => this.#alone(connection, own, ask)));
    } catch (error) {
      // What the server keeps for work that ended in the middle is known to this connection and ends with it.
      connection.retire(this.#timeoutMs);
      throw error;
    } finally {
      connection.release();
    }
  }

  listen(signal: AbortSignal, request: Search, take: (message: Incoming, flow: Flow) => void): Promise<LdapResult> {
    return this.#listening.listen(signal, request, take);
  }

  async close(): Promise<void> {
    for (const group of [this.#primary, this.#exclusive, this.#replicas, this.#listening]) group?.close();
  }

  #until({ deadline }: Limits): number {
    return Math.min(deadline, Date.now() + this.#timeoutMs);
  }

  /** What has broken is sent again where that cannot do it twice; what a server refuses for now, after a while. */
  async #perform(limits: Limits, ask: Ask): Promise<ExtendedResult> {
    const until = this.#until(limits);
    let refusals = 0;
    let attempts = 0;
    for (;;) {
      const encode = ask.encode(until);
      const acquired = this.#acquire(limits, ask, until);
      const connection = acquired instanceof Promise ? await acquired : acquired;
      let result: ExtendedResult;
      try {
        result = await connection.perform({ asking: ask, encode, until, signal: limits.signal });
      } catch (error) {
        attempts += 1;
        if (attempts === ATTEMPTS || !mayRepeat(error, ask)) throw await broken(error, ask);
        continue;
      }
      if (result.code !== BUSY && result.code !== UNAVAILABLE) return result;
      if (result.code === UNAVAILABLE) connection.retire(this.#timeoutMs);
      await pauseAfter(result, refusals, until, limits.signal);
      refusals += 1;
      attempts = 0;
    }
  }

  #acquire(limits: Limits, ask: Ask, until: number): Connection | Promise<Connection> {
    if (this.#replicas !== undefined && limits.consistency === 'any' && !ask.writes) {
      return this.#acquireReplica(this.#replicas, limits, until);
    }
    return this.#primary.acquire(until, limits.signal);
  }

  async #acquireReplica(replicas: ConnectionGroup, { signal }: Limits, until: number): Promise<Connection> {
    try {
      return await replicas.acquire(until, signal);
    } catch (error) {
      // Whatever keeps the replicas from answering, the primary may.
      if (Date.now() >= until || signal.aborted) throw error;
    }
    return this.#primary.acquire(until, signal);
  }

  /** What belongs to this connection has no meaning on another. */
  async #alone(connection: Connection, limits: Limits, ask: Ask): Promise<ExtendedResult> {
    const until = this.#until(limits);
    const encode = ask.encode(until);
    connection.lease();
    const task = { asking: ask, encode, until, signal: limits.signal };
    const result = await connection.perform(task).catch(async (error: unknown) => {
      throw await broken(error, ask);
    });
    if (result.code === BUSY || result.code === UNAVAILABLE) throw refused(result);
    return result;
  }
}

/** RFC 4513 §5.1.2: servers that allow it take a name without a password for nobody, and say that all is well. */
function checkBind(bind: PoolSettings['bind']): void {
  if (bind?.method !== 'simple' || bind.password !== '') return;
  const expected = 'a password for the name to bind with';
  throw new DirectoryError('INVALID_VALUE', `expected ${expected}`, { faults: [{ path: 'bindPassword', expected }] });
}

function serversAt(urls: readonly string[], opening: Opening): Servers {
  return new Servers(urls.map(parseAddress), (address) => openChannel(address, opening));
}

function mayRepeat(error: unknown, ask: Ask): boolean {
  if (!(error instanceof ConnectionBroken)) return false;
  return !error.sent || (!ask.writes && ask.isRepeatable?.() !== false);
}

/** The server carries out what it has received of a connection that broke: nobody is to look for it before. */
async function broken(error: unknown, ask: Ask): Promise<unknown> {
  if (!(error instanceof ConnectionBroken)) return error;
  if (ask.writes && error.sent) {
    await wait(CARRIED_OUT_MS);
    return outcomeUnknown(error);
  }
  return unavailable('the connection to the directory broke', error, RETRY_AFTER_MS);
}

function refused(result: ExtendedResult): Error {
  return unavailable(`the directory is busy (result ${result.code})`, new LdapError(result), RETRY_AFTER_MS);
}

/** Longer after each refusal. @throws {DirectoryError} UNAVAILABLE where there is no time for another try; TIMEOUT */
async function pauseAfter(result: ExtendedResult, refusals: number, until: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** refusals) * (0.5 + Math.random() / 2);
  if (Date.now() + ms >= until) throw refused(result);
  await wait(ms, undefined, { signal }).catch(() => {
    throw givenUp();
  });
}
