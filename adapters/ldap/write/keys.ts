/** Unique values: asked for before a write, and found again where the server refuses one. */

import type { DirectoryError } from '#model/errors.ts';
import { type AttributePath, pathName } from '#model/filter.ts';
import type { Key, ResourceId, StoredResource } from '#model/resource.ts';
import type { LdapError } from '../connection/ldap-error.ts';
import { normalizeDn } from '../dn.ts';
import { homeAt } from '../filter/matcher.ts';
import { printLeafPath } from '../mapping/leaves.ts';
import { byKeys, hasKey } from '../read/by-keys.ts';
import type { Reader } from '../read/reader.ts';
import { CODE, toDirectoryError } from '../result-error.ts';
import type { Container } from '../tenant-view.ts';
import { taken } from './refusals.ts';

/**
 * What the server's own uniqueness covers needs no asking. Beyond ASCII its folding is not SCIM's, so there it is asked all the same.
 * @throws UNIQUENESS with the holder's id
 */
export async function checkFree(
  reader: Reader,
  container: Container,
  shape: readonly AttributePath[],
  keys: readonly Key[],
  self: ResourceId | undefined,
): Promise<void> {
  const asked = keys.filter((key) => !isGuarded(container, shape, key));
  const held = await holderOf(reader, container, shape, asked, self);
  if (held !== undefined) throw taken(held.attribute, held.id);
}

export function isGuarded(container: Container, shape: readonly AttributePath[], { attribute, value }: Key): boolean {
  const path = shape.find((each) => pathName(each) === attribute);
  const home = path && homeAt(path, container.map);
  return home !== undefined && /^[!-~]+$/.test(value) && home.attributes.every((name) => isUnique(container, name));
}

/** What the resource is to have and does not have yet. */
export function newKeys(before: StoredResource, keys: readonly Key[], shape: readonly AttributePath[]): readonly Key[] {
  const isHeld = ({ attribute, value }: Key) =>
    shape.some((path) => pathName(path) === attribute && hasKey(before, path, value));
  return keys.filter((key) => !isHeld(key));
}

export function isUnique({ unique }: Pick<Container, 'unique'>, attribute: string): boolean {
  return unique.some((name) => name.toLowerCase() === attribute.toLowerCase());
}

async function holderOf(
  reader: Reader,
  container: Container,
  shape: readonly AttributePath[],
  keys: readonly Key[],
  self: ResourceId | undefined,
): Promise<{ readonly attribute: string; readonly id: ResourceId } | undefined> {
  if (keys.length === 0) return undefined;
  const found = await byKeys(reader, container, shape, keys);
  for (const [i, holders] of found.entries()) {
    const holder = holders.find(({ id }) => id !== self);
    const attribute = keys[i]?.attribute;
    if (holder !== undefined && attribute !== undefined) return { attribute, id: holder.id };
  }
  return undefined;
}

/** What a server's refusal to store (19, 68) means: which value is taken, and by whom where that can be told. */
export async function attributeTaken(
  reader: Reader,
  container: Container,
  shape: readonly AttributePath[],
  keys: readonly Key[],
  error: LdapError,
  dn: string,
  self?: ResourceId,
): Promise<DirectoryError> {
  const held = await holderOf(reader, container, shape, keys, self);
  if (held !== undefined) return taken(held.attribute, held.id);
  // ppolicy and others answer 19 for reasons of their own.
  const attribute = container.dialect.takenAttribute(error.result.diagnostic);
  if (attribute !== undefined) return taken(nameOf(container, attribute), undefined);
  if (error.code === CODE.entryExists) {
    const holder = (await reader.byDns([normalizeDn(dn)])).get(normalizeDn(dn));
    return taken(nameOf(container, container.rdn), holder?.id);
  }
  return toDirectoryError(error) as DirectoryError;
}

/** The SCIM attribute that an LDAP attribute holds, or is made of. */
export function nameOf({ id, map }: Container, attribute: string): string {
  if (id.attribute.toLowerCase() === attribute.toLowerCase()) return 'id';
  const path = map.sourceOf(attribute);
  return path === undefined ? attribute : printLeafPath(path);
}
