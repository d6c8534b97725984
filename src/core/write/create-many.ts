import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { JsonObject, StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { OPERATIONS_PER_CALL, performMany } from './perform.ts';
import { creationToWrite, planCreate } from './plan.ts';

export async function createMany(
  directory: Directory,
  call: Call,
  type: ResourceType,
  bodies: readonly JsonObject[],
): Promise<readonly StoredResource[]> {
  const created: StoredResource[] = [];
  for (let from = 0; from < bodies.length; from += OPERATIONS_PER_CALL) {
    const plans = bodies.slice(from, from + OPERATIONS_PER_CALL).map((body) => planCreate(directory, type, body));
    const writes = await Promise.all(plans.map((plan) => creationToWrite(directory, plan)));
    for (const answer of await performMany(directory, call, writes)) {
      if (answer instanceof DirectoryError) throw answer;
      if (answer.resource !== null) created.push(answer.resource);
    }
  }
  return created;
}
