import fc from 'fast-check';
import { expect } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { Body, ScimClient } from '#test/support/scim-client.ts';
import { holdsForAsync } from '../properties/runs.ts';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createUser, ENTERPRISE, USER } from '../scim/people.ts';
import { found, listed, read, type Shown, shown } from './answers.ts';
import { PROBE, PROBED } from './extensions.ts';
import { openRows } from './rows.ts';

/** An attribute as `/Schemas` publishes it. */
interface Published {
  readonly name: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: string;
  readonly returned: string;
  readonly uniqueness: string;
  readonly canonicalValues?: readonly string[];
  readonly subAttributes?: readonly Published[];
}

interface Place {
  readonly schema: string;
  readonly attribute: Published;
}

const row = openRows();
/** Certificates and references have a syntax of their own, and links are tested by rows of theirs. */
const SIMPLE = new Set(['string', 'boolean', 'integer', 'decimal', 'dateTime', 'binary']);

/** Two values of a type that are not equal, however they are compared, and one of another type. */
function samplesOf({ type, canonicalValues }: Published): readonly [Json, Json, Json] {
  switch (type) {
    case 'boolean':
      return [true, false, 'perhaps'];
    case 'integer':
      return [7, 8, 1.5];
    case 'decimal':
      return [1.25, 2.5, 'much'];
    case 'dateTime':
      return ['2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z', 'today'];
    case 'binary':
      return ['YWJj', 'ZGVm', '!'];
    default:
      return [canonicalValues?.[0] ?? 'Alpha', canonicalValues?.[1] ?? 'Beta', { not: 'text' }];
  }
}

async function schemasOf(scim: ScimClient): Promise<readonly Shown[]> {
  return listed(await scim.get('/Schemas')).Resources.filter(({ id }) => [USER, ENTERPRISE, PROBE].includes(id));
}

async function placesOf(scim: ScimClient): Promise<readonly Place[]> {
  return (await schemasOf(scim)).flatMap(({ id, attributes }) =>
    (attributes as unknown as readonly Published[])
      .filter(({ type, name }) => SIMPLE.has(type) && !['password', 'userName'].includes(name))
      .map((attribute) => ({ schema: id, attribute })),
  );
}

function withValue({ schema, attribute: { name } }: Place, userName: string, value: Json): Body {
  const own = schema === USER ? { [name]: value } : { [schema]: { [name]: value } };
  return { schemas: [USER, schema], userName, ...own };
}

function valueIn({ schema, attribute: { name } }: Place, resource: Shown): Json | undefined {
  const owner = schema === USER ? resource : (resource[schema] as Body | undefined);
  return owner?.[name];
}

function flip(value: Json): Json {
  return typeof value === 'string'
    ? value === value.toLowerCase()
      ? value.toUpperCase()
      : value.toLowerCase()
    : value;
}

/** Of the standard attributes: those with a syntax of their own, which rows of theirs test, and those that are links. */
const OTHERWISE_TESTED = ['password', 'userName', 'groups', 'manager', 'x509Certificates'];

/** A value that the published schema allows, of which an answer shows all. */
function arbitraryValue(attribute: Published): fc.Arbitrary<Json> {
  const one = arbitraryOne(attribute);
  return attribute.multiValued ? one.map((value) => [value]) : one;
}

function arbitraryOne({ name, type, subAttributes = [], canonicalValues }: Published): fc.Arbitrary<Json> {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !value.includes('\0'));
  switch (type) {
    case 'complex': {
      const written = subAttributes.filter(isShownAsSent).map((sub) => [sub.name, arbitraryValue(sub)] as const);
      const parts: { readonly [name: string]: fc.Arbitrary<Json> } = Object.fromEntries(written);
      return fc.record(parts, { requiredKeys: Object.keys(parts) });
    }
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.maxSafeInteger();
    case 'decimal':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    case 'dateTime':
      return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString());
    case 'binary':
      return fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes).toString('base64'));
    case 'reference':
      return fc.webUrl();
    default:
      if (name === 'country') return fc.constantFrom('DE', 'US', 'JP');
      return canonicalValues === undefined ? text : fc.constantFrom(...canonicalValues);
  }
}

function isShownAsSent({ mutability, returned, name }: Published): boolean {
  return ['readWrite', 'immutable'].includes(mutability) && ['default', 'always'].includes(returned) && name !== '$ref';
}

/** Some of a schema's attributes, as a body has them. */
function arbitraryAttributes(schema: Shown): fc.Arbitrary<Body> {
  const attributes = (schema['attributes'] as unknown as readonly Published[]).filter(
    (attribute) => isShownAsSent(attribute) && !OTHERWISE_TESTED.includes(attribute.name),
  );
  const parts = Object.fromEntries(attributes.map((attribute) => [attribute.name, arbitraryValue(attribute)]));
  return fc.record(parts, { requiredKeys: [] }).map((attributes) => JSON.parse(JSON.stringify(attributes)) as Body);
}

/** Each characteristic, as a client sees it. */
async function checkEnforced(scim: ScimClient, place: Place, name: string): Promise<void> {
  const { schema, attribute } = place;
  const { multiValued, mutability, returned, uniqueness, caseExact, type } = attribute;
  const urn = `${schema}:${attribute.name}`;
  const [one, two, wrong] = samplesOf(attribute).map((sample) => (multiValued ? [sample] : sample));
  if (mutability !== 'readOnly') {
    const refused = await scim.post('/Users', withValue(place, name, wrong ?? null));
    expectRefusal(refused, { status: 400, scimType: 'invalidValue' });
  }
  const created = shown(await scim.post('/Users', withValue(place, name, one ?? null)));
  const path = `/Users/${created.id}`;
  const stored = mutability !== 'readOnly' && returned !== 'never';
  const seen = async (parameters = '') => valueIn(place, await read(scim, `${path}${parameters}`));
  expect(await seen(), urn).toEqual(stored && returned !== 'request' ? one : undefined);
  expect(await seen(`?attributes=${urn}`), urn).toEqual(stored ? one : undefined);
  expect(await seen(`?excludedAttributes=${urn}`), urn).toEqual(stored && returned === 'always' ? one : undefined);
  if (stored && type === 'string' && !multiValued) {
    const flipped = JSON.stringify(flip(one ?? null));
    expect(await found(scim, `${urn} eq ${flipped} and userName eq "${name}"`), urn).toEqual(caseExact ? [] : [name]);
  }
  if (stored && !multiValued) {
    const same = await scim.post('/Users', withValue(place, `${name}-too`, one ?? null));
    expect(same.status, urn).toBe(uniqueness === 'none' ? 201 : 409);
  }
  const change = await scim.patch(path, [{ op: 'replace', path: urn, value: two ?? null }]);
  if (['readOnly', 'immutable'].includes(mutability)) expectRefusal(change, { status: 400, scimType: 'mutability' });
  else expect(change.status, urn).toBe(200);
}

row('B19', { main: PROBED }, async ({ scim }) => {
  const places = await placesOf(scim);
  expect(places.length).toBeGreaterThan(20);
  const characteristics = new Set(
    places.flatMap(({ attribute: { mutability, returned, type } }) => [mutability, returned, type]),
  );
  for (const each of ['readOnly', 'immutable', 'writeOnly', 'always', 'never', 'request', 'integer', 'binary']) {
    expect(characteristics).toContain(each);
  }
  await createUser(scim, 'bystander');
  for (const [index, place] of places.entries()) await checkEnforced(scim, place, `user${index}`);
  const [user, enterprise, probe] = (await schemasOf(scim)).map(arbitraryAttributes);
  if (user === undefined || enterprise === undefined || probe === undefined) throw new Error('a schema is missing');
  await holdsForAsync(
    40,
    fc.asyncProperty(user, enterprise, probe, async (own, employment, probed) => {
      const attributes = { ...own, [ENTERPRISE]: employment, [PROBE]: probed };
      const body = { schemas: [USER, ENTERPRISE, PROBE], userName: 'anybody', ...attributes };
      const created = shown(await scim.post('/Users', body));
      const path = `/Users/${created.id}`;
      const before = await scim.get(path);
      expect(before.body).toMatchObject(withoutEmpty({ ...attributes, userName: 'anybody' }));
      expect((await scim.put(path, before.body)).headers['etag']).toBe(before.headers['etag']);
      await scim.delete(path);
    }),
  );
});

/** An object without anything in it is the same as none (RFC 7643 §2.5). */
function withoutEmpty(object: Body): Body {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => JSON.stringify(value) !== '{}'));
}
