import type { Change, Write, Written } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { compareText } from '#model/fold.ts';
import type { ResourceId } from '#model/resource.ts';
import { nextTurn, turnIsOver } from '#model/turns.ts';
import type { LdapPool } from '../connection/pool.ts';
import type { Witness } from '../names.ts';
import type { FeedOptions, LdapOptions } from '../options/options.ts';
import type { EntryChange } from '../sync/entry-change.ts';
import { followChanges } from '../sync/follow-changes.ts';
import { KnownEntries } from '../sync/known-entries.ts';
import type { TenantView } from '../tenant-view.ts';
import { Bell } from './bell.ts';
import { ChangeLog, type Logged } from './change-log.ts';
import { followedSearch } from './followed.ts';
import { HeldChanges } from './held-changes.ts';
import { Mirror, type Told } from './mirror.ts';
import { momentOf, timeOf } from './moments.ts';
import { OwnWrites, type Sign } from './own-writes.ts';
import type { Place } from './places.ts';

const RETRY_AFTER_MS = 1_000;
/** What a timer can hold. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * The changes of a whole directory, of all its tenants, over one connection that is opened when somebody needs it for the first time.
 * It lasts until `close`; what breaks is mended, from the place where it broke.
 */
export class Feed implements Witness {
  readonly #pool: LdapPool;
  readonly #options: LdapOptions;
  readonly #log: ChangeLog;
  readonly #mirror: Mirror;
  readonly #known = new KnownEntries();
  readonly #own = new OwnWrites();
  readonly #held = new HeldChanges(this.#own, (told, moment) => this.#record(told, moment));
  readonly #bell = new Bell<Place>();
  readonly #end = new AbortController();
  /** What a refresh has told so far. */
  #refreshed: Told[] = [];
  #needsLook = false;
  #isRunning = false;
  #isLive = false;
  /** Why nobody follows any more, and since when by `performance.now()`. */
  #failure: { readonly error: unknown; readonly at: number } | undefined;

  constructor(pool: LdapPool, options: LdapOptions, { kept }: FeedOptions) {
    this.#pool = pool;
    this.#options = options;
    this.#log = new ChangeLog(kept);
    this.#mirror = new Mirror(options);
  }

  /** Connected, with everything told that had happened before. */
  get isLive(): boolean {
    return this.#isLive;
  }

  versionOf(id: ResourceId): string | undefined {
    return this.#mirror.versionOf(id);
  }

  /** Begins to follow, where nobody does; whoever needs to know when waits by `changes`. */
  start(): void {
    if (this.#isRunning || this.#end.signal.aborted) return;
    if (this.#failure !== undefined && performance.now() - this.#failure.at < RETRY_AFTER_MS) return;
    this.#isRunning = true;
    this.#failure = undefined;
    void this.#run();
  }

  /** The tenant's names are kept up to date from now on. */
  serve(view: TenantView): void {
    this.#mirror.placesOf(view);
  }

  /** A write of this process begins, and will be told as well; what is returned is to be called with its answer. */
  writes(call: Call, operation: Write): (answer: Written | undefined) => void {
    const number = this.#own.begin(operation);
    return (answer) => {
      this.#own.end(number);
      if (answer !== undefined && this.#isRunning) this.#expect(this.#own.note(call, operation, answer));
      this.#held.releaseKnown();
    };
  }

  #expect(sign: Sign | undefined): void {
    if (sign === undefined) return;
    const present = this.versionOf(sign.id);
    const isTold =
      sign.version === undefined ? present === undefined : present !== undefined && present >= sign.version;
    if (!isTold || this.#held.has(sign.id)) this.#own.expect(sign);
  }

  /** As `DirectoryAdapter.changes`. */
  async changes(
    call: Call,
    view: TenantView,
    after: string | null,
    limit: number,
  ): Promise<{ readonly changes: readonly Change[]; readonly next: string }> {
    const places = this.#mirror.placesOf(view);
    if (after === null) return { changes: [], next: await this.#present(call, places) };
    await this.#until(call, () => this.#log.hasBegun);
    await this.#ownAreTold(call);
    for (;;) {
      this.#check();
      const { serial, isOurs } = this.#log.find(after, places);
      const changes = this.#log.after(serial, places, limit).map((logged) => this.#toChange(logged));
      const next = changes.at(-1)?.position;
      if (next !== undefined) return { changes, next };
      // The same moment, as this process will know it again.
      if (!isOurs) return { changes, next: this.#log.position(places) };
      if (call.signal.aborted) return { changes, next: after };
      await this.#bell.heard(call.signal, places);
    }
  }

  close(): void {
    this.#end.abort();
    this.#bell.ring();
  }

  /** After all that this process has written. */
  async #present(call: Call, places: readonly Place[]): Promise<string> {
    await this.#until(call, () => this.#isLive);
    await this.#ownAreTold(call);
    this.#check();
    return this.#log.position(places);
  }

  /** Whoever has written sees it, though the answer to a write may be here before it is told. */
  async #ownAreTold({ signal }: Call): Promise<void> {
    const now = performance.now();
    for (let ms = this.#own.untoldMs(now); ms > 0 && !signal.aborted; ms = this.#own.untoldMs(now)) {
      await this.#bell.heard(AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(ms))]));
    }
  }

  /** @throws UNAVAILABLE where the time of the call is over before */
  async #until({ signal, deadline }: Call, isSo: () => boolean): Promise<void> {
    this.start();
    const timer = AbortSignal.timeout(Math.min(Math.max(0, deadline - Date.now()), LONGEST_MS));
    const either = AbortSignal.any([signal, timer]);
    for (;;) {
      this.#check();
      if (isSo()) return;
      if (either.aborted) throw unavailable('the changes of the directory cannot be followed yet');
      await this.#bell.heard(either);
    }
  }

  /** @throws UNAVAILABLE after close; whatever the following has ended with */
  #check(): void {
    if (this.#end.signal.aborted) throw new DirectoryError('UNAVAILABLE', 'the LDAP backend is closed');
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #run(): Promise<void> {
    try {
      const following = {
        ...followedSearch(this.#options),
        cookie: null,
        known: this.#known,
        tellsPresent: true,
        needsLook: () => this.#needsLook,
        signal: this.#end.signal,
      };
      for await (const change of followChanges(this.#pool, following)) {
        this.#take(change);
        if (turnIsOver()) await nextTurn();
      }
    } catch (error) {
      this.#failure = { error, at: performance.now() };
    }
    this.#isRunning = false;
    this.#interrupt();
    this.#bell.ring();
  }

  #take(change: EntryChange): void {
    switch (change.kind) {
      case 'present':
        this.#tell(this.#mirror.see(change.id, change.entry));
        break;
      case 'add':
      case 'modify':
        if (this.#mirror.isMoved(change.id, change.entry)) this.#lookAgain();
        this.#tell(this.#mirror.take(change.id, change.entry), change.cookie);
        break;
      case 'delete':
        this.#tell(this.#mirror.drop(change.id), change.cookie);
        break;
      case 'current':
        this.#reach(momentOf(change.cookie));
        break;
      case 'interrupted':
        this.#interrupt();
        break;
      case 'gap':
        this.#interrupt();
        this.#refreshed = [];
        this.#log.reset();
        this.#bell.ring();
    }
  }

  #interrupt(): void {
    this.#held.releaseAll();
    this.#isLive = false;
    this.#needsLook = false;
  }

  #lookAgain(): void {
    this.#isLive = false;
    this.#needsLook = true;
  }

  /** What a refresh tells has no order, so that it is kept until it is complete. */
  #tell(told: readonly Told[], cookie?: string): void {
    if (!this.#log.hasBegun) return;
    if (!this.#isLive) this.#refreshed.push(...told);
    else this.#hold(told, cookie === undefined ? undefined : momentOf(cookie));
  }

  #reach(moment: string): void {
    this.#hold(this.#refreshed.sort(byTime), moment);
    this.#refreshed = [];
    this.#isLive = !this.#needsLook;
    this.#bell.ring();
  }

  /** Only the last of them ends at the moment. */
  #hold(all: readonly Told[], moment: string | undefined): void {
    if (all.length === 0) this.#held.add(undefined, moment);
    all.forEach((told, i) => {
      this.#held.add(told, i === all.length - 1 ? moment : undefined);
    });
  }

  #record(told: Told | undefined, moment: string | undefined): void {
    if (told !== undefined) {
      const at = timeOf(told.version ?? moment ?? '') ?? new Date();
      this.#log.append({ ...told, at }, moment);
      this.#own.told(told);
      this.#bell.ring(told.place);
    } else if (moment !== undefined) this.#log.reach(moment);
  }

  #toChange({ told, position }: Logged): Change {
    const { id, kind, at, version, place } = told;
    return {
      position,
      kind,
      type: place.type,
      id,
      at,
      ...(version !== undefined && { version }),
      ...this.#own.of(told),
    };
  }
}

/** Deletions, whose time is not told, come first: what they have freed may be in use again. */
function byTime(a: Told, b: Told): number {
  return compareText(a.version ?? '', b.version ?? '');
}

function unavailable(detail: string): DirectoryError {
  return new DirectoryError('UNAVAILABLE', detail, { retryAfterMs: RETRY_AFTER_MS });
}
