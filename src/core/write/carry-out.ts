import type { Written } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { perform } from './perform.ts';
import { creationToWrite, type Plan } from './plan.ts';
import { regroup } from './regroup.ts';
import { revise } from './revise.ts';

/** @throws {DirectoryError} the operation's own error */
export async function carryOut(directory: Directory, call: Call, plan: Plan): Promise<Written> {
  switch (plan.kind) {
    case 'creation':
      return perform(directory, call, await creationToWrite(directory, plan));
    case 'revision':
      return revise(directory, call, plan);
    case 'blind':
      return perform(directory, call, plan.write);
    case 'regrouping':
      return regroup(directory, call, plan);
  }
}

/** For writes that leave a resource behind. */
export async function carryOutToResource(directory: Directory, call: Call, plan: Plan): Promise<StoredResource> {
  const { resource } = await carryOut(directory, call, plan);
  if (resource === null) throw new TypeError(`${directory.adapter.name} answered no resource to a write`);
  return resource;
}
