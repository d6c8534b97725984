import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import { holdsForAsync, SEED } from '#test/properties/runs.ts';
import type { ScimClient } from '#test/support/scim-client.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { SCHEMA } from '../directory.ts';
import { type DirectoryGateway, startDirectoryGateway } from './gateway.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let slapd: Slapd;
let gateway: DirectoryGateway;
let scim: ScimClient;
beforeAll(async () => {
  slapd = await startSlapd({ global: `include ${SCHEMA}` });
  const keeps = (objectClass: string, attributes = {}) => ({
    objectClasses: [objectClass, 'porticoResource'],
    overflow: 'porticoOverflow',
    attributes,
  });
  gateway = await startDirectoryGateway(slapd, {
    acme: {
      users: { base: slapd.people, ...keeps('inetOrgPerson') },
      groups: { base: slapd.groups, ...keeps('groupOfNames', { displayName: 'displayName' }), rdn: 'cn' },
    },
  });
  scim = gateway.scim('acme');
});
afterAll(async () => {
  await gateway.stop();
  await slapd.stop();
});

/** What would mean something to RFC 4515, 4514, 4512, LDIF or JSON, if it were read as any of them. */
const PIECES = [
  '*',
  '(',
  ')',
  '\\',
  '\\2a',
  '\\00',
  '|',
  '&',
  '!',
  '=',
  '~=',
  '>=',
  ')(uid=*',
  '*)(objectClass=*',
  ':dn:',
  ';binary',
  ',',
  '+',
  '"',
  '#',
  '<',
  '>',
  ' ',
  "'",
  '{SSHA}',
  '[["x"],1]',
  '\\\\',
  '%s',
  '#{x}',
  'é',
  'ß',
  '😀',
  'a',
  'Z',
  '0',
  '\t',
  '\n',
  '\u0001',
  '\u200d',
];
const hostile = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));

const ATTRIBUTES: readonly string[] = [
  'displayName',
  'title',
  'nickName',
  'externalId',
  'name.givenName',
  'name.familyName',
  'emails.value',
  `${ENTERPRISE}:department`,
];

function bodyOf(
  userName: string,
  [displayName, title, nickName, externalId, givenName, familyName, email, department]: readonly string[],
): Json {
  return {
    schemas: [USER, ENTERPRISE],
    ...({ userName, displayName, title, nickName, externalId } as { readonly [name: string]: Json }),
    name: { givenName, familyName } as Json,
    emails: [{ value: `${email}@example.com`, type: 'work' }],
    [ENTERPRISE]: { department } as Json,
  };
}

async function namesFound(filter: string): Promise<readonly string[]> {
  const { status, body } = await scim.get(`/Users?count=100&attributes=userName&filter=${encodeURIComponent(filter)}`);
  expect([filter, status]).toEqual([filter, 200]);
  return (body['Resources'] as unknown as readonly { userName: string }[]).map(({ userName }) => userName);
}

describe(`values that would be syntax to somebody (seed ${SEED})`, () => {
  test('come back as they were, are found by themselves, and never by a filter that they would change', async () => {
    await scim.post(
      '/Users',
      bodyOf(
        'bystander',
        ATTRIBUTES.map(() => '-'),
      ),
    );
    await holdsForAsync(
      4,
      fc.asyncProperty(fc.array(hostile, { minLength: 8, maxLength: 8 }), async (values) => {
        const userName = randomUUID();
        const sent = bodyOf(userName, values);
        const { status, body } = await scim.post('/Users', sent);
        expect([JSON.stringify(values), status, body['detail']]).toEqual([JSON.stringify(values), 201, undefined]);
        expect(body).toMatchObject(sent as object);
        for (const [i, attribute] of ATTRIBUTES.entries()) {
          const value = attribute === 'emails.value' ? `${values[i]}@example.com` : (values[i] ?? '');
          const literal = JSON.stringify(value);
          for (const operator of ['eq', 'sw', 'co']) {
            const found = await namesFound(`${attribute} ${operator} ${literal}`);
            expect([attribute, operator, value, found.includes(userName)]).toEqual([attribute, operator, value, true]);
            expect(found).not.toContain('bystander');
          }
        }
        const where = `{ displayName: { eq: ${JSON.stringify(values[0])} } }`;
        const answer = await gateway.graphql(
          'acme',
          `{ users(where: ${where}, first: 100) { nodes { userName displayName } } }`,
        );
        expect(answer.errors).toBeUndefined();
        expect(answer.data.users.nodes).toContainEqual({ userName, displayName: values[0] });
        expect((await scim.delete(`/Users/${String(body['id'])}`)).status).toBe(204);
      }),
    );
  });
});
