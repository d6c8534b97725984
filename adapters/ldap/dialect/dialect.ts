/** What every directory has, and servers of different kinds have under different names. */
import type { Filter } from 'ldapts';
import type { ResourceId } from '#model/resource.ts';
import type { Entry } from '../connection/entry.ts';

export interface Dialect {
  /** Where the configuration names no other one. */
  readonly id: IdAttribute;
  /** Moves with every change of an entry. */
  readonly version: string;
  /** Generalized times of creation and of the last change. */
  readonly created: string;
  readonly modified: string;
  /** By which a search finds an entry of a given name. */
  readonly name: string;
}

/** The attribute that tells entries apart for good, whatever becomes of their names. */
export interface IdAttribute {
  readonly attribute: string;
  /** Undefined where the entry has none. */
  read(entry: Entry): ResourceId | undefined;
  /** Whether an entry could have it as its id. */
  accepts(text: string): boolean;
  /** Matches nothing where no entry could have it. */
  equals(text: string): Filter;
  /** Matches the id and all after it, or before it where descending, as text compares; undefined where the server orders otherwise. */
  beyond(id: ResourceId, descending: boolean): Filter | undefined;
}
