import type { Draft } from '#adapters/adapter.ts';
import { type AttributePath, type Comparison, pathName } from '#model/filter.ts';
import { fold } from '#model/fold.ts';
import type { Attributes, Key, Links, ResourceTypeName, TenantId } from '#model/resource.ts';
import { valuesIn } from '#model/values.ts';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function path(name: string, comparison: Comparison, rest: Partial<AttributePath> = {}): AttributePath {
  return { name, comparison, multiValued: false, ...rest };
}

/** Every path that the suite reads, filters or sorts by. */
export const PATHS = {
  id: path('id', 'exact'),
  created: path('meta', 'instant', { sub: 'created' }),
  lastModified: path('meta', 'instant', { sub: 'lastModified' }),
  userName: path('userName', 'username'),
  externalId: path('externalId', 'exact'),
  displayName: path('displayName', 'caseless'),
  title: path('title', 'caseless'),
  active: path('active', 'boolean'),
  familyName: path('name', 'caseless', { sub: 'familyName' }),
  givenName: path('name', 'caseless', { sub: 'givenName' }),
  emails: path('emails', 'caseless', { multiValued: true }),
  email: path('emails', 'caseless', { sub: 'value', multiValued: true }),
  emailType: path('emails', 'caseless', { sub: 'type', multiValued: true }),
  department: path('department', 'caseless', { schema: ENTERPRISE }),
} as const satisfies { readonly [name: string]: AttributePath };

/** What an adapter is told by `open`, where it is run by this suite: the attributes that the suite writes. */
export function contractShape(_tenant: TenantId, type: ResourceTypeName): readonly AttributePath[] {
  const { externalId, displayName } = PATHS;
  if (type === 'Group') return [externalId, displayName];
  const { userName, title, active, familyName, givenName, email, emailType, department } = PATHS;
  const primary = path('emails', 'boolean', { sub: 'primary', multiValued: true });
  return [
    userName,
    externalId,
    displayName,
    title,
    active,
    familyName,
    givenName,
    email,
    emailType,
    primary,
    department,
  ];
}

/** A write's content with the keys that core would send along. */
export function draftOf(type: ResourceTypeName, attributes: Attributes, links: Links = {}): Draft {
  const unique = type === 'User' ? [PATHS.userName] : [];
  const lookup = type === 'User' ? [PATHS.externalId, PATHS.email] : [PATHS.externalId, PATHS.displayName];
  return {
    attributes,
    links,
    uniqueKeys: unique.flatMap((path) => keysAt(attributes, path)),
    lookupKeys: lookup.flatMap((path) => keysAt(attributes, path)),
  };
}

export function keyOf(path: AttributePath, value: string): Key {
  return { attribute: pathName(path), value: String(fold(path.comparison, value)) };
}

function keysAt(attributes: Attributes, path: AttributePath): readonly Key[] {
  const values = valuesIn(Object.hasOwn(attributes, path.name) ? attributes[path.name] : undefined, path.sub);
  return [...new Set(values.map((value) => keyOf(path, String(value)).value))].map((value) => ({
    attribute: pathName(path),
    value,
  }));
}
