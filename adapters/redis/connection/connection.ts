import { createHash } from 'node:crypto';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { isNeverSent, isPassing, outcomeUnknown, refusalOf, refused, tooLate, unreachable } from './errors.ts';
import { type Client, type ConnectionSettings, openClient } from './settings.ts';

type Argument = string | number;
export type Limits = Pick<Call, 'deadline' | 'signal'>;

/** A command by its name, or a script with the key that says in which slot it works. */
export type Command =
  | { readonly name: string; readonly args: readonly Argument[] }
  | { readonly script: string; readonly key: string; readonly args: readonly Argument[] };

type Outcome = { readonly reply: unknown } | { readonly error: unknown };

/** What waits for a lost connection, or for what Redis refuses in passing, waits no longer than this. */
const PATIENCE_MS = 2_000;
const RETRY_PAUSES_MS = [5, 20, 50, 100, 200];

/**
 * One connection to a Redis or a cluster, which all calls share: what is asked together is one round trip. Commands of one call
 * concern one tenant, so that a cluster has them in one place.
 */
export class RedisConnection {
  readonly #settings: ConnectionSettings;
  readonly #client: Client;
  /** Digests of scripts that the server has been sent over this connection. */
  readonly #sent = new Map<string, string>();
  readonly #loaded = new Set<string>();
  #becomesReady: Promise<true> | undefined;
  #lastError: unknown;
  #closed = false;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
    this.#client = openClient(settings);
    this.#client.on('error', (error: unknown) => {
      this.#lastError = error;
    });
    this.#client.on('ready', () => this.#loaded.clear());
  }

  /** Replies in order. @throws UNAVAILABLE, TIMEOUT */
  async read(limits: Limits, commands: readonly Command[]): Promise<readonly unknown[]> {
    const outcomes = await this.#persist(limits, commands);
    return outcomes.map((outcome) => {
      if ('reply' in outcome) return outcome.reply;
      throw toDirectoryError(outcome.error, unreachable);
    });
  }

  /** In order, each alone: its reply, or the error that says whether it may have happened. @throws UNAVAILABLE, TIMEOUT where nothing was sent */
  async write(limits: Limits, commands: readonly Command[]): Promise<readonly unknown[]> {
    const outcomes = await this.#persist(limits, commands);
    return outcomes.map((outcome) =>
      'reply' in outcome ? outcome.reply : toDirectoryError(outcome.error, outcomeUnknown),
    );
  }

  /** A client of one's own, for what would keep others waiting. */
  openListener(): Client {
    const client = openClient(this.#settings);
    client.on('error', (error: unknown) => {
      this.#lastError = error;
    });
    return client;
  }

  /** One reply per primary of the cluster, or of the one server. @throws UNAVAILABLE, TIMEOUT */
  async askEach(limits: Limits, name: string, ...args: readonly string[]): Promise<readonly unknown[]> {
    await this.#ready(limits);
    const nodes = 'nodes' in this.#client ? this.#client.nodes('master') : [this.#client];
    const asked = Promise.allSettled(nodes.map((node) => node.call(name, ...args)));
    const settled = await inTime(asked, limits);
    if (settled === undefined) throw tooLate('answered');
    return settled.map((each) => {
      if (each.status === 'fulfilled') return each.value;
      throw toDirectoryError(each.reason, unreachable);
    });
  }

  close(): void {
    this.#closed = true;
    this.#client.disconnect();
  }

  /** What was refused in passing is asked again, where nothing after it was carried out. */
  async #persist(limits: Limits, commands: readonly Command[]): Promise<readonly Outcome[]> {
    const patience = Math.min(limits.deadline, Date.now() + PATIENCE_MS);
    let outcomes = await this.#send(limits, commands);
    for (const pause of RETRY_PAUSES_MS) {
      const first = outcomes.findIndex((outcome) => 'error' in outcome && isPassing(outcome.error));
      if (first < 0 || !outcomes.slice(first).every((each) => 'error' in each && isPassing(each.error))) break;
      if (isScriptGone(outcomes[first])) this.#loaded.clear();
      else if (Date.now() + pause >= patience || !(await pauseFor(pause, limits))) break;
      const again = await this.#sendAgain(limits, commands.slice(first));
      if (again === undefined) break;
      outcomes = outcomes.map((outcome, at) => laterOf(outcome, again[at - first]));
    }
    // A primary that has become a replica stays one; the name may lead to another server by now.
    if (outcomes.some((outcome) => 'error' in outcome && refusalOf(outcome.error) === 'READONLY')) this.#reconnect();
    return outcomes;
  }

  #reconnect(): void {
    if (!('nodes' in this.#client)) this.#client.disconnect(true);
  }

  /** Undefined where nothing was sent, so that the refusal stands. */
  async #sendAgain(limits: Limits, commands: readonly Command[]): Promise<readonly Outcome[] | undefined> {
    try {
      return await this.#send(limits, commands);
    } catch (error) {
      if (error instanceof DirectoryError) return undefined;
      throw error;
    }
  }

  /** @throws UNAVAILABLE, TIMEOUT where nothing was sent */
  async #send(limits: Limits, commands: readonly Command[]): Promise<readonly Outcome[]> {
    if (commands.length === 0) return [];
    await this.#ready(limits);
    const pipeline = this.#client.pipeline();
    for (const command of commands) pipeline.call(...this.#toCall(command));
    const results = await inTime(pipeline.exec(), limits);
    if (results === undefined) return commands.map(() => ({ error: tooLate('answered') }));
    return (results ?? []).map(([error, reply]) => (error === null ? { reply } : { error }));
  }

  get isCluster(): boolean {
    return 'nodes' in this.#client;
  }

  /** The text of a script goes along once: the server keeps it until it ends or is told to forget. */
  #toCall(command: Command): [string, ...Argument[]] {
    if ('name' in command) return [command.name, ...command.args];
    const { script, key, args } = command;
    if (!this.#loaded.has(script)) {
      this.#loaded.add(script);
      return ['eval', script, 2, key, absentKey(key), ...args];
    }
    return ['evalsha', this.#digest(script), 2, key, absentKey(key), ...args];
  }

  #digest(script: string): string {
    const known = this.#sent.get(script) ?? createHash('sha1').update(script).digest('hex');
    this.#sent.set(script, known);
    return known;
  }

  async #ready(limits: Limits): Promise<void> {
    if (this.#closed) throw new DirectoryError('UNAVAILABLE', 'the redis backend is closed');
    if (limits.signal.aborted || Date.now() >= limits.deadline) throw tooLate('asked');
    if (this.#client.status === 'ready') return;
    const patience = Math.min(limits.deadline, Date.now() + Math.min(PATIENCE_MS, this.#settings.connectTimeoutMs));
    const connected = await inTime(this.#nextReady(), { deadline: patience, signal: limits.signal });
    if (limits.signal.aborted || Date.now() >= limits.deadline) throw tooLate('asked');
    if (connected === undefined || this.#closed) throw unreachable(this.#lastError);
  }

  /** One for all who wait. */
  #nextReady(): Promise<true> {
    this.#becomesReady ??= new Promise((resolve) => {
      this.#client.once('ready', () => {
        this.#becomesReady = undefined;
        resolve(true);
      });
    });
    return this.#becomesReady;
  }
}

/** What was not even sent again leaves the refusal standing, which says more. */
function laterOf(outcome: Outcome, again: Outcome | undefined): Outcome {
  if (again === undefined) return outcome;
  const saysLess = 'error' in again && isNeverSent(again.error);
  return saysLess ? outcome : again;
}

/**
 * A key that never exists, beside one that may: while a slot is being moved, both its nodes refuse (ASK, then TRYAGAIN) what names
 * both. A script would otherwise begin there and be stopped at the first key that is not.
 */
function absentKey(key: string): string {
  return `${key}!`;
}

function isScriptGone(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && 'error' in outcome && refusalOf(outcome.error) === 'NOSCRIPT';
}

function toDirectoryError(error: unknown, otherwise: (cause: unknown) => DirectoryError): DirectoryError {
  if (refusalOf(error) !== undefined) return refused(error);
  if (isNeverSent(error)) return unreachable(error);
  if (error instanceof DirectoryError && otherwise === unreachable) return error;
  return otherwise(error);
}

/** Undefined where the time is up or nobody waits any more. */
async function inTime<T>(work: Promise<T>, { deadline, signal }: Limits): Promise<T | undefined> {
  let end = () => {};
  const over = new Promise<undefined>((resolve) => {
    const stop = () => resolve(undefined);
    const timer = setTimeout(stop, Math.max(0, deadline - Date.now()));
    signal.addEventListener('abort', stop);
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    end();
  }
}

/** False where the time is up. */
async function pauseFor(ms: number, limits: Limits): Promise<boolean> {
  await inTime(new Promise<never>(() => {}), {
    deadline: Math.min(limits.deadline, Date.now() + ms),
    signal: limits.signal,
  });
  return !limits.signal.aborted && Date.now() < limits.deadline;
}
