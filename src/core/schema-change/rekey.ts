import type { Write } from '#adapters/adapter.ts';
import { onPrimary } from '#model/call.ts';
import { asDirectoryError, type DirectoryError } from '#model/errors.ts';
import type { Ref, ResourceId, StoredResource } from '#model/resource.ts';
import { draftOf } from '../keys.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { Conflicts } from './conflicts.ts';
import { PAGE, pagesOf, type Stored } from './stored-data.ts';

/**
 * Stores every resource of a type with the keys that `type` gives it, which is no change of the resource. What is written by
 * others meanwhile is left to whoever recorded it. Answers with the resources whose keys are taken.
 */
export async function rekeyAll(stored: Stored, type: ResourceType): Promise<Conflicts> {
  const conflicts = new Conflicts();
  for await (const page of pagesOf(stored, type, 'live')) await rekey(stored, type, page, conflicts);
  return conflicts;
}

/** The same for some resources. */
export async function rekeySome(stored: Stored, type: ResourceType, refs: readonly Ref[]): Promise<Conflicts> {
  const conflicts = new Conflicts();
  const ids = refs.filter((ref) => ref.type === type.name).map(({ id }) => id);
  for (let from = 0; from < ids.length; from += PAGE) {
    const found = await stored.adapter.getMany(onPrimary(stored.call), type.name, ids.slice(from, from + PAGE));
    await rekey(
      stored,
      type,
      found.filter((resource) => resource !== null),
      conflicts,
    );
  }
  return conflicts;
}

async function rekey(
  { adapter, call }: Stored,
  type: ResourceType,
  page: readonly StoredResource[],
  conflicts: Conflicts,
): Promise<void> {
  if (page.length === 0) return;
  const operations = page.map((resource) => toWrite(type, resource));
  const answers = await adapter.write(call, operations);
  for (const [index, answer] of answers.entries()) {
    const error = asDirectoryError(answer);
    const resource = page[index];
    if (error === undefined || resource === undefined || isOthersBusiness(error)) continue;
    if (error.code !== 'UNIQUENESS') throw error;
    const [sharedWith] = error.ids;
    const path = error.faults[0]?.path ?? type.name;
    const holder = sharedWith === undefined ? {} : { sharedWith: sharedWith as ResourceId };
    conflicts.add([{ id: resource.id, type: type.name, path, expected: 'a value of its own', ...holder }]);
  }
}

/** Written or deleted by somebody else since it was read. */
function isOthersBusiness({ code }: DirectoryError): boolean {
  return code === 'VERSION_MISMATCH' || code === 'NOT_FOUND';
}

function toWrite(type: ResourceType, before: StoredResource): Write {
  const { id, attributes, links } = before;
  return { kind: 'update', type: type.name, id, content: { before, draft: draftOf(type, attributes, links) } };
}
