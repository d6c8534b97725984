/** A new value for what an entry is named by. */
import { DirectoryError } from '#model/errors.ts';
import { postRead } from '../connection/controls.ts';
import { hasCode, LdapError } from '../connection/ldap-error.ts';
import type { LdapResult, Modification } from '../connection/operations.ts';
import { escapeRdnValue, normalizeDn, parentDn, parseDn } from '../dn.ts';
import { type Reader, versionOf } from '../read/reader.ts';
import { CODE } from '../result-error.ts';
import type { Found } from '../tenant-view.ts';
import { stillIs } from './assertions.ts';
import { addName, dropName, namedBy, sweep } from './clean.ts';
import { nameOf } from './keys.ts';
import { taken } from './refusals.ts';

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
 * Those who name the entry name it by both names before it has the new one, and lose the old one after. What is refused is put back; what
 * has no answer is left as it is, since the entry may have either name. Whenever this stops, nobody has lost a membership, and what is
 * left over is a name that no entry has.
 * @returns what the directory answered last; undefined where the entry has moved meanwhile
 * @throws UNIQUENESS where another entry has the name; any refusal of `rest`, with the old name restored
 */
export async function renameEntry(
  reader: Reader,
  current: Found,
  { newRdn, newDn }: Rename,
  rest: readonly Modification[],
): Promise<LdapResult | undefined> {
  const { container, id, entry } = current;
  const sameName = normalizeDn(newDn) === current.dn;
  if (!sameName) await checkNameFree(reader, current, newDn);
  const named = sameName ? [] : await namedBy(reader, entry.dn);
  const holders = named.filter((holder) => holder.id !== id);
  const changes = named.length === holders.length ? rest : namingItself(current, newDn, rest);
  await Promise.all(holders.map((holder) => addName(reader, holder, newDn)));
  const takeBack = () => Promise.all(holders.map((holder) => dropName(reader, holder, newDn)));
  const moved = await move(reader, current, entry.dn, newRdn).catch(async (error: unknown) => {
    if (error instanceof LdapError) await takeBack();
    if (hasCode(error, CODE.entryExists)) throw taken(nameOf(container, container.rdn), undefined);
    throw error;
  });
  if (moved === undefined) {
    await takeBack();
    return undefined;
  }
  const result =
    changes.length === 0
      ? moved
      : await changeRest().catch(async (error: unknown) => {
          if (!(error instanceof LdapError)) throw error;
          await reader.pool.modifyDn(reader.call, { dn: newDn, newRdn: rdnOf(entry.dn), deleteOldRdn: true });
          await takeBack();
          throw error;
        });
  await Promise.all(holders.map((holder) => dropName(reader, holder, entry.dn)));
  return result;

  function changeRest(): Promise<LdapResult> {
    const controls = [stillIs(container, id), postRead(container.read)];
    return reader.pool.modify(reader.call, { dn: newDn, changes, controls });
  }
}

/** One who manages himself follows his own name. */
function namingItself(
  { container: { link = '' } }: Found,
  newDn: string,
  rest: readonly Modification[],
): readonly Modification[] {
  if (rest.some(({ attribute }) => attribute === link)) return rest;
  return [...rest, { operation: 'replace', attribute: link, values: [newDn] }];
}

async function move(reader: Reader, current: Found, dn: string, newRdn: string): Promise<LdapResult | undefined> {
  const { container, id } = current;
  const controls = [stillIs(container, id, versionOf(current)), postRead(container.read)];
  try {
    return await reader.pool.modifyDn(reader.call, { dn, newRdn, deleteOldRdn: true, controls });
  } catch (error) {
    if (hasCode(error, CODE.assertionFailed) || hasCode(error, CODE.noSuchObject)) return undefined;
    throw error;
  }
}

async function checkNameFree(reader: Reader, { container, id }: Found, newDn: string): Promise<void> {
  const normal = normalizeDn(newDn);
  const holder = (await reader.byDns([normal])).get(normal);
  if (holder !== undefined && holder.id !== id) throw taken(nameOf(container, container.rdn), holder.id);
  if (holder === undefined) await sweep(reader, newDn);
}

function rdnOf(dn: string): string {
  return (parseDn(dn)[0] ?? []).map(({ type, value }) => `${type}=${escapeRdnValue(value)}`).join('+');
}
