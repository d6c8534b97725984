import type { Json } from '#model/resource.ts';
import type { Pools } from '#test/graphql/operations/generate-value.ts';
import type { ScimClient } from '#test/support/scim-client.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PEOPLE = 60;
const GROUPS = 12;
const REPORTS = 4;

/** People with managers, groups within groups, two of which hold each other; and what the requests may name of them. */
export async function fillDirectory(client: ScimClient): Promise<Pools> {
  const people: string[] = [];
  for (let at = 0; at < PEOPLE; at += 1)
    people.push(await createPerson(client, at, people[Math.floor((at - 1) / REPORTS)]));
  const groups: string[] = [];
  for (let at = 0; at < GROUPS; at += 1) {
    const members = [...people.filter((_, person) => person % GROUPS === at), ...groups.slice(-1)];
    groups.push(
      await create(client, '/Groups', { schemas: [GROUP], displayName: `Group ${at}`, members: members.map(asMember) }),
    );
  }
  await client.patch(`/Groups/${groups[0]}`, [{ op: 'add', path: 'members', value: [asMember(groups.at(-1) ?? '')] }]);
  return poolsOf(people, groups);
}

/** What requests name of a directory, and what is not in it. */
export function poolsOf(people: readonly string[], groups: readonly string[]): Pools {
  return {
    ID: [...people, ...groups],
    String: ['person-1', 'person-2@example.com', 'Person 3', 'Group 4', 'User', 'Group', 'P', ''],
    filter: [
      'userName sw "person"',
      'displayName co "3"',
      'active eq true and title pr',
      'emails[type eq "work"]',
      'userName eq',
    ],
    after: [null, '', 'bm8='],
    before: [null],
    since: [null, 'x'],
    first: [0, 1, 2, 3, 10, 50],
    last: [null, 1],
    representations: [
      [{ __typename: 'User', id: people[1] ?? '' }],
      [{ __typename: 'Group', id: '' }],
      [{ __typename: 'No' }],
    ],
    _Any: [{ __typename: 'User', id: people[0] ?? '' }, { __typename: 'User', userName: 'person-1' }, {}],
  };
}

function createPerson(client: ScimClient, at: number, manager: string | undefined): Promise<string> {
  return create(client, '/Users', {
    schemas: [USER, ENTERPRISE],
    userName: `person-${at}`,
    displayName: `Person ${at}`,
    active: at % 7 !== 0,
    title: at % 2 === 0 ? 'Clerk' : 'Łódź \u{1f600}',
    emails: [{ value: `person-${at}@example.com`, type: 'work' }],
    [ENTERPRISE]: { department: `D${at % 3}`, ...(manager !== undefined && { manager: { value: manager } }) },
  });
}

async function create(client: ScimClient, path: string, body: Json): Promise<string> {
  const answer = await client.post(path, body);
  if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.text}`);
  return String(answer.body['id']);
}

function asMember(value: string): { readonly value: string } {
  return { value };
}
