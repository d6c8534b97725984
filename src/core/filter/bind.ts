import type { AttributePath } from '#model/filter.ts';
import { nearestName } from '#model/nearest-name.ts';
import type { Attribute, ResolvedPath, ResourceType } from '../schema/attribute.ts';
import { isUnqualified, resolvePath, toAttributePath } from '../schema/resolve-path.ts';
import { refusal } from './refusal.ts';
import type { ResolveOptions } from './resolve.ts';
import type { PathSyntax } from './syntax.ts';

export type BoundAttribute = ResolvedPath & { readonly attribute: Attribute };

/**
 * Undefined for an unknown attribute where the options take that for absent.
 * @throws {DirectoryError} INVALID_FILTER naming the nearest known attribute, or the whole name of an extension's
 */
export function bindPath(
  type: ResourceType,
  path: PathSyntax,
  { unknownAttributes, unqualifiedNames }: ResolveOptions,
): ResolvedPath | undefined {
  const bound = resolvePath(type, path.text);
  if (bound && unqualifiedNames === 'refuse' && isUnqualified(bound, path.text)) {
    throw refusal(`it is an attribute of an extension; write ${bound.schema}:${path.text}`, path);
  }
  if (bound !== undefined || unknownAttributes === 'absent') return bound;
  throw refusal(`${type.name} has no such attribute${didYouMean([type], path.text)}`, path);
}

/** @throws {DirectoryError} INVALID_FILTER where none of several types has the attribute */
export function checkKnown(types: readonly ResourceType[], path: PathSyntax): void {
  if (types.some((type) => resolvePath(type, path.text) !== undefined)) return;
  throw refusal(`no resource type has such an attribute${didYouMean(types, path.text)}`, path);
}

/** The end of a refusal: the nearest attribute of one of the types, or nothing where none is near. */
export function didYouMean(types: readonly ResourceType[], text: string): string {
  const nearest = types.map((type) => nearestPath(type, text)).find((name) => name !== undefined);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/** @throws {DirectoryError} SENSITIVE for a password; INVALID_FILTER for what is never shown, or not stored at all */
export function checkFilterable({ schema, attribute, sub }: BoundAttribute, path: PathSyntax): void {
  if (attribute.secret || sub?.secret) throw refusal('a password cannot be asked for', path, 'SENSITIVE');
  const hidden = [attribute, sub].some((part) => part?.returned === 'never' || part?.mutability === 'writeOnly');
  if (hidden) throw refusal('it is never returned, so it cannot be filtered by', path);
  if (schema === undefined && attribute.name === 'meta' && sub?.name === 'location') {
    throw refusal('it follows from the id; filter by id', path);
  }
}

/** The path as `present` means it: of a complex attribute the whole and not its `value`; of `meta` a part that every resource has. */
export function presencePath(bound: BoundAttribute): AttributePath {
  const path = toAttributePath(bound);
  if (bound.sub) return path;
  if (path.name === 'meta' && path.schema === undefined) return { ...path, sub: 'resourceType', comparison: 'exact' };
  const { sub: _, ...whole } = path;
  return whole;
}

/** `name.givenNam` is nearest to `name.givenName`, `naem.givenName` to `name`. */
function nearestPath(type: ResourceType, text: string): string | undefined {
  const name = text.slice(text.lastIndexOf(':') + 1);
  const dot = name.indexOf('.');
  const first = dot < 0 ? name : name.slice(0, dot);
  const known = [...type.attributes, ...type.extensions.flatMap(({ schema }) => schema.attributes)];
  const attribute = known.find((each) => each.name.toLowerCase() === first.toLowerCase());
  if (attribute === undefined || dot < 0) {
    return nearestName(
      first,
      known.map((each) => each.name),
    );
  }
  const subNames = (attribute.subAttributes ?? []).map((each) => each.name);
  const sub = nearestName(name.slice(dot + 1), subNames);
  return sub === undefined ? undefined : `${attribute.name}.${sub}`;
}
