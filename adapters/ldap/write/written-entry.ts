import { DirectoryError } from '#model/errors.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { readBack } from '../connection/controls.ts';
import type { LdapResult } from '../connection/operations.ts';
import type { Reader } from '../read/reader.ts';
import type { Found } from '../tenant-view.ts';

/** The entry as a write left it, which `postRead` has asked for. @throws OUTCOME_UNKNOWN where the server does not show it: the write is done */
export function entryWritten(reader: Reader, { controls }: LdapResult): Found {
  const entry = readBack(controls);
  const found = entry && reader.view.found(entry);
  if (found !== undefined) return found;
  const detail =
    'the directory does not show what was written; grant the account that Portico binds with the right to read it';
  throw new DirectoryError('OUTCOME_UNKNOWN', detail);
}

/** The same as a resource; `known` as in `toResources`. @throws OUTCOME_UNKNOWN where its manager cannot be read: the write is done */
export async function resourceWritten(
  reader: Reader,
  found: Found,
  known: ReadonlyMap<string, ResourceId>,
): Promise<StoredResource> {
  const itself = new Map([...known, [found.dn, found.id] as const]);
  const [resource] = await reader.toResources([found], itself).catch((cause: unknown) => {
    throw new DirectoryError('OUTCOME_UNKNOWN', 'the write was carried out, and its result could not be read', {
      cause,
    });
  });
  if (resource === undefined) throw new TypeError('an entry is a resource');
  return resource;
}
