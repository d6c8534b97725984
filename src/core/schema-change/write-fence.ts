import type { DirectoryAdapter, Write, Written } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Ref, ResourceId } from '#model/resource.ts';
import { fenced } from './fenced.ts';

type Answers = readonly (Written | DirectoryError)[];

/** How many written resources a recorder remembers; past it everything has to be looked at again. */
const MOST_RECORDED = 20_000;

/** What was written while it was open. */
export interface Recorder {
  /** Undefined where there was more than can be remembered. */
  written(): readonly Ref[] | undefined;
  close(): void;
}

/**
 * Stands before the writes of one tenant, so that its schemas can change between two of them: writes are recorded while stored
 * data is looked at, held back for the moment of the switch, and refused where they were made under schemas that went.
 */
export class WriteFence {
  #inside = 0;
  #held: Promise<void> | undefined;
  #emptied: (() => void) | undefined;
  #oldest = 0;
  readonly #recordings = new Set<Recording>();

  /** The adapter as the directories of one generation of schemas use it. */
  guard(adapter: DirectoryAdapter, generation: number): DirectoryAdapter {
    return fenced(adapter, (call, operations, send) => this.#pass(call, generation, operations, send));
  }

  /** Writes of earlier generations are refused from now on. */
  retireBefore(generation: number): void {
    this.#oldest = generation;
  }

  record(): Recorder {
    const recording = new Recording();
    this.#recordings.add(recording);
    return { written: () => recording.written(), close: () => this.#recordings.delete(recording) };
  }

  /**
   * Resolves once no write is under way and none will begin until the answer is called.
   * @throws {DirectoryError} UNAVAILABLE where the writes under way do not end in time
   */
  async hold(timeoutMs: number): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const release = () => {
      this.#held = undefined;
      resolve();
    };
    this.#held = promise;
    if (this.#inside === 0 || (await this.#empty(timeoutMs))) return release;
    release();
    throw new DirectoryError('UNAVAILABLE', 'the writes under way did not end in time; nothing has changed; try again');
  }

  #empty(timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(false), timeoutMs);
      const done = (isEmpty: boolean) => {
        clearTimeout(timer);
        this.#emptied = undefined;
        resolve(isEmpty);
      };
      this.#emptied = () => done(true);
    });
  }

  #pass(call: Call, generation: number, operations: readonly Write[], send: () => Promise<Answers>): Promise<Answers> {
    if (this.#held !== undefined) return this.#wait(call, generation, operations, send);
    if (generation < this.#oldest) return Promise.reject(outdated());
    this.#inside += 1;
    const answering = send();
    answering.then(
      (answers) => this.#leave(operations, answers),
      () => this.#leave(operations, []),
    );
    return answering;
  }

  async #wait(call: Call, generation: number, operations: readonly Write[], send: () => Promise<Answers>) {
    await this.#held;
    return this.#pass(call, generation, operations, send);
  }

  #leave(operations: readonly Write[], answers: Answers): void {
    for (const recording of this.#recordings) recording.add(operations, answers);
    this.#inside -= 1;
    if (this.#inside === 0) this.#emptied?.();
  }
}

/** What one recorder has seen, each resource once. */
class Recording {
  readonly #types = new Map<ResourceId, string>();
  #complete = true;

  /** Those that failed as well: whether a write happened may not be known yet. */
  add(operations: readonly Write[], answers: Answers): void {
    for (const [index, operation] of operations.entries()) {
      const answer = answers[index];
      const given = answer instanceof Error ? undefined : answer?.resource?.id;
      const id = operation.id ?? given;
      if (id !== undefined) this.#types.set(id, operation.type);
    }
    if (this.#types.size <= MOST_RECORDED) return;
    this.#complete = false;
    this.#types.clear();
  }

  written(): readonly Ref[] | undefined {
    return this.#complete ? Array.from(this.#types, ([id, type]) => ({ id, type })) : undefined;
  }
}

function outdated(): DirectoryError {
  return new DirectoryError(
    'UNAVAILABLE',
    'the schemas of the tenant changed while this was under way; nothing was written; try again',
    { retryAfterMs: 1_000 },
  );
}
