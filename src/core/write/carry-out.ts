import type { Written } from '#adapters/adapter.ts';
import { type Call, onPrimary } from '#model/call.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { retryOnMismatch } from '../optimistic.ts';
import { perform } from './perform.ts';
import { creationToWrite, type Plan, type Revision, revisionToWrite } from './plan.ts';

/** @throws {DirectoryError} the operation's own error */
export async function carryOut(directory: Directory, call: Call, plan: Plan): Promise<Written> {
  switch (plan.kind) {
    case 'creation':
      return perform(directory, call, await creationToWrite(directory, plan));
    case 'revision':
      return revise(directory, call, plan);
    case 'blind':
      return perform(directory, call, plan.write);
  }
}

/** For writes that leave a resource behind. */
export async function carryOutToResource(directory: Directory, call: Call, plan: Plan): Promise<StoredResource> {
  const { resource } = await carryOut(directory, call, plan);
  if (resource === null) throw new TypeError(`${directory.adapter.name} answered no resource to a write`);
  return resource;
}

/** Reads, computes and writes on the condition that what was read still stands; again from the primary where it does not. */
function revise(directory: Directory, call: Call, revision: Revision): Promise<Written> {
  const { type, id, ifVersion } = revision.target;
  const attempt = async (fresh: boolean): Promise<Written> => {
    const [before] = await directory.adapter.getMany(fresh ? onPrimary(call) : call, type.name, [id]);
    return perform(directory, call, await revisionToWrite(directory, revision, before));
  };
  return ifVersion === undefined ? retryOnMismatch((count) => attempt(count > 0)) : attempt(true);
}
