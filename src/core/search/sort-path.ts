import { DirectoryError } from '#model/errors.ts';
import type { Sort } from '#model/filter.ts';
import { didYouMean } from '../filter/bind.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { resolvePath, toAttributePath } from '../schema/resolve-path.ts';

/**
 * Binds `sortBy`, RFC 7644 §3.4.2.3.
 * @throws {DirectoryError} INVALID_PATH for an unknown attribute, one that is not returned or is a link, or a complex one
 *   without a sub-attribute to sort by
 */
export function resolveSort(type: ResourceType, by: string, order: Sort['order']): Sort {
  const path = resolvePath(type, by);
  const attribute = path?.attribute;
  if (path === undefined || attribute === undefined)
    throw refusal(by, `${type.name} has no such attribute${didYouMean([type], by)}`);
  if (attribute.link) throw refusal(by, 'it is computed from links between resources');
  if (attribute.returned === 'never' || path.sub?.returned === 'never') throw refusal(by, 'it is never returned');
  const resolved = toAttributePath({ ...path, attribute });
  if (attribute.type === 'complex' && resolved.sub === undefined) {
    const [first] = attribute.subAttributes ?? [];
    throw refusal(by, `it is complex: name a sub-attribute, such as ${attribute.name}.${first?.name}`);
  }
  if (attribute.name === 'meta' && resolved.sub === 'location') throw refusal(by, 'it follows from the id');
  return { by: resolved, order };
}

/**
 * Binds `sortBy` to each of several types that has the attribute; in the others nothing has a value of it.
 * @throws {DirectoryError} INVALID_PATH where no type has it, and as `resolveSort`
 */
export function resolveSorts(
  types: readonly ResourceType[],
  by: string,
  order: Sort['order'],
): ReadonlyMap<ResourceType, Sort> {
  const having = types.filter((type) => resolvePath(type, by)?.attribute !== undefined);
  if (having.length === 0) throw refusal(by, `no resource type has such an attribute${didYouMean(types, by)}`);
  return new Map(having.map((type) => [type, resolveSort(type, by, order)]));
}

function refusal(by: string, why: string): DirectoryError {
  return new DirectoryError('INVALID_PATH', `sortBy: cannot sort by "${by.slice(0, 100)}": ${why}`);
}
