import type { Page, PageRequest } from '#adapters/adapter.ts';
import { type Call, onPrimary, withOwnTime } from '#model/call.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import type { Directory } from './directory.ts';
import { draftOf } from './keys.ts';
import type { ResourceType } from './schema/attribute.ts';
import { perform } from './write/perform.ts';

const PUT_BACK_MS = 5_000;

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

/**
 * Brings a retained resource back, which claims its unique values again in the same step: those of the schema under which it was
 * deleted. A second step claims those of the schema in force, and a resource that it is refused for is retained again.
 */
export async function restoreResource(
  directory: Directory,
  call: Call,
  type: ResourceType,
  id: ResourceId,
): Promise<StoredResource> {
  checkRetains(directory, type);
  const restored = await bringBack(directory, call, type, id);
  const draft = draftOf(type, restored.attributes, restored.links);
  try {
    await perform(directory, call, { kind: 'update', type: type.name, id, content: { before: restored, draft } });
  } catch (error) {
    // Whoever has changed it since has given it the keys of today.
    if (asDirectoryError(error)?.code !== 'VERSION_MISMATCH') {
      await retainAgain(directory, call, restored, error);
      throw error;
    }
  }
  return restored;
}

async function bringBack(
  directory: Directory,
  call: Call,
  { name: type }: ResourceType,
  id: ResourceId,
): Promise<StoredResource> {
  try {
    const { resource } = await perform(directory, call, { kind: 'restore', type, id });
    if (resource === null) throw new TypeError(`${directory.adapter.name} answered no resource to a restore`);
    return resource;
  } catch (error) {
    if (asDirectoryError(error)?.code !== 'NOT_FOUND') throw error;
    throw new DirectoryError('NOT_FOUND', `no ${type} with the id ${id} is retained`, { cause: error });
  }
}

/** @throws {DirectoryError} OUTCOME_UNKNOWN where it stays restored */
async function retainAgain(directory: Directory, call: Call, { type, id }: StoredResource, cause: unknown) {
  try {
    await perform(directory, withOwnTime(call, PUT_BACK_MS), { kind: 'delete', type, id, retain: true });
  } catch (error) {
    if (asDirectoryError(error)?.code === 'NOT_FOUND') return;
    const detail = `${type} ${id} is restored, and what it has may not be unique; it could not be retained again`;
    throw new DirectoryError('OUTCOME_UNKNOWN', detail, { ids: [id], cause });
  }
}

function checkRetains(directory: Directory, type: ResourceType): void {
  if (directory.capabilities(type).retain) return;
  throw new DirectoryError('UNSUPPORTED', `the backend ${directory.adapter.name} retains nothing that is deleted`);
}
