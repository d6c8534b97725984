import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROFILES, type ProfileName } from '#config/profiles.ts';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { type ScimClient, scimClient } from '#test/support/scim-client.ts';
import { expectRefusal } from './expect-refusal.ts';
import { createUser, USER } from './people.ts';

/** A machine where "I" is not the capital of "i". */
const TURKISH = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' };

const LENIENT: readonly ProfileName[] = ['default', 'entra', 'okta'];
const EXACT: readonly ProfileName[] = ['rfc', 'strict'];

const tokens = PROFILES.map((profile) => ({
  name: profile,
  tenant: profile,
  scopes: ['scim:read', 'scim:write', 'graphql:read'],
  sha256: hash('sha256', `token of ${profile}`),
}));
const config = JSON.stringify({
  server: { port: 0, drainSeconds: 0 },
  tenants: Object.fromEntries(PROFILES.map((profile) => [profile, { profile }])),
  auth: { tokens },
});

let portico: PorticoProcess;
let clients: ReadonlyMap<ProfileName, ScimClient>;

beforeAll(async () => {
  portico = await startPortico(config, TURKISH);
  clients = new Map(PROFILES.map((name) => [name, scimClient(`${portico.url}/scim/v2`, `token of ${name}`)]));
}, 30_000);
afterAll(async () => {
  expect(await portico.stop()).toBe(0);
}, 30_000);

function clientOf(profile: ProfileName): ScimClient {
  return clients.get(profile) as ScimClient;
}

describe.each(PROFILES)('user names under the profile %s, on a Turkish machine', (profile) => {
  test.each([
    ['full width', 'bjensen', 'ＢＪＥＮＳＥＮ'],
    ['case', 'info@istanbul.example', 'INFO@ISTANBUL.EXAMPLE'],
    ['NFC and NFD', 'émile', 'E\u0301MILE'],
    ['half width', 'ガ', 'ｶ\uff9e'],
    ['sharp s', 'straße', 'STRAẞE'],
    ['sigma', 'οδος', 'ΟΔΟΣ'],
  ])('%s does not tell two apart: to uniqueness, eq, order and GraphQL', async (_what, name, other) => {
    const client = clientOf(profile);
    const id = await createUser(client, name);
    expectRefusal(await client.post('/Users', { schemas: [USER], userName: other }), {
      status: 409,
      scimType: 'uniqueness',
    });
    for (const spelling of [name, other]) {
      const filter = encodeURIComponent(`userName eq ${JSON.stringify(spelling)}`);
      const { body } = await client.get(`/Users?filter=${filter}&sortBy=userName`);
      expect(body).toMatchObject({ totalResults: 1, Resources: [{ id, userName: name }] });
      expect(await lookUp(profile, spelling)).toEqual({ user: { id } });
    }
    expect((await client.delete(`/Users/${id}`)).status).toBe(204);
  });

  test.each([
    ['strasse', 'straße'],
    ['i', 'ı'],
    ['ı', 'İ'],
    ['a', '\u0430'],
  ])('%j and %j are two', async (name, other) => {
    const client = clientOf(profile);
    const ids = [await createUser(client, name), await createUser(client, other)];
    for (const id of ids) expect((await client.delete(`/Users/${id}`)).status).toBe(204);
  });

  test.each(['', ' ', '\u3000', '\u200b', 'a\u0007', 'a\tb', 'a\u202eb', ' a', '\u0000'])(
    '%j is refused in POST, PUT and PATCH',
    async (userName) => {
      const client = clientOf(profile);
      const refused = { status: 400, scimType: 'invalidValue', detail: /userName/ };
      expectRefusal(await client.post('/Users', { schemas: [USER], userName }), refused);
      const id = await createUser(client, 'babs');
      expectRefusal(await client.put(`/Users/${id}`, { schemas: [USER], userName }), refused);
      const operation = { op: 'replace', path: 'userName', value: userName };
      const { status } = await client.patch(`/Users/${id}`, [operation]);
      expect(status).toBe(400);
      expect((await client.get(`/Users/${id}`)).body).toMatchObject({ userName: 'babs' });
      expect((await client.delete(`/Users/${id}`)).status).toBe(204);
    },
  );

  test('one comes back as it was sent', async () => {
    const client = clientOf(profile);
    const id = await createUser(client, 'ＢＪe\u0301nsen@Example.com');
    expect((await client.get(`/Users/${id}`)).body).toMatchObject({ userName: 'ＢＪe\u0301nsen@Example.com' });
    expect((await client.delete(`/Users/${id}`)).status).toBe(204);
  });

  test.each(['\t', 'a\u0000b', 'a\u200bb', ''])('the password %j is refused and not told', async (password) => {
    const answer = await clientOf(profile).post('/Users', { schemas: [USER], userName: 'babs', password });
    expectRefusal(answer, { status: 400, scimType: 'invalidValue', detail: /^password: expected [^"]+$/ });
  });
});

describe.each(EXACT)('the profile %s', (profile) => {
  test.each(['Foo Bar', '∞', 'henryⅣ', 'a\u00a0b', 'משה@example.com', '1משה'])(
    'has no user name %j, as RFC 8265 has none',
    async (userName) => {
      const answer = await clientOf(profile).post('/Users', { schemas: [USER], userName });
      expectRefusal(answer, { status: 400, scimType: 'invalidValue', detail: /^userName: expected a user name/ });
    },
  );
});

describe.each(LENIENT)('the profile %s', (profile) => {
  test.each(['Foo Bar', '∞', 'henryⅣ', 'משה@example.com'])('takes the user name %j', async (userName) => {
    await createUser(clientOf(profile), userName);
  });
});

async function lookUp(profile: ProfileName, userName: string): Promise<unknown> {
  const answer = await fetch(`${portico.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer token of ${profile}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'query ($userName: String!) { user(by: { userName: $userName }) { id } }',
      variables: { userName },
    }),
  });
  return ((await answer.json()) as { readonly data: unknown }).data;
}
