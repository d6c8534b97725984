import fc from 'fast-check';
import type { Attributes, Json } from '#model/resource.ts';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Few words, so that values meet; in two cases, since most attributes do not tell them apart. */
const word = fc.constantFrom('a', 'A', 'b', 'ä', 'x y', '"', '0');
const type = fc.constantFrom('work', 'home', 'Work', 'other');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

function objectOf(parts: Record<string, fc.Arbitrary<Json>>): fc.Arbitrary<Json> {
  return fc.record(parts, { requiredKeys: [] }).filter((value) => Object.keys(value).length > 0) as fc.Arbitrary<Json>;
}

const name = objectOf({ givenName: word, familyName: word, formatted: word });
const email = objectOf({ value: word, type, display: word, primary: fc.boolean() });
const address = objectOf({ type, locality: word, country: fc.constantFrom('SE', 'de'), primary: fc.boolean() });

/** What a single request could set each path to. */
const VALUES: readonly (readonly [path: string, value: fc.Arbitrary<Json>])[] = [
  ['title', word],
  ['nickname', word],
  ['active', fc.constantFrom(true, false, 'True', 'false')],
  ['name', name],
  ['name.givenName', word],
  ['emails', fc.array(email, { maxLength: 3 })],
  ['emails', email],
  [
    'emails[type eq "work"]',
    objectOf({ value: word, display: word, primary: fc.boolean(), type: fc.constant('work') }),
  ],
  ['emails[type eq "work"].value', word],
  ['emails[type eq "home" and primary eq true].display', word],
  ['emails[value eq "a"].primary', fc.boolean()],
  ['emails.display', word],
  ['addresses', fc.array(address, { maxLength: 3 })],
  ['addresses[type eq "home"].locality', word],
  [`${ENTERPRISE}:department`, word],
  [ENTERPRISE, objectOf({ department: word, division: word, manager: objectOf({ value: word }) })],
  [`${ENTERPRISE}:manager`, word],
];

const EMPTY = fc.constantFrom<Json[]>(null, [], '');

const operationOn = ([path, value]: (typeof VALUES)[number]): fc.Arbitrary<object> => {
  // A PUT keeps `active` where the body omits it, so clearing it is no law's business.
  const cleared = path === 'active' ? 'title' : path;
  return fc.oneof(
    { weight: 4, arbitrary: value.map((given) => ({ op: 'replace', path, value: given })) },
    { weight: 4, arbitrary: value.map((given) => ({ op: 'add', path, value: given })) },
    { weight: 1, arbitrary: EMPTY.map((given) => ({ op: 'replace', path: cleared, value: given })) },
    { weight: 1, arbitrary: value.map((given) => ({ op: 'add', value: { [path]: given } })) },
    { weight: 2, arbitrary: fc.constant({ op: 'remove', path: cleared }) },
    { weight: 1, arbitrary: value.map((given) => ({ op: 'remove', path: 'emails', value: given })) },
  );
};

export const operation: fc.Arbitrary<object> = fc.constantFrom(...VALUES).chain(operationOn);
export const operations = fc.array(operation, { maxLength: 6 });
export const emailValue = email;

/** A user's attributes as a body could hold them; `validateBody` puts them into stored form. */
export const body: fc.Arbitrary<Attributes> = fc
  .record({
    title: optional(word),
    name: optional(name),
    emails: fc.array(email, { maxLength: 4 }),
    addresses: fc.array(address, { maxLength: 2 }),
    [ENTERPRISE]: optional(objectOf({ department: word, manager: objectOf({ value: word }) })),
  })
  .map((given) => JSON.parse(JSON.stringify({ userName: 'babs', active: true, ...given })) as Attributes);
