import type { Change } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Version } from '#model/resource.ts';
import { type MemberPlan, planToRefs } from './links/member-plan.ts';
import { parseSerial, type Row, rowToRef, serialToText } from './row.ts';

/**
 * A tenant's last changes, in commit order, as a ring of columns: the change with serial s stands at (s - 1) modulo the capacity.
 * A change's serial is its position here and the version that it gave.
 */
export class ChangeLog {
  readonly #epoch: string;
  readonly #capacity: number;
  readonly #rows: Row[] = [];
  readonly #kinds: Change['kind'][] = [];
  readonly #times: number[] = [];
  readonly #plans: (MemberPlan | 'many' | undefined)[] = [];
  readonly #actors: string[] = [];
  readonly #requestIds: string[] = [];
  #last = 0;
  #closed = false;
  readonly #waiting = new Set<() => void>();

  constructor(epoch: string, capacity: number) {
    this.#epoch = epoch;
    this.#capacity = capacity;
  }

  append(call: Call, kind: Change['kind'], row: Row, plan: MemberPlan | 'many' | undefined): number {
    const place = this.#last % this.#capacity;
    this.#rows[place] = row;
    this.#kinds[place] = kind;
    this.#times[place] = row.modified;
    this.#plans[place] = plan;
    this.#actors[place] = call.actor;
    this.#requestIds[place] = call.requestId;
    this.#last++;
    this.#wake();
    return this.#last;
  }

  get position(): string {
    return serialToText(this.#last, this.#epoch);
  }

  /** @throws EXPIRED_CURSOR where a change after `position` is no longer kept, or `position` is of another process */
  async read(call: Call, position: string, limit: number): Promise<{ changes: readonly Change[]; next: string }> {
    const after = this.#parse(position);
    if (after === this.#last) await this.#more(call.signal);
    if (this.#closed) throw new DirectoryError('UNAVAILABLE', 'the memory backend is closed');
    if (after < this.#last - this.#capacity) throw expired();
    const until = Math.min(this.#last, after + limit);
    const changes: Change[] = [];
    for (let serial = after + 1; serial <= until; serial++) changes.push(this.#change(serial));
    return { changes, next: serialToText(until, this.#epoch) };
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  #parse(position: string): number {
    const serial = parseSerial(position, this.#epoch);
    if (serial === undefined || serial > this.#last) throw expired();
    return serial;
  }

  #change(serial: number): Change {
    const place = (serial - 1) % this.#capacity;
    const kind = this.#kinds[place] as Change['kind'];
    const position = serialToText(serial, this.#epoch);
    const plan = this.#plans[place];
    return {
      ...rowToRef(this.#rows[place] as Row),
      position,
      kind,
      at: new Date(this.#times[place] as number),
      ...(kind !== 'deleted' && { version: position as Version }),
      ...(plan && { members: planToRefs(plan) }),
      actor: this.#actors[place] as string,
      requestId: this.#requestIds[place] as string,
    };
  }

  /** Resolves at the next change, on abort and on close. */
  #more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }

  #wake(): void {
    for (const done of this.#waiting) done();
  }
}

function expired(): DirectoryError {
  return new DirectoryError(
    'EXPIRED_CURSOR',
    'the changes after this position are no longer kept: read everything again',
  );
}
