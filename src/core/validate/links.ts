import type { Json, JsonObject, ResourceId } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import type { Attribute } from '../schema/attribute.ts';
import { subAttributeOf } from '../schema/resolve-path.ts';
import { shown } from './faults.ts';
import { isAbsent } from './is-absent.ts';
import { joined, subNamesOf } from './names.ts';
import type { Reader } from './simple-value.ts';
import { refuseTwice, refuseUnknown } from './value.ts';

/** A member as a body names it; identity providers often leave the type out. */
export interface Member {
  readonly id: ResourceId;
  readonly type?: string;
}

/** In one list; a larger group is filled by several requests. */
const MOST_MEMBERS = 100_000;
const LONGEST_ID = 1_024;

/** RFC 7643 §4.2; `displayName` is what RFC 7644's Figure 8 calls `display`. */
const MEMBER_NAMES = new Map(
  ['value', '$ref', 'type', 'display', 'displayName'].map((name) => [name.toLowerCase(), name] as const),
);

/**
 * The members that a value names, each once, the last word on its type counting: an array, or a single one.
 * What Portico computes (`display`) is ignored; `$ref` has to agree with `value` where it says anything.
 */
export function readMembers(reader: Reader, attribute: Attribute, value: Json, path: string): readonly Member[] {
  if (isAbsent(value)) return [];
  const items = isList(value) ? value : [value];
  if (items.length > MOST_MEMBERS) {
    reader.faults.add('INVALID_VALUE', {
      path,
      expected: `at most ${MOST_MEMBERS} values`,
      got: String(items.length),
      remedy: 'send the rest by PATCH',
    });
    return [];
  }
  const members = new Map<ResourceId, Member>();
  for (const [index, item] of items.entries()) {
    if (item === null) continue;
    const member = readMember(reader, attribute, item, isList(value) ? `${path}[${index}]` : path);
    if (member !== undefined) members.set(member.id, member);
  }
  return [...members.values()];
}

/**
 * The resource that a single-valued link points to: an object with `value`, a bare id, or an array of one (Entra).
 * `null` where the value says that there is none (null, "", []); undefined where it says nothing, or is at fault.
 */
export function readLink(
  reader: Reader,
  attribute: Attribute,
  value: Json,
  path: string,
): ResourceId | null | undefined {
  if (saysNothing(reader, value)) return null;
  const [item = null, ...more] = isList(value) && reader.leniency.bareComplexValues === 'wrap' ? value : [value];
  if (saysNothing(reader, item)) return null;
  if (more.length > 0) {
    reader.faults.add('INVALID_VALUE', { path, expected: 'one value', got: shown(value) });
    return undefined;
  }
  const parts = readParts(reader, attribute, item, path);
  const id = parts?.get('value');
  if (parts === undefined || id === undefined) return undefined;
  if (saysNothing(reader, id)) return null;
  return checkId(reader, id, parts.get('$ref'), path);
}

/** No manager: null, nothing, and `""` where the profile takes that for nothing (transcripts/entra/remove-manager.json). */
function saysNothing({ leniency }: Reader, value: Json): boolean {
  return isAbsent(value) || (value === '' && leniency.emptyStrings === 'clear');
}

function readMember(reader: Reader, attribute: Attribute, item: Json, path: string): Member | undefined {
  const parts = readParts(reader, attribute, item, path);
  if (parts === undefined) return undefined;
  const id = checkId(reader, parts.get('value') ?? null, parts.get('$ref'), path);
  const type = parts.get('type');
  if (id === undefined) return undefined;
  if (type === undefined || type === null || type === '') return { id };
  const known = subAttributeOf(attribute, 'type')?.canonicalValues ?? [];
  const name = known.find((candidate) => typeof type === 'string' && candidate.toLowerCase() === type.toLowerCase());
  if (name !== undefined) return { id, type: name };
  reader.faults.add('INVALID_VALUE', { path: `${path}.type`, expected: known.join(' or '), got: shown(type) });
  return undefined;
}

/** What the object says by canonical name; a bare value stands for `{ value }`, where the profile has it. */
export function readParts(
  reader: Reader,
  attribute: Attribute,
  item: Json,
  path: string,
): ReadonlyMap<string, Json> | undefined {
  if (typeof item === 'string' && reader.leniency.bareComplexValues === 'wrap') return new Map([['value', item]]);
  if (!isObject(item)) {
    reader.faults.add('INVALID_VALUE', { path, expected: 'an object with the id as "value"', got: shown(item) });
    return undefined;
  }
  return partsOf(reader, attribute, item, path);
}

function partsOf(reader: Reader, attribute: Attribute, item: JsonObject, path: string): ReadonlyMap<string, Json> {
  const parts = new Map<string, Json>();
  for (const key of Object.keys(item)) {
    const name = MEMBER_NAMES.get(key.toLowerCase());
    if (name === undefined) refuseUnknown(reader, joined(path, key), key, () => subNamesOf(attribute));
    else if (parts.has(name)) refuseTwice(reader, joined(path, key), name);
    else parts.set(name, item[key] ?? null);
  }
  return parts;
}

export function checkId(reader: Reader, id: Json, ref: Json | undefined, path: string): ResourceId | undefined {
  if (typeof id !== 'string' || id === '' || id.length > LONGEST_ID) {
    reader.faults.add('INVALID_VALUE', { path: `${path}.value`, expected: 'the id of a resource', got: shown(id) });
    return undefined;
  }
  if (ref === undefined || ref === null || ref === '' || (typeof ref === 'string' && pointsTo(ref, id))) {
    return id as ResourceId;
  }
  reader.faults.add('INVALID_VALUE', {
    path: `${path}.$ref`,
    expected: 'the address of the resource that "value" names',
    got: shown(ref),
    remedy: 'leave $ref out',
  });
  return undefined;
}

/** RFC 7643 §2.4: addresses are the same with and without a version in them, so only the id at the end counts. */
function pointsTo(ref: string, id: string): boolean {
  const end = ref.slice(ref.lastIndexOf('/') + 1);
  return end === id || end === encodeURIComponent(id);
}
