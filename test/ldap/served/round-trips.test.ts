import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { SCHEMA } from '../directory.ts';
import { type DirectoryGateway, startDirectoryGateway } from './gateway.ts';

const GUIDE = new URL('../../../docs/guides/ldap.md', import.meta.url);
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
type Values = { readonly [name: string]: Json };

let slapd: Slapd;
let gateway: DirectoryGateway;
beforeAll(async () => {
  slapd = await startSlapd({ unique: ['uid'], uniqueGroups: ['displayName'], global: `include ${SCHEMA}` });
  const { people, groups } = slapd;
  const auxiliary = (objectClass: string) => [objectClass, 'porticoResource'];
  gateway = await startDirectoryGateway(slapd, {
    renaming: {
      users: { base: people, unique: ['uid'], without: '*' },
      groups: { base: groups, unique: ['cn'], without: '*' },
    },
    immutable: {
      users: {
        ...{ base: people, unique: ['uid'], without: '*' },
        ...{ objectClasses: auxiliary('inetOrgPerson'), rdn: 'porticoName' },
      },
      groups: {
        ...{ base: groups, unique: ['displayName'], without: '*', rdn: 'cn' },
        ...{ objectClasses: auxiliary('groupOfNames'), attributes: { displayName: 'displayName' } },
      },
    },
  });
});
afterAll(async () => {
  await gateway.stop();
  await slapd.stop();
});

/** The rows of the guide's table, in order. */
async function measured(): Promise<readonly (readonly string[])[]> {
  const [renaming, scim] = [gateway.scim('renaming'), gateway.scim('immutable')];
  const create = async (client: ScimClient, type: 'Users' | 'Groups', values: Values) => {
    const schemas = type === 'Users' ? [USER, ENTERPRISE] : [GROUP];
    return client.post(`/${type}?attributes=id`, { schemas, ...values });
  };
  const idOf = async (answer: Promise<ScimAnswer>) => {
    const { status, body } = await answer;
    expect([status, body['detail']]).toEqual([201, undefined]);
    return String(body['id']);
  };
  const managedBy = (value: string) => ({ [ENTERPRISE]: { manager: { value } } });
  const ada = await idOf(create(scim, 'Users', { userName: 'ada' }));
  const bob = await idOf(create(scim, 'Users', { userName: 'bob', ...managedBy(ada) }));
  const staff = await idOf(create(scim, 'Groups', { displayName: 'staff', members: [{ value: bob }] }));
  const lean = '?attributes=userName';
  const patch = (id: string, value: Values) => scim.patch(`/Users/${id}${lean}`, [{ op: 'replace', value }]);
  const members = (op: string, id: string) =>
    scim.patch(`/Groups/${staff}`, [
      {
        op,
        path: `members${op === 'remove' ? `[value eq "${id}"]` : ''}`,
        ...(op === 'add' && { value: [{ value: id }] }),
      },
    ]);
  const rows: [string, () => Promise<ScimAnswer>][] = [
    ['create a user under a name that is never used again', () => create(scim, 'Users', { userName: 'cyd' })],
    ['create a user under a name that can be used again', () => create(renaming, 'Users', { userName: 'dan' })],
    ['read a user', () => scim.get(`/Users/${ada}${lean}`)],
    ['read a user who has a manager', () => scim.get(`/Users/${bob}${lean}`)],
    ['PATCH a user', () => patch(ada, { title: 'Countess', active: true })],
    ['PATCH a user, which changes nothing', () => patch(ada, { title: 'Countess' })],
    ['PATCH a password', () => patch(ada, { password: 'correct horse battery' })],
    ['PUT a user', () => scim.put(`/Users/${ada}${lean}`, { schemas: [USER], userName: 'ada', title: 'Analyst' })],
    ['PATCH a user who has a manager', () => patch(bob, { title: 'Clerk' })],
    ['add a member', () => members('add', ada)],
    ['remove a member', () => members('remove', ada)],
    ['delete a user who is in one group', () => scim.delete(`/Users/${bob}`)],
    ['delete a user who is in none', () => scim.delete(`/Users/${ada}`)],
  ];
  const table: string[][] = [];
  for (const [name, work] of rows) {
    let status = 0;
    const {
      SRCH = 0,
      BIND: _,
      ...writes
    } = await slapd.countOperations(async () => {
      status = (await work()).status;
    });
    expect([name, status]).toEqual([name, expect.toSatisfy((code: number) => code >= 200 && code < 300)]);
    table.push([name, String(SRCH), String(Object.values(writes).reduce((sum, count) => sum + count, 0))]);
  }
  return table;
}

test('a request costs as many operations as the guide says', async () => {
  const section = readFileSync(GUIDE, 'utf8').split('## What a request costs\n')[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| ([^|]+) \| (\d+) \| (\d+) \|$/gm)].map(([, ...cells]) => cells);
  expect(rows).toEqual(await measured());
});
