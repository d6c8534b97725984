import type { Attributes, Json, JsonObject, Links } from '#model/resource.ts';
import { isObject } from '#model/values.ts';
import type { Content } from '../content.ts';
import type { Leniency } from '../leniency.ts';
import type { ResolvedPath, ResourceType } from '../schema/attribute.ts';
import { isUnqualified, resolvePath } from '../schema/resolve-path.ts';
import { assign, type Draft, draftToAttributes, draftToLinks, openDraft } from './draft.ts';
import { Faults } from './faults.ts';
import { type Member, readLink, readMembers } from './links.ts';
import { checkNames, isReadOnly, joined, namesOf } from './names.ts';
import { checkSchemas } from './schemas.ts';
import { type Reader, readPassword } from './simple-value.ts';
import { readAttribute, refuseTwice, refuseUnknown } from './value.ts';
import { carryOver, checkRequired, dropHollowValues, labelOf } from './whole.ts';

export interface BodyOptions {
  readonly leniency: Leniency;
  /** What a PUT replaces; absent for a POST. */
  readonly before?: { readonly attributes: Attributes; readonly links: Links };
}

interface BodyReader extends Reader {
  readonly type: ResourceType;
  readonly draft: Draft;
  readonly seen: Set<string>;
  members?: readonly Member[];
  password?: string;
}

/**
 * A POST's or PUT's body to what the resource shall hold. Names are read regardless of case (RFC 7643 §2.1); read-only
 * attributes are ignored; null, [] and {} are the same as absence (§2.5). What a PUT omits is cleared, except read-only and
 * immutable values and `active`. `members` is present where the body names the attribute with anything but null, and then
 * replaces all of them.
 * @throws {DirectoryError} all faults at once: INVALID_SYNTAX for `schemas` and unknown names, INVALID_VALUE, MUTABILITY
 */
export function validateBody(type: ResourceType, body: JsonObject, { leniency, before }: BodyOptions): Content {
  const faults = new Faults();
  checkNames(body, '', faults);
  faults.check();
  const reader: BodyReader = { leniency, faults, type, draft: openDraft(type, {}, {}), seen: new Set() };
  const schemas = Object.entries(body).find(([name]) => name.toLowerCase() === 'schemas');
  checkSchemas(reader, type, schemas?.[1], body);
  readAttributes(reader, body, '');
  dropHollowValues(type, reader.draft);
  if (before) carryOver(type, openDraft(type, before.attributes, before.links), reader.draft, faults);
  checkRequired(type, reader.draft, faults);
  faults.check();
  return {
    attributes: draftToAttributes(type, reader.draft),
    links: draftToLinks(reader.draft),
    ...(reader.members && { members: { replace: true, add: reader.members } }),
    ...(reader.password !== undefined && { password: reader.password }),
  };
}

/** `schema` is the extension whose object is read, or empty at the top of the body. */
function readAttributes(reader: BodyReader, object: JsonObject, schema: string): void {
  for (const [name, value] of Object.entries(object)) {
    if (value === null) continue;
    const place = placeOf(reader, schema, name);
    const path = place ? place.path : joined(schema, name);
    if (place === undefined) refuseUnknown(reader, path, name, () => namesOf(reader.type));
    else if (reader.seen.has(path)) refuseTwice(reader, joined(schema, name), path);
    else {
      reader.seen.add(path);
      readPlace(reader, place, value);
    }
  }
}

type BodyPlace = ResolvedPath & { readonly path: string };

/** Found once for each type: the places of names that are spelt as in their schema, of which there are few. */
const placesByType = new WeakMap<ResourceType, Map<string, BodyPlace>>();

function placeOf(reader: BodyReader, schema: string, name: string): BodyPlace | undefined {
  const text = schema === '' ? name : `${schema}:${name}`;
  let places = placesByType.get(reader.type);
  if (places === undefined) {
    places = new Map();
    placesByType.set(reader.type, places);
  }
  const known = places.get(text);
  if (known !== undefined) return known;
  const place = findPlace(reader, text, name);
  if (place !== undefined && place.path === text) places.set(text, place);
  return place;
}

/** A body nests where a PATCH path has dots, so `name.givenName` is no attribute of a body. */
function findPlace(reader: BodyReader, text: string, name: string): BodyPlace | undefined {
  const found = resolvePath(reader.type, text);
  if (found === undefined || found.sub !== undefined) return undefined;
  if (reader.leniency.unqualifiedNames === 'refuse' && isUnqualified(found, text))
    refuseUnqualified(reader, found, name);
  const { attribute, schema: owner } = found;
  return { ...found, path: attribute ? labelOf({ schema: owner, attribute }) : (owner ?? '') };
}

/** Known as it is, it would not be ignored with what no schema knows. */
function refuseUnqualified({ faults, type }: BodyReader, { schema }: ResolvedPath, name: string): void {
  const remedy = `put it into an object that is named ${schema}`;
  faults.add('INVALID_SYNTAX', { path: name, expected: `an attribute of ${type.name} itself`, remedy });
}

function readPlace(reader: BodyReader, { schema, attribute, path }: BodyPlace, value: Json): void {
  if (attribute === undefined) {
    if (isObject(value)) readAttributes(reader, value, path);
    else reader.faults.add('INVALID_VALUE', { path, expected: 'an object with the attributes of the extension' });
  } else if (isReadOnly(attribute)) return;
  else if (attribute.link?.edge === 'members') reader.members = readMembers(reader, attribute, value, path);
  else if (attribute.link?.edge === 'manager') {
    reader.draft.manager = readLink(reader, attribute, value, path) ?? undefined;
  } else if (attribute.secret) {
    const password = readPassword(reader, attribute, value, path);
    if (password !== undefined) reader.password = password;
  } else assign(reader.draft, { schema, attribute }, readAttribute(reader, attribute, value, path));
}
