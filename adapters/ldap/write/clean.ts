/** Names of entries that are gone, taken out of groups and reports. */
import type { Filter } from 'ldapts';
import { DirectoryError } from '#model/errors.ts';
import type { Entry } from '../connection/entry.ts';
import { hasCode } from '../connection/ldap-error.ts';
import type { Modification } from '../connection/operations.ts';
import { normalizeDn, tryNormalizeDn } from '../dn.ts';
import { any, equals } from '../filter/terms.ts';
import type { Reader } from '../read/reader.ts';
import { CODE } from '../result-error.ts';
import type { Found } from '../tenant-view.ts';

/**
 * After a delete: every group and report that names it loses the name. @returns those that did
 * @throws OUTCOME_UNKNOWN where the way breaks: the entry is gone, and whoever takes its name sweeps what is left
 */
export async function clean(reader: Reader, dn: string): Promise<readonly Found[]> {
  try {
    const holders = await namedBy(reader, dn);
    const cleaned = await Promise.all(holders.map((holder) => dropName(reader, holder, dn)));
    return holders.filter((_, i) => cleaned[i]);
  } catch (error) {
    throw new DirectoryError(
      'OUTCOME_UNKNOWN',
      'the entry was deleted, and not every group that names it could be changed',
      { cause: error },
    );
  }
}

/**
 * Before an entry takes a name: what still names one that had it must not count for the new one.
 * @returns the entry that has the name, where one has: then those who name it are right, and nothing is done
 */
export async function sweep(reader: Reader, dn: string): Promise<Entry | undefined> {
  const normal = normalizeDn(dn);
  const entries = await reader.entries(any(equals(reader.view.users.dialect.name, dn), naming(reader, dn)));
  const present = entries.find((entry) => tryNormalizeDn(entry.dn) === normal);
  if (present !== undefined) return present;
  await Promise.all(
    entries.map((entry) => {
      const holder = reader.view.found(entry);
      return holder && dropName(reader, holder, dn);
    }),
  );
  return undefined;
}

/** Groups and reports. */
export function namedBy(reader: Reader, dn: string): Promise<readonly Found[]> {
  return reader.searchAll(naming(reader, dn));
}

function naming({ view: { users, groups } }: Reader, dn: string): Filter {
  const links = [users.link, groups.link].filter((link) => link !== undefined);
  return any(...links.map((link) => equals(link, dn)));
}

/** False where it was dropped meanwhile. */
export async function dropName({ pool, call }: Reader, { container, entry }: Found, dn: string): Promise<boolean> {
  const { link = '', placeholder } = container;
  const drop: Modification = { operation: 'delete', attribute: link, values: [dn] };
  try {
    await pool.modify(call, { dn: entry.dn, changes: [drop] });
    return true;
  } catch (error) {
    if (hasCode(error, CODE.noSuchAttribute) || hasCode(error, CODE.noSuchObject)) return false;
    if (!hasCode(error, CODE.objectClass) || placeholder === undefined) throw error;
    // groupOfNames must keep a member: RFC 4519 §3.5
    const hold: Modification = { operation: 'add', attribute: link, values: [placeholder] };
    await pool.modify(call, { dn: entry.dn, changes: [hold, drop] });
    return true;
  }
}

/** Nothing happens where the name is there. */
export async function addName({ pool, call }: Reader, { container, entry }: Found, dn: string): Promise<void> {
  const { link = '' } = container;
  const add: Modification = { operation: 'add', attribute: link, values: [dn] };
  await pool.modify(call, { dn: entry.dn, changes: [add] }).catch((error: unknown) => {
    if (!hasCode(error, CODE.valueExists) && !hasCode(error, CODE.noSuchObject)) throw error;
  });
}
