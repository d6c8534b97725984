import type { Call } from '#model/call.ts';
import type { Directory } from '../directory.ts';
import { perform } from './perform.ts';
import type { Target } from './update.ts';

/** Links from and to the resource go with it, in the same step where the backend can (RFC 7643 §2.3.7 leaves it open). */
export async function deleteResource(directory: Directory, call: Call, { type, id, ifVersion }: Target): Promise<void> {
  const guard = ifVersion === undefined ? {} : { ifVersion };
  await perform(directory, call, { kind: 'delete', type: type.name, id, ...guard });
}
