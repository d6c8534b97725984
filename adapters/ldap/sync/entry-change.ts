import type { Entry } from '../connection/entry.ts';

/**
 * What happened in a directory, whoever did it. A `cookie` is where to go on after this one and all before it.
 * `add` is told only of what is known to be new; after a start with a cookie a new entry may be a `modify`.
 */
export type EntryChange =
  | { readonly kind: 'add' | 'modify'; readonly id: string; readonly entry: Entry; readonly cookie?: string }
  /** Nothing has happened to it, as far as the entry itself says: the ones above it may have other names. */
  | { readonly kind: 'present'; readonly id: string; readonly entry: Entry }
  | { readonly kind: 'delete'; readonly id: string; readonly cookie?: string }
  /** All that had happened is told; what happens from now on comes at once. */
  | { readonly kind: 'current'; readonly cookie: string }
  /** The connection is lost: what happens comes later, after the next `current` at the latest. */
  | { readonly kind: 'interrupted' }
  /** Anything may have changed or gone since the cookie that was begun with: the server no longer knows. */
  | { readonly kind: 'gap' };
