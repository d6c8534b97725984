import { randomBytes } from 'node:crypto';
import type { Draft, MemberChange, Secrets, Write } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Key, ResourceId, StoredResource } from '#model/resource.ts';
import { indexEntries, indexesOf } from '../indexes.ts';
import { digest, serialOf } from '../record.ts';
import { encodeText } from '../text.ts';

/** Core names the id of what it creates; where nobody does, the adapter has. */
export type WriteOfId = Write & { readonly id: ResourceId };

/** What WRITE_SCRIPT is given. @throws UNSUPPORTED, INVALID_VALUE for what is never stored */
export function encodeWrite(call: Call, operation: WriteOfId, kept: number): readonly string[] {
  const { kind, type, id } = operation;
  const draft = draftOf(operation);
  checkSecrets(draft?.secrets);
  if (type !== 'Group' && 'members' in operation && operation.members !== undefined) {
    throw new DirectoryError('INVALID_VALUE', `a ${type} has no members`);
  }
  const encoded = {
    kind,
    type: encodeText(type),
    id: encodeText(id),
    now: String(Date.now()),
    // Without it a version could come back after Redis has lost its last writes.
    nonce: randomBytes(4).toString('hex'),
    kept,
    actor: call.actor,
    request: call.requestId,
    indexes: indexesOf(type).map(({ name }) => name),
    ...('ifVersion' in operation && operation.ifVersion !== undefined && { ifVersion: operation.ifVersion }),
    ...(kind === 'delete' && operation.retain && { retain: true }),
    ...('stamps' in operation &&
      operation.stamps && {
        created: String(operation.stamps.createdAt.getTime()),
        modified: String(operation.stamps.modifiedAt.getTime()),
      }),
    ...(kind === 'update' && operation.content && { content: true, before: beforeOf(operation.content.before) }),
    ...('members' in operation && operation.members && { members: membersOf(operation.members) }),
    ...(draft && contentOf(draft)),
  };
  return [JSON.stringify(encoded), ...storedTexts(type, draft)];
}

function draftOf(operation: Write): Draft | undefined {
  if (operation.kind === 'create') return operation.draft;
  return operation.kind === 'update' ? operation.content?.draft : undefined;
}

function contentOf(draft: Draft) {
  const { manager } = draft.links;
  const hash = draft.secrets?.passwordHash;
  const secret = hash === undefined ? 'same' : hash === null ? 'clear' : 'set';
  return {
    digest: digest(draft.attributes),
    keys: draft.uniqueKeys.map(encodeKey),
    unique: draft.uniqueKeys.length,
    ...(manager !== undefined && { manager: encodeText(manager) }),
    ...(draft.secrets && { secret }),
  };
}

function beforeOf(before: StoredResource) {
  const { manager } = before.links;
  return {
    digest: digest(before.attributes),
    serial: serialOf(before.version),
    ...(manager !== undefined && { manager: encodeText(manager) }),
  };
}

function membersOf({ replace = false, remove = [], add = [] }: MemberChange) {
  return {
    replace,
    remove: remove.map(encodeText),
    add: add.map(({ id, type }) => (type === undefined ? [encodeText(id)] : [encodeText(id), encodeText(type)])),
  };
}

/** Attributes, secret, keys and index entries, as they stand in the record. */
function storedTexts(type: string, draft: Draft | undefined): readonly string[] {
  if (draft === undefined) return ['', '', '', ''];
  const { attributes, uniqueKeys, lookupKeys, secrets } = draft;
  const keys = [uniqueKeys.length, [...uniqueKeys, ...lookupKeys].map(encodeKey)];
  return [
    JSON.stringify(attributes),
    secrets?.passwordHash ?? '',
    JSON.stringify(keys),
    JSON.stringify(indexEntries(type, attributes)),
  ];
}

function encodeKey({ attribute, value }: Key): readonly [string, string] {
  return [encodeText(attribute), encodeText(value)];
}

function checkSecrets(secrets: Secrets | undefined): void {
  if (secrets?.password === undefined) return;
  throw new DirectoryError('UNSUPPORTED', 'the redis backend stores password hashes, never passwords');
}
