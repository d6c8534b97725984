/** Writes to servers that neither assert nor read back, and know an entry by its id wherever it is: Active Directory. */
import { DirectoryError } from '#model/errors.ts';
import type { Ref, ResourceId, Version } from '#model/resource.ts';
import { hasCode, LdapError } from '../connection/ldap-error.ts';
import type { Modification } from '../connection/operations.ts';
import { normalizeDn, parentDn, tryNormalizeDn } from '../dn.ts';
import { EVERYTHING } from '../filter/terms.ts';
import { type Reader, versionOf } from '../read/reader.ts';
import { CODE } from '../result-error.ts';
import type { Container, Found } from '../tenant-view.ts';
import { comparing, isRead, touch } from './comparing.ts';
import { nameOf } from './keys.ts';
import { refOf } from './member-plan.ts';
import { gone, taken, versionMismatch } from './refusals.ts';
import type { Rename } from './rename.ts';

/** The name of the entry with the id, whatever else it is called: MS-ADTS §3.1.1.3.1.2.4. */
function byGuid(id: ResourceId): string {
  return `<GUID=${id}>`;
}

/** The entry as a write has left it at a name. @throws OUTCOME_UNKNOWN where it cannot be read: the write is done */
export async function writtenAt(reader: Reader, { read }: Container, dn: string): Promise<Found> {
  const request = { base: dn, scope: 'base', filter: EVERYTHING, attributes: read } as const;
  const { entries } = await reader.pool.search(reader.call, request).catch((cause: unknown) => {
    throw unfinished(cause);
  });
  const [found] = entries.flatMap((entry) => reader.view.found(entry) ?? []);
  if (found === undefined) throw unfinished(undefined);
  return found;
}

/**
 * Refused, by codes that `dialect.conflicts` names, where a value that is replaced is no longer what `current` has; where `isGuarded`, as
 * well if Portico has written to the entry since it was read.
 * @throws {LdapError}
 */
export async function modifyByGuid(
  reader: Reader,
  current: Found,
  changes: readonly Modification[],
  isGuarded: boolean,
): Promise<Found> {
  const { id, container } = current;
  const compared = comparing(current, changes, isGuarded);
  if (compared.length === 0) return current;
  await reader.pool.modify(reader.call, { dn: byGuid(id), changes: compared });
  return writtenAt(reader, container, byGuid(id));
}

/**
 * First the rest is changed, under the guard, so that nothing is done where the entry has changed; then its name, which the server
 * itself changes wherever it is named. Where the name is refused the rest is put back.
 * @throws UNIQUENESS where another entry has the name; {LdapError} as `modifyByGuid`; OUTCOME_UNKNOWN
 */
export async function renameByGuid(
  reader: Reader,
  current: Found,
  { newRdn, newDn }: Rename,
  rest: readonly Modification[],
): Promise<Found> {
  await checkNameFree(reader, current, newDn);
  const changed = await modifyByGuid(reader, current, rest, true);
  try {
    return await moveByGuid(reader, changed, newRdn);
  } catch (error) {
    if (!(error instanceof LdapError)) throw unfinished(error);
    await modifyByGuid(reader.inOwnTime(), changed, backwards(current, rest), true).catch((cause: unknown) => {
      throw unfinished(cause);
    });
    if (error.code === CODE.entryExists) await checkNameFree(reader, current, newDn);
    throw error;
  }
}

async function checkNameFree(reader: Reader, { container, id }: Found, newDn: string): Promise<void> {
  const name = normalizeDn(newDn);
  const holder = (await reader.byDns([name])).get(name);
  if (holder !== undefined && holder.id !== id) throw taken(nameOf(container, container.rdn), holder.id);
}

/** What leads back to `current`; nothing for what is never read, such as a password. */
function backwards({ container, entry }: Found, changes: readonly Modification[]): readonly Modification[] {
  return changes.flatMap(({ operation, attribute, values }): readonly Modification[] => {
    if (operation !== 'replace') return [{ operation: operation === 'add' ? 'delete' : 'add', attribute, values }];
    return isRead(container, attribute) ? [{ operation, attribute, values: entry.buffers(attribute) }] : [];
  });
}

async function moveByGuid(reader: Reader, { id, container, entry }: Found, newRdn: string): Promise<Found> {
  // Samba finds no parent in a GUID.
  const request = { dn: byGuid(id), newRdn, deleteOldRdn: true, newSuperior: parentDn(entry.dn) };
  await reader.pool.modifyDn(reader.call, request);
  return writtenAt(reader, container, byGuid(id));
}

/**
 * The server drops the name wherever it is named, which gives those entries no new version: that is done here. The version is compared
 * before, not with the delete, for which the server has no means.
 * @returns who named the entry
 * @throws NOT_FOUND; VERSION_MISMATCH; OUTCOME_UNKNOWN where the entry is gone and not all of them could be given a new version
 */
export async function deleteByGuid(
  reader: Reader,
  container: Container,
  id: ResourceId,
  ifVersion: Version | undefined,
): Promise<readonly Ref[]> {
  const { backLinks = {} } = container.dialect;
  const names = Object.values(backLinks);
  const found = (await reader.byIds(container, [id], [...container.read, ...names])).get(id);
  if (found === undefined) throw gone(container.type, id);
  if (ifVersion !== undefined && versionOf(found) !== ifVersion) throw versionMismatch(id);
  await reader.pool.delete(reader.call, { dn: byGuid(id) }).catch((error: unknown) => {
    throw hasCode(error, CODE.noSuchObject) ? gone(container.type, id) : error;
  });
  reader.view.names.forget(id);
  const texts = names.flatMap((name) => found.entry.strings(name));
  return touchAll(reader.inOwnTime(), texts).catch((cause: unknown) => {
    throw unfinished(cause);
  });
}

async function touchAll(reader: Reader, texts: readonly string[]): Promise<readonly Ref[]> {
  const holders = await reader.byDns(texts.flatMap((text) => tryNormalizeDn(text) ?? []));
  const touched = [...holders.values()].map(async (holder) => {
    const changes = touch(holder.container);
    if (changes.length === 0) return [];
    const { code } = await reader.pool.modify(reader.call, {
      dn: byGuid(holder.id),
      changes,
      accept: [CODE.noSuchObject],
    });
    return code === CODE.noSuchObject ? [] : [refOf(holder)];
  });
  return (await Promise.all(touched)).flat();
}

function unfinished(cause: unknown): DirectoryError {
  const detail =
    'the write was carried out, and what follows it was not; the account that Portico binds with needs the right to read what it writes';
  return new DirectoryError('OUTCOME_UNKNOWN', detail, { cause });
}
