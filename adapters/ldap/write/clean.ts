/** Names of entries that are gone, taken out of groups and reports. */
import type { Filter } from 'ldapts';
import { DirectoryError } from '#model/errors.ts';
import { assertion } from '../connection/controls.ts';
import type { Entry } from '../connection/entry.ts';
import { hasCode } from '../connection/ldap-error.ts';
import type { Modification } from '../connection/operations.ts';
import { normalizeDn, tryNormalizeDn } from '../dn.ts';
import { any, equals } from '../filter/terms.ts';
import type { Reader } from '../read/reader.ts';
import { CODE } from '../result-error.ts';
import type { Container, Found } from '../tenant-view.ts';

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
  const links = new Set([...linksOf(users), ...linksOf(groups)]);
  return any(...[...links].map((link) => equals(link, dn)));
}

/** Every attribute of a type that holds DNs of others: its manager or members first, then what is mapped so. */
export function linksOf({ link, map }: Container): readonly string[] {
  return [...new Set([...(link === undefined ? [] : [link]), ...map.references])];
}

/** False where it was dropped meanwhile. */
export async function dropName(reader: Reader, holder: Found, dn: string): Promise<boolean> {
  let dropped = false;
  for (const attribute of linksOf(holder.container))
    dropped = (await dropFrom(reader, holder, attribute, dn)) || dropped;
  return dropped;
}

async function dropFrom({ pool, call }: Reader, { container, entry }: Found, attribute: string, dn: string) {
  const { placeholder, link } = container;
  const drop: Modification = { operation: 'delete', attribute, values: [dn] };
  try {
    await pool.modify(call, { dn: entry.dn, changes: [drop] });
    return true;
  } catch (error) {
    if (hasCode(error, CODE.noSuchAttribute) || hasCode(error, CODE.noSuchObject)) return false;
    if (!hasCode(error, CODE.objectClass) || placeholder === undefined || attribute !== link) throw error;
    // groupOfNames must keep a member: RFC 4519 §3.5
    const hold: Modification = { operation: 'add', attribute, values: [placeholder] };
    await pool.modify(call, { dn: entry.dn, changes: [hold, drop] });
    return true;
  }
}

/** Whoever names an entry by its old name names it by the new one as well; nothing happens where that is so. */
export async function addName(reader: Reader, { container, entry }: Found, oldDn: string, dn: string): Promise<void> {
  const attributes = linksOf(container);
  for (const attribute of attributes) {
    // Of several attributes the search has not told which it is.
    const controls = attributes.length > 1 ? [assertion(equals(attribute, oldDn))] : [];
    const changes: readonly Modification[] = [{ operation: 'add', attribute, values: [dn] }];
    await reader.pool.modify(reader.call, { dn: entry.dn, changes, controls }).catch((error: unknown) => {
      if (!SETTLED.some((code) => hasCode(error, code))) throw error;
    });
  }
}

const SETTLED = [CODE.valueExists, CODE.noSuchObject, CODE.assertionFailed];
