/** A change of content that goes by what the caller has read, without reading again. */
import type { Write, Written } from '#adapters/adapter.ts';
import type { AttributePath } from '#model/filter.ts';
import { postRead } from '../connection/controls.ts';
import { LdapError } from '../connection/ldap-error.ts';
import type { Modification } from '../connection/operations.ts';
import { referencedIds } from '../mapping/references.ts';
import { managersOf, type Reader } from '../read/reader.ts';
import type { Container } from '../tenant-view.ts';
import { stillIs } from './assertions.ts';
import { valueChanges } from './content-changes.ts';
import { checkFree, newKeys } from './keys.ts';
import { passwordValues } from './password.ts';
import { namesEntry } from './rename.ts';
import { entryWritten, resourceWritten } from './written-entry.ts';

type Update = Extract<Write, { kind: 'update' }>;

/**
 * One operation, where the name is known and the change is plain: neither members nor manager nor the entry's own name. The server
 * refuses it where the entry has another version than the caller read.
 * @returns undefined where that is so, or it has to be looked at for another reason: nothing was done
 */
export async function changeUnread(
  reader: Reader,
  shape: readonly AttributePath[],
  container: Container,
  { id, content, members, ifVersion }: Update,
): Promise<Written | undefined> {
  if (!container.dialect.asserts) return undefined;
  const name = reader.view.names.get(id);
  if (content === undefined || members !== undefined || name?.container !== container) return undefined;
  const { before, draft } = content;
  if (
    before.id !== id ||
    before.links.manager !== draft.links.manager ||
    (ifVersion ?? before.version) !== before.version
  ) {
    return undefined;
  }
  if (
    referencedIds(container.map, before.attributes).length + referencedIds(container.map, draft.attributes).length >
    0
  ) {
    return undefined;
  }
  const passwords = [...passwordValues(container, draft.secrets)].map(
    ([attribute, values]): Modification => ({ operation: 'replace', attribute, values }),
  );
  const changes = [...valueChanges(container.map, before.attributes, draft.attributes), ...passwords];
  if (changes.length === 0 || changes.some((change) => namesEntry(name.dn, change))) return undefined;
  await checkFree(reader, container, shape, newKeys(before, draft.uniqueKeys, shape), id);
  const controls = [stillIs(container, id, before.version), postRead(container.read)];
  const result = await reader.pool.modify(reader.call, { dn: name.dn, changes, controls }).catch((error: unknown) => {
    if (!(error instanceof LdapError)) throw error;
    reader.view.names.forget(id);
  });
  if (result === undefined) return undefined;
  const found = entryWritten(reader, result);
  const names = managersOf(found);
  const [manager] = names.length === 1 ? names : [];
  const known =
    manager !== undefined && before.links.manager !== undefined ? [[manager, before.links.manager] as const] : [];
  return { resource: await resourceWritten(reader, found, new Map(known)), changed: true };
}
