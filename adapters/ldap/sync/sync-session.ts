import type { Incoming } from '../connection/protocol/decode.ts';
import type { EntryChange } from './entry-change.ts';
import type { KnownEntries } from './known-entries.ts';
import { SYNC_INFO, type SyncInfo, syncInfo, syncState } from './sync-messages.ts';

type EntryMessage = Extract<Incoming, { kind: 'entry' }>;

export interface Listener {
  tell(change: EntryChange): void;
  /** The server names what is there instead of what has changed: only a look at the whole shows the difference. Told once. */
  lookAgain(): void;
}

/** What one connection tells, from its refresh on, as changes. RFC 4533 §3.3 and §3.4 */
export class SyncSession {
  readonly #known: KnownEntries;
  readonly #isFull: boolean;
  readonly #listener: Listener;
  /** The directory as it was when it was first looked at is no change. */
  readonly #isSilent: boolean;
  #refreshes = true;
  #isPresentPhase = false;
  /** Whatever else comes says less than the look at the whole that follows. */
  #isOver = false;

  /** `isFull`: begun without a cookie. */
  constructor(known: KnownEntries, isFull: boolean, listener: Listener) {
    this.#known = known;
    this.#isFull = isFull;
    this.#isSilent = isFull && !known.isComplete;
    this.#listener = listener;
    known.beginRefresh();
  }

  take(message: Incoming): void {
    if (this.#isOver) return;
    if (message.kind === 'entry') this.#takeEntry(message);
    if (message.kind === 'intermediate' && message.oid === SYNC_INFO && message.value !== undefined) {
      this.#takeInfo(syncInfo(message.value));
    }
  }

  #takeEntry({ entry, controls }: EntryMessage): void {
    const { state, id, cookie } = syncState(controls);
    const after = cookie === undefined ? {} : { cookie };
    if (state === 'present') this.#presentPhase();
    else if (state === 'delete') this.#deleted(id, after);
    else {
      const found = this.#known.put(id, entry.string('entryCSN') ?? '');
      if (found === 'same' || (this.#refreshes && this.#isSilent)) {
        if (this.#refreshes) this.#listener.tell({ kind: 'present', id, entry });
        return;
      }
      // A refresh calls everything added that it sends.
      const isNew = found === 'new' && (this.#known.isComplete || (!this.#refreshes && state === 'add'));
      this.#listener.tell({ kind: isNew ? 'add' : 'modify', id, entry, ...after });
    }
  }

  #deleted(id: string, after: { readonly cookie?: string }): void {
    const wasKnown = this.#known.drop(id);
    if (wasKnown || !this.#known.isComplete) this.#listener.tell({ kind: 'delete', id, ...after });
  }

  #takeInfo(info: SyncInfo): void {
    if (info.kind === 'cookie') this.#current(info.cookie);
    else if (info.kind === 'phase') {
      if (info.phase === 'present') this.#presentPhase();
      if (info.done && !this.#isOver) this.#refreshed(info.cookie);
    } else if (info.deleted) {
      for (const id of info.ids) this.#deleted(id, {});
    } else this.#presentPhase();
  }

  /**
   * What is not mentioned is gone, and what is mentioned may be older than it was: slapd calls unchanged what a restored backup has
   * taken back. Who does not know what there was can do no more than say so.
   */
  #presentPhase(): void {
    if (this.#isFull || this.#isPresentPhase) return;
    this.#isPresentPhase = true;
    if (this.#known.isComplete) {
      this.#isOver = true;
      this.#listener.lookAgain();
    } else this.#listener.tell({ kind: 'gap' });
  }

  #refreshed(cookie: string | undefined): void {
    if (this.#isFull) {
      for (const id of this.#known.endFullRefresh()) this.#listener.tell({ kind: 'delete', id });
    }
    this.#refreshes = false;
    this.#current(cookie);
  }

  #current(cookie: string | undefined): void {
    if (cookie !== undefined) this.#listener.tell({ kind: 'current', cookie });
  }
}
