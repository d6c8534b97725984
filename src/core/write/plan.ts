import { randomUUID } from 'node:crypto';
import type { Write } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Attributes, JsonObject, ResourceId, StoredResource, Version } from '#model/resource.ts';
import type { Content } from '../content.ts';
import type { Directory } from '../directory.ts';
import { draftOf } from '../keys.ts';
import type { Leniency } from '../leniency.ts';
import { applyPatch } from '../patch/apply.ts';
import { type GroupWord, groupPatchOf } from '../patch/groups.ts';
import { memberChangeOf } from '../patch/members.ts';
import type { PatchOperation } from '../patch/operation.ts';
import { checkCreate, checkGroupNames, checkPatch, checkReplace } from '../policy/check-write.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { validateBody } from '../validate/body.ts';
import { hasActive } from './active.ts';
import { secretsOf } from './password.ts';

export interface Target {
  readonly type: ResourceType;
  readonly id: ResourceId;
  readonly ifVersion?: Version;
}

/** What a client asks for, checked as far as that is possible without the backend. */
export type Plan = Creation | Revision | Blind | Regrouping;

export interface Creation {
  readonly kind: 'creation';
  readonly type: ResourceType;
  /** Absent where the backend assigns it. */
  readonly id?: ResourceId;
  readonly content: Content;
}

/** A write that follows from what the resource holds, and is refused once that no longer stands. */
export interface Revision {
  readonly kind: 'revision';
  readonly target: Target;
  contentOf(before: StoredResource): Content;
}

/** A write that needs no prior read. */
export interface Blind {
  readonly kind: 'blind';
  readonly write: Write & { readonly id: ResourceId };
}

/** A move of a resource between groups, which are several resources: not atomic as a whole (ADR 0022). */
export interface Regrouping {
  readonly kind: 'regrouping';
  readonly target: Target;
  readonly words: readonly GroupWord[];
  /** What is asked of the resource itself beside it. */
  readonly revision?: Revision;
}

/**
 * `id` is one of `newId`.
 * @throws {DirectoryError} INVALID_VALUE, INVALID_SYNTAX, MUTABILITY, all faults at once; FORBIDDEN for what the client does not see
 */
export function planCreate(
  directory: Directory,
  type: ResourceType,
  body: JsonObject,
  id = newId(directory, type),
): Creation {
  const content = validateBody(type, body, { leniency: directory.leniency });
  if (directory.visibility !== undefined) checkCreate(directory.visibility, type, content);
  return {
    kind: 'creation',
    type,
    ...(id !== undefined && { id }),
    content: { ...content, attributes: withDefaults(type, content.attributes) },
  };
}

/** Undefined where the backend assigns ids. */
export function newId(directory: Directory, type: ResourceType): ResourceId | undefined {
  return directory.capabilities(type).ids === 'given' ? (randomUUID() as string as ResourceId) : undefined;
}

/**
 * PUT: what the body does not mention is cleared, members included (RFC 7644 §3.5.1).
 * @throws {DirectoryError} FORBIDDEN where the client does not see all of it
 */
export function planReplace(directory: Directory, target: Target, body: JsonObject): Revision {
  const { type } = target;
  if (directory.visibility !== undefined) checkReplace(directory.visibility, type);
  const hasMembers = type.attributes.some(({ link }) => link?.edge === 'members' && link.direction === 'out');
  return {
    kind: 'revision',
    target,
    contentOf(before) {
      const content = validateBody(type, body, { leniency: directory.leniency, before });
      return hasMembers && content.members === undefined ? { ...content, members: { replace: true } } : content;
    },
  };
}

/** What tolerance of identity providers' messages must neither refuse nor reinterpret in a change that a face drew up. */
const AS_WRITTEN = {
  pathlessPatch: 'accept',
  keysAsPaths: 'expand',
  valueOfRemove: 'select',
  replaceByOneMember: 'replace',
} as const;

/**
 * @throws {DirectoryError} as `memberChangeOf`, for operations on members, and as `groupPatchOf`, on a user's groups; FORBIDDEN for
 *   what the client does not see
 */
export function planPatch(
  { leniency: tolerated, lifeCycle, visibility, registry }: Directory,
  target: Target,
  operations: readonly PatchOperation[],
  oneChange = false,
): Revision | Blind | Regrouping {
  const { type, id } = target;
  const leniency = oneChange ? { ...tolerated, ...AS_WRITTEN } : tolerated;
  if (visibility !== undefined) checkPatch(visibility, type, operations, leniency);
  const groups = lifeCycle.userGroups === 'refuse' ? undefined : groupPatchOf(type, operations, leniency);
  if (groups !== undefined) {
    const { words, others } = groups;
    if (visibility !== undefined) checkGroupNames(visibility, registry.types, words);
    const revision = others && planRevision(leniency, target, others);
    return { kind: 'regrouping', target, words, ...(revision && { revision }) };
  }
  const members = memberChangeOf(type, operations, leniency, oneChange);
  return members === undefined
    ? planRevision(leniency, target, operations, oneChange)
    : { kind: 'blind', write: { kind: 'update', type: type.name, id, members, ...guardOf(target) } };
}

function planRevision(
  leniency: Leniency,
  target: Target,
  operations: readonly PatchOperation[],
  oneChange = false,
): Revision {
  return {
    kind: 'revision',
    target,
    contentOf: (before) => applyPatch(target.type, before, operations, leniency, oneChange),
  };
}

/**
 * As the tenant's life cycle has it. Links from and to what is removed or retained go with it, in the same step where the
 * backend can (RFC 7643 §2.3.7 leaves it open); a resource that is deactivated keeps them, and is left alone where it is
 * inactive already.
 */
export function planDelete({ lifeCycle: { onDelete } }: Directory, target: Target): Revision | Blind {
  const { type } = target;
  if (onDelete === 'deactivate' && hasActive(type)) return { kind: 'revision', target, contentOf: deactivated };
  const { write } = planRemoval(target);
  return { kind: 'blind', write: onDelete === 'retain' ? { ...write, retain: true } : write };
}

/** For what shall not have been there, whatever the tenant's life cycle. */
export function planRemoval(target: Target): Blind & { readonly write: { readonly kind: 'delete' } } {
  const { type, id } = target;
  return { kind: 'blind', write: { kind: 'delete', type: type.name, id, ...guardOf(target) } };
}

function deactivated({ attributes, links }: StoredResource): Content {
  return { attributes: { ...attributes, active: false }, links };
}

export async function creationToWrite(
  directory: Directory,
  { type, id, content }: Creation,
): Promise<Write & { readonly kind: 'create' }> {
  const { attributes, links, members, password } = content;
  const secrets = await secretsOf(password, directory.capabilities(type).passwords);
  return {
    kind: 'create',
    type: type.name,
    ...(id !== undefined && { id }),
    draft: draftOf(type, attributes, links, secrets),
    ...(members && { members }),
  };
}

/** @throws {DirectoryError} NOT_FOUND, VERSION_MISMATCH where the client's version has passed, and what is wrong with the content */
export async function revisionToWrite(
  directory: Directory,
  { target, contentOf }: Revision,
  before: StoredResource | null | undefined,
): Promise<Write> {
  const { type, id } = target;
  checkTarget(target, before);
  const { attributes, links, members, password } = contentOf(before);
  const secrets = await secretsOf(password, directory.capabilities(type).passwords);
  return {
    kind: 'update',
    type: type.name,
    id,
    content: { before, draft: draftOf(type, attributes, links, secrets) },
    ...(members && { members }),
    ...guardOf(target),
  };
}

/** @throws {DirectoryError} NOT_FOUND, VERSION_MISMATCH where the client's version has passed */
export function checkTarget(
  { type, id, ifVersion }: Target,
  before: StoredResource | null | undefined,
): asserts before is StoredResource {
  if (!before) throw notFound(type.name, id);
  if (ifVersion !== undefined && before.version !== ifVersion) throw movedOn(before);
}

export function notFound(type: string, id: ResourceId): DirectoryError {
  return new DirectoryError('NOT_FOUND', `${type} ${id} does not exist`);
}

function guardOf({ ifVersion }: Target): { readonly ifVersion?: Version } {
  return ifVersion === undefined ? {} : { ifVersion };
}

/** A new user may sign in unless the identity provider says otherwise; Entra and Okta read `active` back. */
function withDefaults(type: ResourceType, attributes: Attributes): Attributes {
  return hasActive(type) && !Object.hasOwn(attributes, 'active') ? { ...attributes, active: true } : attributes;
}

function movedOn(stored: StoredResource): DirectoryError {
  return new DirectoryError(
    'VERSION_MISMATCH',
    `${stored.type} ${stored.id} is at version ${stored.version}; read it again and repeat the change`,
  );
}
