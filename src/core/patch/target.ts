import { nearestName } from '#model/nearest-name.ts';
import type { Json } from '#model/resource.ts';
import type { FilterSyntax, PatchPathSyntax } from '../filter/syntax.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import { resolvePath, subAttributeOf } from '../schema/resolve-path.ts';
import { isReadOnly, joined, namesOf, subNamesOf } from '../validate/names.ts';
import { labelOf } from '../validate/whole.ts';
import { refusal } from './fault.ts';

/** A path bound to the schema. Without `attribute` it is a whole extension. */
export interface Target {
  readonly schema?: string | undefined;
  readonly attribute?: Attribute | undefined;
  readonly sub?: Attribute | undefined;
  readonly where?: FilterSyntax | undefined;
  /** The path in canonical spelling, without what the filter says, which may be anybody's data. */
  readonly label: string;
}

/** What an operation does at one place: an operation without a path, or on an extension, falls into several. */
export interface Step {
  readonly op: 'add' | 'remove' | 'replace';
  readonly target: Target & { readonly attribute: Attribute };
  readonly value: Json | undefined;
  /** The whole extension goes, so that what it requires may go with it. */
  readonly withExtension?: true;
}

/**
 * Binds a parsed path, RFC 7644 §3.5.2: `attr`, `attr.sub`, `attr[filter]`, `attr[filter].sub`, each also behind a URN, or an
 * extension's URN alone. Undefined where the schema knows no such name.
 * @throws {DirectoryError} INVALID_PATH for a filter on what has no values to choose from
 */
export function resolveTarget(type: ResourceType, { path, where, sub: subName }: PatchPathSyntax): Target | undefined {
  const found = resolvePath(type, path.text);
  if (found === undefined) return undefined;
  const { schema, attribute } = found;
  if (attribute === undefined) {
    if (where !== undefined) throw refusal('INVALID_PATH', schema ?? path.text, 'an attribute before the brackets');
    return { schema, label: schema ?? path.text };
  }
  const label = labelOf({ schema, attribute });
  if (where !== undefined && (!attribute.multiValued || attribute.type !== 'complex' || found.sub !== undefined)) {
    throw refusal('INVALID_PATH', label, 'brackets only behind a complex attribute with several values');
  }
  const sub = subName === undefined ? found.sub : (subAttributeOf(attribute, subName) ?? figure8(attribute, subName));
  if (subName !== undefined && sub === undefined) return undefined;
  const dotted = `${label}${where ? '[...]' : ''}${sub ? `.${sub.name}` : ''}`;
  return { schema, attribute, sub, where, label: dotted };
}

/** @throws {DirectoryError} INVALID_PATH with the nearest known name */
export function resolveKnownTarget(type: ResourceType, path: PatchPathSyntax): Target {
  const target = resolveTarget(type, path);
  if (target !== undefined) return target;
  const written = joined('', path.path.text) + (path.sub === undefined ? '' : `.${joined('', path.sub)}`);
  const near = nearestPath(type, path);
  const more = near === undefined ? {} : { remedy: `did you mean ${near}?` };
  throw refusal('INVALID_PATH', written, `an attribute of ${type.name}`, more);
}

/** RFC 7644 Figure 8 has `members[value eq "..."].displayName`, which the schema calls `display`. */
function figure8(attribute: Attribute, name: string): Attribute | undefined {
  if (attribute.link?.edge !== 'members' || name.toLowerCase() !== 'displayname') return undefined;
  return subAttributeOf(attribute, 'display');
}

/** Members see to their own sub-attributes; of other links everything follows from `value`. */
export function isComputed({ attribute, sub }: Target): boolean {
  if (attribute === undefined) return false;
  if (isReadOnly(attribute)) return true;
  if (sub === undefined || attribute.link?.edge === 'members') return false;
  return isReadOnly(sub) || (attribute.link !== undefined && sub.name !== 'value');
}

function nearestPath(type: ResourceType, { path: { text }, sub }: PatchPathSyntax): string | undefined {
  const dot = sub === undefined ? text.lastIndexOf('.') : text.length;
  const owner = dot < 0 ? undefined : resolvePath(type, text.slice(0, dot))?.attribute;
  if (owner === undefined) return nearestName(text.slice(text.lastIndexOf(':') + 1), namesOf(type));
  const near = nearestName(sub ?? text.slice(dot + 1), subNamesOf(owner));
  return near && `${owner.name}.${near}`;
}
