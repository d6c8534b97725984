/** A new value for what an entry is named by. */
import { DirectoryError } from '#model/errors.ts';
import type { Version } from '#model/resource.ts';
import { postRead } from '../connection/controls.ts';
import { hasCode, LdapError } from '../connection/ldap-error.ts';
import type { Modification } from '../connection/operations.ts';
import { escapeRdnValue, normalizeDn, parentDn, parseDn, tryNormalizeDn } from '../dn.ts';
import { type Reader, versionOf } from '../read/reader.ts';
import { CODE } from '../result-error.ts';
import type { Found } from '../tenant-view.ts';
import { stillIs } from './assertions.ts';
import { addName, dropName, linksOf, namedBy, sweep } from './clean.ts';
import { nameOf } from './keys.ts';
import { taken } from './refusals.ts';
import { entryWritten } from './written-entry.ts';

export interface Rename {
  readonly newRdn: string;
  readonly newDn: string;
}

/** Whether an entry is named by what changes. */
export function namesEntry(dn: string, { attribute }: Modification): boolean {
  return (parseDn(dn)[0] ?? []).some(({ type }) => type.toLowerCase() === attribute.toLowerCase());
}

/** What of the changes names the entry, and the rest. @throws INVALID_VALUE where the name would be gone */
export function splitRename(
  { entry }: Found,
  changes: readonly Modification[],
): { readonly rename?: Rename; readonly rest: readonly Modification[] } {
  const [names = []] = parseDn(entry.dn);
  const isName = ({ attribute }: Modification) =>
    names.some(({ type }) => type.toLowerCase() === attribute.toLowerCase());
  const naming = changes.filter(isName);
  if (naming.length === 0) return { rest: changes };
  const newRdn = names
    .map(({ type, value }) => {
      const change = naming.find(({ attribute }) => attribute.toLowerCase() === type.toLowerCase());
      return `${type}=${escapeRdnValue(change === undefined ? value : firstValue(change))}`;
    })
    .join('+');
  return {
    rename: { newRdn, newDn: `${newRdn},${parentDn(entry.dn)}` },
    rest: changes.filter((change) => !isName(change)),
  };
}

function firstValue({ attribute, values: [first] }: Modification): string {
  if (first !== undefined) return first.toString();
  throw new DirectoryError('INVALID_VALUE', `the entry is named by its ${attribute}, which must have a value`);
}

/**
 * Those who name the entry name it by both names before it has the new one, and lose the old one after. What is refused is put back.
 * Whenever this stops, nobody has lost a membership, and what is left over is a name that no entry has.
 * @returns the entry as it is then; undefined where it has changed meanwhile, and nothing was done
 * @throws UNIQUENESS where another entry has the name; any refusal of `rest`, with the old name restored; OUTCOME_UNKNOWN
 */
export async function renameEntry(
  reader: Reader,
  current: Found,
  rename: Rename,
  rest: readonly Modification[],
): Promise<Found | undefined> {
  const { container, id, entry, dn } = current;
  if (normalizeDn(rename.newDn) === dn) return new Renaming(reader, current, rename, []).run(rest);
  const [present, holders] = await Promise.all([sweep(reader, rename.newDn), namedBy(reader, entry.dn)]);
  const holder = present && reader.view.found(present);
  if (present !== undefined && holder?.id !== id) throw taken(nameOf(container, container.rdn), holder?.id);
  return new Renaming(reader, current, rename, holders).run(rest);
}

/** What follows the move, and what is put back, has time of its own, whatever became of the call's. */
class Renaming {
  readonly #reader: Reader;
  readonly #current: Found;
  readonly #rename: Rename;
  readonly #self: Found | undefined;
  readonly #others: readonly Found[];

  constructor(reader: Reader, current: Found, rename: Rename, holders: readonly Found[]) {
    this.#reader = reader;
    this.#current = current;
    this.#rename = rename;
    this.#self = holders.find(({ id }) => id === current.id);
    this.#others = holders.filter(({ id }) => id !== current.id);
  }

  async run(rest: readonly Modification[]): Promise<Found | undefined> {
    const moved = await this.#prepare().then((version) => version && this.#move(version));
    if (moved === undefined) {
      await this.#takeBack();
      return undefined;
    }
    return this.#finish(moved, rest);
  }

  /** The entry's version then; undefined where it has changed meanwhile. */
  async #prepare(): Promise<Version | undefined> {
    try {
      await Promise.all(
        this.#others.map((holder) => addName(this.#reader, holder, this.#current.entry.dn, this.#rename.newDn)),
      );
      return this.#self === undefined ? versionOf(this.#current) : await this.#nameItself();
    } catch (error) {
      await this.#takeBack();
      throw error;
    }
  }

  /** One who manages himself follows his own name. */
  async #nameItself(): Promise<Version | undefined> {
    const values = [this.#rename.newDn];
    const add = this.#ownLinks().map((attribute): Modification => ({ operation: 'add', attribute, values }));
    const named = await this.#modify(this.#reader, this.#current, add);
    return named && versionOf(named);
  }

  /** By which the entry names itself. */
  #ownLinks(): readonly string[] {
    const { container, entry, dn } = this.#current;
    return linksOf(container).filter((link) => entry.strings(link).some((text) => tryNormalizeDn(text) === dn));
  }

  async #move(version: Version): Promise<Found | undefined> {
    const { container, id, entry } = this.#current;
    const { newRdn } = this.#rename;
    const controls = [stillIs(container, id, version), postRead(container.read)];
    const request = { dn: entry.dn, newRdn, deleteOldRdn: true, controls };
    try {
      return entryWritten(this.#reader, await this.#reader.pool.modifyDn(this.#reader.call, request));
    } catch (error) {
      if (error instanceof DirectoryError && error.code === 'OUTCOME_UNKNOWN') return this.#settleMove(error);
      if (hasCode(error, CODE.assertionFailed) || hasCode(error, CODE.noSuchObject)) return undefined;
      await this.#takeBack();
      if (hasCode(error, CODE.entryExists)) throw taken(nameOf(container, container.rdn), undefined);
      throw error;
    }
  }

  /** No answer came: where the entry is tells. @throws the error where it is not there, since it may yet move: both names stay */
  async #settleMove(error: DirectoryError): Promise<Found> {
    const { container, id } = this.#current;
    const found = await this.#reader
      .inOwnTime()
      .byIds(container, [id])
      .catch(() => {
        throw error;
      });
    const moved = found.get(id);
    if (moved?.dn !== normalizeDn(this.#rename.newDn)) throw error;
    return moved;
  }

  async #finish(moved: Found, rest: readonly Modification[]): Promise<Found | undefined> {
    const late = this.#reader.inOwnTime();
    try {
      const changed = await this.#changeRest(late, moved, rest);
      if (changed === undefined) return undefined;
      await Promise.all(this.#others.map((holder) => dropName(late, holder, this.#current.entry.dn)));
      return changed;
    } catch (error) {
      if (error instanceof LdapError) throw error;
      throw halfDone(error);
    }
  }

  /** What is refused takes the new name with it. */
  async #changeRest(late: Reader, moved: Found, rest: readonly Modification[]): Promise<Found | undefined> {
    const changes = this.#self === undefined ? rest : this.#withoutOldName(rest);
    if (changes.length === 0) return moved;
    try {
      const changed = await this.#modify(late, moved, changes);
      if (changed === undefined) await this.#moveBack(late);
      return changed;
    } catch (error) {
      if (error instanceof LdapError) await this.#moveBack(late);
      throw error;
    }
  }

  #withoutOldName(rest: readonly Modification[]): readonly Modification[] {
    const values = [this.#current.entry.dn];
    const left = this.#ownLinks().filter((link) => !rest.some(({ attribute }) => attribute === link));
    return [...rest, ...left.map((attribute): Modification => ({ operation: 'delete', attribute, values }))];
  }

  /** Undefined where the entry has changed meanwhile. */
  async #modify(reader: Reader, found: Found, changes: readonly Modification[]): Promise<Found | undefined> {
    const { container, id, entry } = found;
    const controls = [stillIs(container, id, versionOf(found)), postRead(container.read)];
    try {
      return entryWritten(reader, await reader.pool.modify(reader.call, { dn: entry.dn, changes, controls }));
    } catch (error) {
      if (hasCode(error, CODE.assertionFailed) || hasCode(error, CODE.noSuchObject)) return undefined;
      throw error;
    }
  }

  /** @throws OUTCOME_UNKNOWN, as whatever keeps an entry from what it was */
  async #moveBack(late: Reader): Promise<void> {
    const { container, id, entry } = this.#current;
    const request = { dn: this.#rename.newDn, newRdn: rdnOf(entry.dn), deleteOldRdn: true };
    try {
      await late.pool.modifyDn(late.call, { ...request, controls: [stillIs(container, id)] });
    } catch (error) {
      throw halfDone(error);
    }
    await this.#takeBack();
  }

  async #takeBack(): Promise<void> {
    const late = this.#reader.inOwnTime();
    const holders = [...this.#others, ...(this.#self === undefined ? [] : [this.#self])];
    await Promise.all(holders.map((holder) => dropName(late, holder, this.#rename.newDn)));
  }
}

function halfDone(cause: unknown): DirectoryError {
  return new DirectoryError(
    'OUTCOME_UNKNOWN',
    'the entry was renamed, and what was to follow could not be carried out; repeat the request',
    { cause },
  );
}

function rdnOf(dn: string): string {
  return (parseDn(dn)[0] ?? []).map(({ type, value }) => `${type}=${escapeRdnValue(value)}`).join('+');
}
