import { LRUCache } from 'lru-cache';
import type { Change, Write, Written } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Told } from './mirror.ts';

/** What the gateway knows of a change that it has made itself, and the directory does not tell. */
export type Provenance = Pick<Change, 'actor' | 'requestId' | 'members'>;

/** What a change of ours is told by: its id, and its version unless it is a deletion. */
export interface Sign {
  readonly id: ResourceId;
  readonly version?: string;
}

/** Some hundred bytes each; a change of members counts as many as it moves. */
const KEPT = 50_000;
/** A write that is not told by then will not be: the account may change what it is not shown. */
const PATIENCE_MS = 1_000;

/** The last writes of this process, to be recognised when the directory tells them. */
export class OwnWrites {
  readonly #known = new LRUCache<string, Provenance>({
    maxSize: KEPT,
    sizeCalculation: ({ members }) =>
      1 + (typeof members === 'object' ? members.added.length + members.removed.length : 0),
  });
  /** Without an answer so far; an id that is not known yet is undefined. */
  readonly #underWay = new Map<number, ResourceId | undefined>();
  #begun = 0;
  /** When they were answered, by `performance.now()`. */
  readonly #untold = new Map<ResourceId, Sign & { readonly at: number }>();

  /** How many have begun. */
  get begun(): number {
    return this.#begun;
  }

  /** A number for `end`. */
  begin(operation: Write): number {
    this.#begun += 1;
    this.#underWay.set(this.#begun, operation.kind === 'create' ? undefined : operation.id);
    return this.#begun;
  }

  end(number: number): void {
    this.#underWay.delete(number);
  }

  /** Whether the answer to one of the first `begun` writes may show that a change of unknown origin is ours. */
  mayBeOurs(told: Told, begun: number): boolean {
    if (this.#underWay.size === 0 || this.of(told) !== undefined) return false;
    for (const [number, id] of this.#underWay) {
      if (number <= begun && (id === told.id || (id === undefined && told.kind === 'created'))) return true;
    }
    return false;
  }

  /** @returns what the directory will tell; undefined where nothing changed */
  note({ actor, requestId }: Call, operation: Write, { resource, changed, members }: Written): Sign | undefined {
    const id = resource?.id ?? ('id' in operation ? operation.id : undefined);
    if (!changed || id === undefined) return undefined;
    const sign = { id, ...(resource !== null && { version: resource.version }) };
    this.#known.set(keyOf(sign), { actor, requestId, ...(members !== undefined && { members }) });
    return sign;
  }

  of(sign: Sign): Provenance | undefined {
    return this.#known.get(keyOf(sign));
  }

  /** Somebody may soon ask for a position that is after this one. */
  expect(sign: Sign): void {
    this.#untold.delete(sign.id);
    this.#untold.set(sign.id, { ...sign, at: performance.now() });
    this.#forgetOld();
  }

  told({ id, version }: Sign): void {
    const expected = this.#untold.get(id);
    if (expected === undefined) return;
    if (version === undefined || (expected.version !== undefined && version >= expected.version))
      this.#untold.delete(id);
  }

  /** How long to wait at most for what was answered before and is not told yet; 0 where everything is. */
  untoldMs(before: number): number {
    this.#forgetOld();
    let last: number | undefined;
    for (const { at } of this.#untold.values()) if (at <= before) last = at;
    return last === undefined ? 0 : Math.max(0, last + PATIENCE_MS - performance.now());
  }

  #forgetOld(): void {
    const before = performance.now() - PATIENCE_MS;
    for (const [id, { at }] of this.#untold) {
      if (at > before) return;
      this.#untold.delete(id);
    }
  }
}

function keyOf({ id, version }: Sign): string {
  return `${id} ${version ?? ''}`;
}
