import type { Written } from '#adapters/adapter.ts';
import { type Call, onPrimary } from '#model/call.ts';
import type { Directory } from '../directory.ts';
import { retryOnMismatch } from './optimistic.ts';
import { perform } from './perform.ts';
import { type Revision, revisionToWrite } from './plan.ts';

/** Reads, computes and writes on the condition that what was read still stands; again from the primary where it does not. */
export function revise(directory: Directory, call: Call, revision: Revision): Promise<Written> {
  const { type, id, ifVersion } = revision.target;
  const attempt = async (fresh: boolean): Promise<Written> => {
    const [before] = await directory.adapter.getMany(fresh ? onPrimary(call) : call, type.name, [id]);
    return perform(directory, call, await revisionToWrite(directory, revision, before));
  };
  return ifVersion === undefined ? retryOnMismatch((count) => attempt(count > 0)) : attempt(true);
}
