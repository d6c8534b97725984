/** Names of entries that are gone, taken out of groups and reports. */
import { DirectoryError } from '#model/errors.ts';
import { hasCode } from '../connection/ldap-error.ts';
import type { Modification } from '../connection/operations.ts';
import { normalizeDn } from '../dn.ts';
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

/** Before a create: what still names an entry that had the same DN must not count for the new one. */
export async function sweep(reader: Reader, dn: string): Promise<void> {
  const holders = await namedBy(reader, dn);
  if (holders.length === 0) return;
  // Those who name an entry that exists name it rightly; the create will be refused.
  if ((await reader.byDns([normalizeDn(dn)])).size > 0) return;
  await Promise.all(holders.map((holder) => dropName(reader, holder, dn)));
}

/** Groups and reports. */
export function namedBy(reader: Reader, dn: string): Promise<readonly Found[]> {
  const { users, groups } = reader.view;
  const links = [users.link, groups.link].filter((link) => link !== undefined);
  return reader.searchAll(any(...links.map((link) => equals(link, dn))));
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
