import type { Write } from '#adapters/adapter.ts';
import { type Call, onPrimary } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { JsonObject, ResourceId, StoredResource, Version } from '#model/resource.ts';
import type { Content } from '../content.ts';
import type { Directory } from '../directory.ts';
import { draftOf } from '../keys.ts';
import { retryOnMismatch } from '../optimistic.ts';
import { secretsOf } from '../password.ts';
import { applyPatch } from '../patch/apply.ts';
import { memberChangeOf } from '../patch/members.ts';
import type { PatchOperation } from '../patch/operation.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { validateBody } from '../validate/body.ts';
import { notFound, perform } from './perform.ts';

export interface Target {
  readonly type: ResourceType;
  readonly id: ResourceId;
  readonly ifVersion?: Version;
}

/** PUT: what the body does not mention is cleared, members included (RFC 7644 §3.5.1). */
export function replaceResource(
  directory: Directory,
  call: Call,
  target: Target,
  body: JsonObject,
): Promise<StoredResource> {
  const { type } = target;
  const hasMembers = type.attributes.some(({ link }) => link?.edge === 'members' && link.direction === 'out');
  return updateContent(directory, call, target, (before) => {
    const content = validateBody(type, body, { leniency: directory.leniency, before });
    return hasMembers && content.members === undefined ? { ...content, members: { replace: true } } : content;
  });
}

export async function patchResource(
  directory: Directory,
  call: Call,
  target: Target,
  operations: readonly PatchOperation[],
): Promise<StoredResource> {
  const { type, id, ifVersion } = target;
  const members = memberChangeOf(type, operations, directory.leniency);
  if (members === undefined) {
    return updateContent(directory, call, target, (before) => applyPatch(type, before, operations, directory.leniency));
  }
  const guard = ifVersion === undefined ? {} : { ifVersion };
  return write(directory, call, { kind: 'update', type: type.name, id, members, ...guard });
}

/** Reads, computes and writes on the condition that what was read still stands; again from the primary where it does not. */
export function updateContent(
  directory: Directory,
  call: Call,
  { type, id, ifVersion }: Target,
  contentOf: (before: StoredResource) => Content,
): Promise<StoredResource> {
  const attempt = async (fresh: boolean): Promise<StoredResource> => {
    const [before] = await directory.adapter.getMany(fresh ? onPrimary(call) : call, type.name, [id]);
    if (!before) throw notFound(type.name, id);
    if (ifVersion !== undefined && before.version !== ifVersion) throw movedOn(before);
    const { attributes, links, members, password } = contentOf(before);
    const secrets = await secretsOf(password, directory.capabilities(type).passwords);
    return write(directory, call, {
      kind: 'update',
      type: type.name,
      id,
      content: { before, draft: draftOf(type, attributes, links, secrets) },
      ...(members && { members }),
      ...(ifVersion !== undefined && { ifVersion }),
    });
  };
  return ifVersion === undefined ? retryOnMismatch((count) => attempt(count > 0)) : attempt(true);
}

async function write(directory: Directory, call: Call, operation: Write & { kind: 'update' }): Promise<StoredResource> {
  const { resource } = await perform(directory, call, operation);
  if (resource === null) throw new TypeError(`${directory.adapter.name} answered no resource to an update`);
  return resource;
}

function movedOn(stored: StoredResource): DirectoryError {
  return new DirectoryError(
    'VERSION_MISMATCH',
    `${stored.type} ${stored.id} is at version ${stored.version}; read it again and repeat the change`,
  );
}
