import type { Call } from '#model/call.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Content } from '../content.ts';
import type { Directory } from '../directory.ts';
import { hasActive } from './active.ts';
import { perform } from './perform.ts';
import { type Target, updateContent } from './update.ts';

/**
 * As the tenant's life cycle has it. Links from and to what is removed or retained go with it, in the same step where the
 * backend can (RFC 7643 §2.3.7 leaves it open); a resource that is deactivated keeps them, and is left alone where it is
 * inactive already.
 */
export async function deleteResource(directory: Directory, call: Call, target: Target): Promise<void> {
  const { type, id, ifVersion } = target;
  const { onDelete } = directory.lifeCycle;
  if (onDelete === 'deactivate' && hasActive(type)) {
    await updateContent(directory, call, target, deactivated);
    return;
  }
  await perform(directory, call, {
    kind: 'delete',
    type: type.name,
    id,
    ...(ifVersion !== undefined && { ifVersion }),
    ...(onDelete === 'retain' && { retain: true }),
  });
}

function deactivated({ attributes, links }: StoredResource): Content {
  return { attributes: { ...attributes, active: false }, links };
}
