import { type ParseOptions, parseFilter } from '#core/filter/parse.ts';
import { resolveFilter } from '#core/filter/resolve.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Filter } from '#model/filter.ts';
import { type LinkLookup, matches } from '#model/matches.ts';
import type { Attributes, EdgeName, ResourceId, StoredResource, Version } from '#model/resource.ts';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

const registry = openRegistry();

export function typeNamed(name: string): ResourceType {
  const type = registry.type(name);
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}

export const USER = typeNamed('User');

export function stored(attributes: Attributes, id = 'u1', type = 'User'): StoredResource {
  return {
    id: id as ResourceId,
    type,
    attributes,
    links: {},
    version: 'v1' as Version,
    createdAt: new Date('2024-01-01T00:00:00.000Z'),
    modifiedAt: new Date('2024-06-01T12:00:00.500Z'),
  };
}

/** Links of one resource, as `edge direction` to the ids it is linked to at any depth. */
export function linkedTo(links: { readonly [link: string]: readonly string[] }): LinkLookup {
  return {
    linked(edge: EdgeName, direction, ids) {
      const found = links[`${edge} ${direction}`] ?? [];
      return ids === undefined ? found.length > 0 : ids.some((id) => found.includes(id));
    },
  };
}

export function resolve(text: string, type = USER, options?: ParseOptions): Filter {
  return resolveFilter(type, parseFilter(text, options));
}

export function holds(text: string, resource: StoredResource, links: LinkLookup = linkedTo({})): boolean {
  return matches(resolve(text, typeNamed(resource.type)), resource, links);
}

/** Code and message of what is thrown; fails where nothing is, or anything but a DirectoryError. */
export function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof DirectoryError) return `${error.code} ${error.message}`;
    throw error;
  }
  throw new Error('nothing was refused');
}
