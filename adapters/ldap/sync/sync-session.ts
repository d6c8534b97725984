import type { Incoming } from '../connection/protocol/decode.ts';
import type { EntryChange } from './entry-change.ts';
import type { KnownEntries } from './known-entries.ts';
import { SYNC_INFO, type SyncInfo, syncInfo, syncState } from './sync-messages.ts';

type EntryMessage = Extract<Incoming, { kind: 'entry' }>;

/** What one connection tells, from its refresh on, as changes. RFC 4533 §3.3 and §3.4 */
export class SyncSession {
  readonly #known: KnownEntries;
  readonly #isFull: boolean;
  readonly #tell: (change: EntryChange) => void;
  /** The directory as it was when it was first looked at is no change. */
  readonly #isSilent: boolean;
  #refreshes = true;

  /** `isFull`: begun without a cookie. */
  constructor(known: KnownEntries, isFull: boolean, tell: (change: EntryChange) => void) {
    this.#known = known;
    this.#isFull = isFull;
    this.#isSilent = isFull && !known.isComplete;
    this.#tell = tell;
    known.beginRefresh();
  }

  take(message: Incoming): void {
    if (message.kind === 'entry') this.#takeEntry(message);
    if (message.kind === 'intermediate' && message.oid === SYNC_INFO && message.value !== undefined) {
      this.#takeInfo(syncInfo(message.value));
    }
  }

  #takeEntry({ entry, controls }: EntryMessage): void {
    const { state, id, cookie } = syncState(controls);
    const after = cookie === undefined ? {} : { cookie };
    if (state === 'present') this.#known.mention(id);
    else if (state === 'delete') this.#deleted(id, after);
    else {
      const found = this.#known.put(id, entry.string('entryCSN') ?? '');
      if (found === 'same' || (this.#refreshes && this.#isSilent)) return;
      // A refresh calls everything added that it sends.
      const isNew = found === 'new' && (this.#known.isComplete || (!this.#refreshes && state === 'add'));
      this.#tell({ kind: isNew ? 'add' : 'modify', id, entry, ...after });
    }
  }

  #deleted(id: string, after: { readonly cookie?: string }): void {
    const wasKnown = this.#known.drop(id);
    if (wasKnown || !this.#known.isComplete) this.#tell({ kind: 'delete', id, ...after });
  }

  #takeInfo(info: SyncInfo): void {
    if (info.kind === 'cookie') this.#current(info.cookie);
    else if (info.kind === 'ids') {
      for (const id of info.ids) {
        if (info.deleted) this.#deleted(id, {});
        else this.#known.mention(id);
      }
    } else {
      if (info.phase === 'present' && !this.#isFull) this.#sweep();
      if (info.done) this.#refreshed(info.cookie);
    }
  }

  #refreshed(cookie: string | undefined): void {
    if (this.#isFull) {
      this.#sweep();
      this.#known.endFullRefresh();
    }
    this.#refreshes = false;
    this.#current(cookie);
  }

  /** Who does not know all there was cannot say what is gone. */
  #sweep(): void {
    const gone = this.#known.sweep();
    if (this.#isSilent) return;
    if (!this.#known.isComplete) this.#tell({ kind: 'gap' });
    for (const id of gone) this.#tell({ kind: 'delete', id });
  }

  #current(cookie: string | undefined): void {
    if (cookie !== undefined) this.#tell({ kind: 'current', cookie });
  }
}
