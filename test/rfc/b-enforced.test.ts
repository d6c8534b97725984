import { expect } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { Body, ScimClient } from '#test/support/scim-client.ts';
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

async function placesOf(scim: ScimClient): Promise<readonly Place[]> {
  const schemas = listed(await scim.get('/Schemas')).Resources.filter(({ id }) =>
    [USER, ENTERPRISE, PROBE].includes(id),
  );
  return schemas.flatMap(({ id, attributes }) =>
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
});
