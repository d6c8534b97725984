import type { Change } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { Principal } from '#model/principal.ts';
import type { Directory } from '../directory.ts';
import type { ResourceType } from '../schema/attribute.ts';

/** The contract's record of a change; faces know it from here alone. */
export type { Change } from '#adapters/adapter.ts';

export interface ChangeSearch {
  /** A cursor of the same credential, whatever types it was given out for; absent, from now on. */
  readonly after?: string;
  /** All types of the registry where absent. */
  readonly types?: readonly ResourceType[];
  /** 0 reads nothing, and tells whether there is anything. */
  readonly limit: number;
}

/** Changes in commit order. The page ends early where its changes name more than 10,000 members together. */
export interface ChangePage {
  readonly changes: readonly Change[];
  /** Whether changes of any type are known to follow: the page may be empty and have more. */
  readonly hasMore: boolean;
  /** Leads to what follows the page. */
  readonly next: string;
  /** Leads to what follows a change of the page. */
  cursorAfter(change: Change): string;
}

/** What reading the feed needs of a session. */
export interface ChangeReader {
  readonly directory: Directory;
  readonly call: Call;
  readonly principal: Principal;
}
