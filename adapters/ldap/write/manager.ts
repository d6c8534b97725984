import type { ResourceId } from '#model/resource.ts';
import type { Reader } from '../read/reader.ts';
import type { Container, Found } from '../tenant-view.ts';
import { notFound } from './refusals.ts';

/** The names of resources that an attribute refers to. @throws INVALID_VALUE where one does not exist */
export function dnIn(entries: ReadonlyMap<ResourceId, Found>, path: string): (id: ResourceId) => string {
  return (id) => {
    const found = entries.get(id);
    if (found === undefined) throw notFound(path, 'ids of users or groups that exist', [id]);
    return found.entry.dn;
  };
}

/** @throws INVALID_VALUE where it is no user that exists, or the type has no manager */
export function resolveManager(
  reader: Reader,
  container: Container,
  manager: ResourceId | undefined,
  entries: ReadonlyMap<ResourceId, Found>,
): Found | undefined {
  if (manager === undefined) return undefined;
  const found = entries.get(manager);
  const { users } = reader.view;
  if (found?.container !== users || container !== users || users.link === undefined) {
    throw notFound('manager', 'the id of a user that exists', [manager]);
  }
  return found;
}
