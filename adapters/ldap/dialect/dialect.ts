/** What every directory has, and servers of different kinds have under different names. */
import type { Filter } from 'ldapts';
import type { ResourceId, Version } from '#model/resource.ts';
import type { Entry } from '../connection/entry.ts';
import type { LdapError } from '../connection/ldap-error.ts';
import type { Pieces } from '../connection/whole-answers.ts';

export interface Dialect {
  /** Where the configuration names no other one. */
  readonly id: IdAttribute;
  /** Moves with every change of an entry. */
  readonly version: string;
  /** Of an entry with its operational attributes; the same text means the same entry, on whichever server. */
  versionOf(entry: Entry): Version;
  /** All that `versionOf` goes by. */
  readonly versionAttributes: readonly string[];
  /** Generalized times of creation and of the last change. */
  readonly created: string;
  readonly modified: string;
  /** A generalized time as the server takes it in a filter; milliseconds since the epoch. */
  printTime(instant: number): string;
  /** By which a search finds an entry of a given name. */
  readonly name: string;
  /** Entries of a resource's class that have this one too are no resources. */
  readonly strangers?: string;
  /** The attribute of an entry by which the server itself says who names it, by the one that names it. */
  readonly backLinks?: { readonly [link: string]: string };
  /** Matching rules by which the server follows a link to any depth, and looks at the bits of a number. */
  readonly rules?: { readonly inChain: string; readonly bitAnd: string };
  /** Whether writes may carry an assertion (RFC 4528) and are answered with what they leave (RFC 4527). */
  readonly asserts: boolean;
  /** Result codes of a write that say that the entry is no longer where, or what, it was when it was read. */
  readonly conflicts: readonly number[];
  /** The server says that a value of a link is there already, or is not. */
  isKnownLink(error: LdapError): boolean;
  /** The attribute of which another entry has the value, where the server's words say so. */
  takenAttribute(diagnostic: string): string | undefined;
  /** What the server gives in pieces where others give it whole. */
  readonly pieces?: Pieces;
}

/** The attribute that tells entries apart for good, whatever becomes of their names. */
export interface IdAttribute {
  readonly attribute: string;
  /** All that `read` goes by. */
  readonly attributes: readonly string[];
  /** Whether a create writes it; else the server does. */
  readonly given: boolean;
  /** Undefined where the entry has none. */
  read(entry: Entry): ResourceId | undefined;
  /** Whether an entry could have it as its id. */
  accepts(text: string): boolean;
  /** Matches nothing where no entry could have it. */
  equals(text: string): Filter;
  /** Matches the id and all after it, or before it where descending, as text compares; undefined where the server orders otherwise. */
  beyond(id: ResourceId, descending: boolean): Filter | undefined;
  /** By which a server that sorts (RFC 2891) orders ids as text compares; absent where none does, or the server does not sort in full. */
  readonly sortRule?: string;
}
