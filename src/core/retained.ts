import type { Page, PageRequest } from '#adapters/adapter.ts';
import { type Call, onPrimary } from '#model/call.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import type { Directory } from './directory.ts';
import type { ResourceType } from './schema/attribute.ts';
import { perform } from './write/perform.ts';

/** What DELETE has retained of one type. An administrator acts on what he sees, so that no replica answers. */
export async function findRetained(
  directory: Directory,
  call: Call,
  type: ResourceType,
  page: PageRequest,
): Promise<Page<StoredResource>> {
  checkRetains(directory, type);
  return directory.adapter.find(onPrimary(call), type.name, { retained: true, page });
}

/** Brings a retained resource back in one step, in which its unique values are claimed again. */
export async function restoreResource(
  directory: Directory,
  call: Call,
  type: ResourceType,
  id: ResourceId,
): Promise<StoredResource> {
  checkRetains(directory, type);
  try {
    const { resource } = await perform(directory, call, { kind: 'restore', type: type.name, id });
    if (resource === null) throw new TypeError(`${directory.adapter.name} answered no resource to a restore`);
    return resource;
  } catch (error) {
    if (asDirectoryError(error)?.code !== 'NOT_FOUND') throw error;
    throw new DirectoryError('NOT_FOUND', `no ${type.name} with the id ${id} is retained`, { cause: error });
  }
}

function checkRetains(directory: Directory, type: ResourceType): void {
  if (directory.capabilities(type).retain) return;
  throw new DirectoryError('UNSUPPORTED', `the backend ${directory.adapter.name} retains nothing that is deleted`);
}
