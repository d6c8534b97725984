import { DirectoryError } from '#model/errors.ts';
import type { ResourceId } from '#model/resource.ts';

export function gone(type: string, id: ResourceId): DirectoryError {
  return new DirectoryError('NOT_FOUND', `no ${type} has this id`, { ids: [id] });
}

export function versionMismatch(id: ResourceId): DirectoryError {
  return new DirectoryError('VERSION_MISMATCH', 'the resource has changed since it was read', { ids: [id] });
}

export function notFound(path: string, expected: string, ids: readonly ResourceId[]): DirectoryError {
  return new DirectoryError('INVALID_VALUE', `${path} must name resources that exist`, {
    ids,
    faults: [{ path, expected }],
  });
}

export function cycle(ids: readonly ResourceId[]): DirectoryError {
  return new DirectoryError('CYCLE', 'a group cannot contain itself, directly or through other groups', {
    ids,
    faults: [{ path: 'members', expected: 'groups that do not contain this group' }],
  });
}

/** Who holds it is unknown where the directory takes two values for one that SCIM tells apart. */
export function taken(attribute: string, holder: ResourceId | undefined): DirectoryError {
  return new DirectoryError('UNIQUENESS', `${attribute} is taken by another resource`, {
    ids: holder === undefined ? [] : [holder],
    faults: [{ path: attribute, expected: 'a value that no other resource has' }],
  });
}

export function undeclared(what: string): DirectoryError {
  return new DirectoryError('UNSUPPORTED', `the LDAP backend ${what}`);
}

/** The directory goes on changing under a write that is tried again and again. */
export function tooBusy(id: ResourceId): DirectoryError {
  return new DirectoryError('UNAVAILABLE', 'the entry changed at every attempt to write it', {
    ids: [id],
    retryAfterMs: 1_000,
  });
}
