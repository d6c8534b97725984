import { randomUUID } from 'node:crypto';
import type { Write } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Attributes, JsonObject, ResourceId, StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { draftOf } from '../keys.ts';
import { secretsOf } from '../password.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { validateBody } from '../validate/body.ts';
import { hasActive } from './active.ts';
import { perform, performMany } from './perform.ts';

const OPERATIONS_PER_CALL = 500;

export async function createResource(
  directory: Directory,
  call: Call,
  type: ResourceType,
  body: JsonObject,
): Promise<StoredResource> {
  const { resource } = await perform(directory, call, await creation(directory, type, body));
  if (resource === null) throw new TypeError(`${directory.adapter.name} answered no resource to a create`);
  return resource;
}

export async function createMany(
  directory: Directory,
  call: Call,
  type: ResourceType,
  bodies: readonly JsonObject[],
): Promise<readonly StoredResource[]> {
  const created: StoredResource[] = [];
  for (let from = 0; from < bodies.length; from += OPERATIONS_PER_CALL) {
    const batch = bodies.slice(from, from + OPERATIONS_PER_CALL);
    const operations = await Promise.all(batch.map((body) => creation(directory, type, body)));
    for (const answer of await performMany(directory, call, operations)) {
      if (answer instanceof DirectoryError) throw answer;
      if (answer.resource !== null) created.push(answer.resource);
    }
  }
  return created;
}

async function creation(directory: Directory, type: ResourceType, body: JsonObject): Promise<Write> {
  const { attributes, links, members, password } = validateBody(type, body, { leniency: directory.leniency });
  const capabilities = directory.capabilities(type);
  const secrets = await secretsOf(password, capabilities.passwords);
  return {
    kind: 'create',
    type: type.name,
    ...(capabilities.ids === 'given' && { id: randomUUID() as string as ResourceId }),
    draft: draftOf(type, withDefaults(type, attributes), links, secrets),
    ...(members && { members }),
  };
}

/** A new user may sign in unless the identity provider says otherwise; Entra and Okta read `active` back. */
function withDefaults(type: ResourceType, attributes: Attributes): Attributes {
  return hasActive(type) && !Object.hasOwn(attributes, 'active') ? { ...attributes, active: true } : attributes;
}
