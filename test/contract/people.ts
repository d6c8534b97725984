import type { Attributes, ResourceId, StoredResource } from '#model/resource.ts';
import { ENTERPRISE } from './sample.ts';
import type { Subject } from './subject.ts';

/** People who differ where filters and orders may go wrong: case, absence, several values, accents, characters beyond U+FFFF. */
const PEOPLE: readonly Attributes[] = [
  {
    userName: 'anna',
    displayName: 'Anna Berg',
    title: 'Engineer',
    active: true,
    emails: [{ value: 'anna@example.com', type: 'work', primary: true }],
  },
  { userName: 'Bob', displayName: 'bob Stone', title: 'engineer', active: false },
  {
    userName: 'carol',
    displayName: 'Carol',
    active: true,
    emails: [
      { value: 'carol@example.net', type: 'home' },
      { value: 'CAROL@example.com', type: 'work' },
    ],
  },
  { userName: 'dora', displayName: 'Zoë', title: 'Director', name: { familyName: 'Ångström', givenName: 'Dora' } },
  { userName: 'emil', displayName: 'Zoe', title: '', name: { familyName: 'angstrom' } },
  { userName: 'fang', displayName: '方', name: { familyName: '方' }, [ENTERPRISE]: { department: 'Research' } },
  { userName: 'gus', displayName: '\u{20BB7}野家', active: true, [ENTERPRISE]: { department: 'research' } },
  { userName: 'hana', displayName: '\uFF28ana', title: '\uFFFD', [ENTERPRISE]: { department: 'Sales' } },
  { userName: 'iris', title: 'Engineering Manager', externalId: 'X-9', active: true },
  { userName: 'jo%_*', displayName: '100% *)(', externalId: 'x-9', emails: [{ value: 'jo@example.com' }] },
];

export interface Population {
  readonly users: readonly StoredResource[];
  readonly staff: ResourceId;
  readonly engineers: ResourceId;
  readonly boss: ResourceId;
}

/** The people, most of them managed by the first, with a group of engineers inside a group of staff. */
export async function populate(subject: Subject): Promise<Population> {
  const [first = {}, ...others] = PEOPLE;
  const boss = await subject.user(String(first['userName']), first);
  const users = [boss];
  for (const [i, { userName, ...more }] of others.entries()) {
    users.push(await subject.user(String(userName), more, i % 3 === 0 ? {} : { manager: boss.id }));
  }
  const engineers = await subject.group('Engineers', users.slice(1, 4));
  const staff = await subject.group('Staff', [...users.slice(4, 7), engineers]);
  return { users, staff: staff.id, engineers: engineers.id, boss: boss.id };
}
