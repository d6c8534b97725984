import { expect } from 'vitest';
import type { Change, DirectoryAdapter } from '#adapters/adapter.ts';
import { callOf } from '#test/contract/subject.ts';

/** One who follows the changes of a tenant from now on, or from a position. */
export class Reader {
  readonly changes: Change[] = [];
  readonly ended: Promise<unknown>;
  position: string;
  readonly #controller = new AbortController();

  private constructor(adapter: DirectoryAdapter, position: string, tenant: string) {
    this.position = position;
    this.ended = this.#follow(adapter, tenant).then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  static async open(
    adapter: DirectoryAdapter,
    { after = null as string | null, tenant = 'one' } = {},
  ): Promise<Reader> {
    const position = after ?? (await adapter.changes(callOf({ tenant: tenant as never }), null, 1)).next;
    return new Reader(adapter, position, tenant);
  }

  /** Kinds and ids, in the order in which they came. */
  get told(): readonly string[] {
    return this.changes.map(({ kind, id }) => `${kind} ${id}`);
  }

  async sees(count: number): Promise<readonly Change[]> {
    await expect.poll(() => this.changes.length, { timeout: 60_000, interval: 2 }).toBeGreaterThanOrEqual(count);
    return this.changes;
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await this.ended;
  }

  async #follow(adapter: DirectoryAdapter, tenant: string): Promise<void> {
    const { signal } = this.#controller;
    while (!signal.aborted) {
      const call = callOf({ signal, tenant: tenant as never });
      const { changes, next } = await adapter.changes(call, this.position, 100);
      this.changes.push(...changes);
      this.position = next;
    }
  }
}
