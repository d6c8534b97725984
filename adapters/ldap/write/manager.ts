import type { ResourceId } from '#model/resource.ts';
import type { Reader } from '../read/reader.ts';
import type { Container, Found } from '../tenant-view.ts';
import { notFound } from './refusals.ts';

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
