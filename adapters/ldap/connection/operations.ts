/** What is asked of a directory, RFC 4511 §4.6 to §4.9, and what it answers: shapes alone, with no idea of connections. */
import type { Filter } from 'ldapts';
import type { Control } from './controls.ts';
import type { Entry } from './entry.ts';

export type Value = string | Buffer;

/** Attribute descriptions (`mail`, `cn;lang-en`) to their values; an empty list is left out of an add. */
export type AttributeValues = Readonly<Record<string, readonly Value[]>>;

/** `controls` go out in this order; a server that does not know a critical one answers 12. */
interface Controlled {
  readonly controls?: readonly Control[];
  /** Result codes beside success that are an answer rather than an error, such as 4 for a search with `sizeLimit`. */
  readonly accept?: readonly number[];
}

export interface Search extends Controlled {
  readonly base: string;
  /** `children`: all below the base, without it (not every server knows it). */
  readonly scope: 'base' | 'one' | 'sub' | 'children';
  /** Values of ldapts' filter classes are sent as they are: no escaping, by string or by Buffer. A text is parsed by RFC 4515. */
  readonly filter: Filter | string;
  /** None: the user attributes; `['1.1']`: none of them; operational ones by name or by `+`. */
  readonly attributes: readonly string[];
  /** At most so many entries; the server then answers 4. 0 or absent: no limit of ours. */
  readonly sizeLimit?: number;
}

export interface Add extends Controlled {
  readonly dn: string;
  readonly attributes: AttributeValues;
}

/** `delete` without values drops the attribute; `replace` without values does, and does not mind that it is not there. */
export interface Modification {
  readonly operation: 'add' | 'delete' | 'replace';
  readonly attribute: string;
  readonly values: readonly Value[];
}

export interface Modify extends Controlled {
  readonly dn: string;
  /** All or none of them, in this order. */
  readonly changes: readonly Modification[];
}

export interface ModifyDn extends Controlled {
  readonly dn: string;
  readonly newRdn: string;
  readonly deleteOldRdn: boolean;
  /** Absent: it stays where it is. */
  readonly newSuperior?: string;
}

export interface Delete extends Controlled {
  readonly dn: string;
}

export interface Compare extends Controlled {
  readonly dn: string;
  readonly attribute: string;
  readonly value: string;
}

export interface Extended extends Controlled {
  readonly oid: string;
  readonly value?: Buffer;
}

/** RFC 4511 §4.1.9. */
export interface LdapResult {
  readonly code: number;
  /** How far a name was found, for code 32. */
  readonly matchedDn: string;
  /** The server's own words: for logs, and to tell one cause of a code from another; never for clients. */
  readonly diagnostic: string;
  /** URLs of who can do it, for code 10. */
  readonly referrals: readonly string[];
  readonly controls: readonly Control[];
}

export interface SearchResult extends LdapResult {
  /** In the order in which they came. */
  readonly entries: readonly Entry[];
  /** Search continuations: parts of the tree that another server holds. */
  readonly references: readonly string[];
}

export interface ExtendedResult extends LdapResult {
  readonly oid?: string;
  readonly value?: Buffer;
}
