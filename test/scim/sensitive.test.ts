import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hooked } from '#test/support/hooked-adapter.ts';
import type { ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { expectRefusal } from './expect-refusal.ts';
import { createUser, ENTERPRISE, USER } from './people.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const BADGE = 'urn:example:params:scim:schemas:extension:badge:2.0:User';
const badge = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
  id: BADGE,
  name: 'Badge',
  description: 'What opens doors.',
  attributes: [{ name: 'code', type: 'string', multiValued: false, description: 'What it says to a door.' }],
};

const calls: string[] = [];
let gateway: ScimGateway;
let client: ScimClient;
beforeAll(async () => {
  gateway = await openScimGateway({
    sources: [{ name: 'badge.json', content: badge }],
    sensitiveFilters: [
      'emails.value',
      'NAME.familyName',
      `${ENTERPRISE}:employeeNumber`,
      BADGE,
      'phoneNumbers',
      'members',
    ],
    wrap: (adapter) => hooked(adapter, (method) => calls.push(method)),
  });
  client = gateway.client();
  await createUser(client, 'ada', {
    name: { familyName: 'Lovelace' },
    emails: [{ type: 'work', value: 'ada@example.com' }],
    phoneNumbers: [{ value: '+44 1' }],
    [ENTERPRISE]: { employeeNumber: '1815' },
    [BADGE]: { code: '42' },
  });
});
afterAll(() => gateway.close());

const get = (endpoint: string, filter: string) => client.get(`${endpoint}?filter=${encodeURIComponent(filter)}`);
const search = (endpoint: string, filter: string) => client.post(`${endpoint}/.search`, { schemas: [SEARCH], filter });

describe('a sensitive attribute in the filter of a URL (RFC 7644 §7.5.2)', () => {
  test.each([
    'emails.value eq "ada@example.com"',
    'emails eq "ada@example.com"',
    'EMAILS co "ada"',
    'emails[type eq "work" and value co "ada"]',
    'emails[not (value co "bob")]',
    'emails[type eq "work"].value eq "ada@example.com"',
    'userName eq "ada" and (title pr or not (name.familyName ne "Lovelace"))',
    `${USER}:name.familyName eq "Lovelace"`,
    'employeeNumber eq "1815"',
    `${ENTERPRISE}:employeeNumber sw "18"`,
    `${BADGE}:code eq "42"`,
    'code eq "42"',
    `${BADGE} pr`,
    'phoneNumbers.type eq "work" or userName pr',
    'phoneNumbers[value pr]',
    'phoneNumbers pr',
  ])('%s is a 403 that names the remedy, and the same search succeeds', async (filter) => {
    for (const endpoint of ['/Users', '']) {
      calls.length = 0;
      const answer = await get(endpoint, filter);
      expectRefusal(answer, { status: 403, scimType: 'sensitive', detail: /at \d+: it is sensitive.*POST \.search/ });
      expect(answer.text).not.toMatch(/Lovelace|1815|42|ada@/);
      expect(calls).toStrictEqual([]);
      expect((await search(endpoint, filter)).status).toBe(200);
    }
    expectRefusal(
      await client.send('HEAD', `/Users?filter=${encodeURIComponent(filter)}`).then((head) => {
        expect(head.status).toBe(403);
        return get('/Users', filter);
      }),
      { status: 403, scimType: 'sensitive' },
    );
  });

  test.each([
    'userName eq "ada"',
    'emails[type eq "work"]',
    'emails.type eq "work"',
    'name.givenName pr',
    'name pr',
    `${ENTERPRISE}:department pr`,
    'title eq "emails.value"',
  ])('%s names none and is answered', async (filter) => {
    expect((await get('/Users', filter)).status).toBe(200);
  });

  test('is sensitive in the types that have it', async () => {
    expectRefusal(await get('/Groups', 'members pr'), { status: 403, scimType: 'sensitive' });
    expectRefusal(await get('/Groups', 'emails.value pr'), { status: 400, scimType: 'invalidFilter' });
  });

  test('a password is not for a body either', async () => {
    expectRefusal(await search('/Users', 'password eq "x"'), { status: 403, scimType: 'sensitive' });
  });
});

test('the log has the path of a request and nothing of its query', async () => {
  await get('/Users', 'displayName eq "canary-of-a-filter"');
  await get('/Users', 'displayName eq canary-of-a-filter like');
  await get('/Users', 'emails.value eq "canary-of-a-filter"');
  const lines = gateway.log.slice(-3);
  expect(lines.map(({ path }) => path)).toStrictEqual(['/scim/v2/Users', '/scim/v2/Users', '/scim/v2/Users']);
  expect(JSON.stringify(lines)).not.toContain('canary');
});
