import { join } from 'node:path';
import type { DirectoryAdapter, Write, Written } from '#adapters/adapter.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { contractShape, draftOf, keyOf, PATHS } from '#test/contract/sample.ts';
import type { Options } from '../options.ts';
import { alignTable } from '../report.ts';
import { directoryKeys } from '../stage.ts';
import { type Answer, startSubject } from '../subject.ts';
import { newCall } from './call.ts';
import { type Directory, ENTRY_ALONE, openDirectory } from './directory.ts';

/** How often a server was asked for one operation, as its own log says. */
export interface Trips {
  readonly operation: string;
  /** By kind: SRCH, ADD, MOD, ... */
  readonly counted: { readonly [kind: string]: number };
  readonly atMost?: number;
}

type Count = (operation: string, atMost: number | undefined, work: () => Promise<unknown>) => Promise<void>;

const PEOPLE = 200;
const NEWCOMER = { userName: 'newcomer@example.com', displayName: 'New Comer', name: { familyName: 'Comer' } };

/** By the adapter alone, then over HTTP: in a small directory of its own, since a log costs a server time. */
export async function countTrips({ seed, serverCore }: Options, folder: string): Promise<readonly Trips[]> {
  const directory = await openDirectory({ people: PEOPLE, seed, logs: true });
  const trips: Trips[] = [];
  const count: Count = async (operation, atMost, work) => {
    const { BIND: _, ABANDON: __, ...counted } = await directory.slapd.countOperations(work);
    trips.push({ operation, counted, ...(atMost !== undefined && { atMost }) });
  };
  try {
    const adapter = await ldap.open(ldap.options.parse(directory.backend), contractShape);
    await countByAdapter(directory, adapter, count).finally(() => adapter.close());
    const config = { file: join(folder, 'trips.yaml'), keys: directoryKeys(directory.backend) };
    const subject = await startSubject({ people: PEOPLE, core: serverCore, config });
    await countOverHttp(directory, subject.send, count).finally(() => subject.stop());
    return trips;
  } finally {
    await directory.stop();
  }
}

async function countByAdapter({ users, groups }: Directory, adapter: DirectoryAdapter, count: Count): Promise<void> {
  const ids = users.map(({ id }) => id as ResourceId);
  const [, other] = ids as [ResourceId, ResourceId];
  const group = groups.find(({ name }) => name === 'Summer interns')?.id as ResourceId;
  const get = async (id: ResourceId) => (await adapter.getMany(newCall(), 'User', [id]))[0] as StoredResource;
  const write = async (operation: Write) => {
    const [answer] = await adapter.write(newCall(), [operation]);
    if (answer !== undefined && 'changed' in answer) return answer;
    throw answer;
  };
  const key = keyOf(PATHS.userName, users[7]?.name ?? '');
  const members = (change: object): Write => ({ kind: 'update', type: 'Group', id: group, members: change });
  // So that there is a connection, and names are known.
  await adapter.getMany(newCall(), 'User', ids);
  await adapter.byKeys(newCall(), 'User', [key]);

  await count('adapter: get', 1, () => get(other));
  await count('adapter: get 100', 1, () => adapter.getMany(newCall(), 'User', ids.slice(50, 150)));
  await count('adapter: look-up by userName', 1, () => adapter.byKeys(newCall(), 'User', [key]));
  const links = { page: { limit: 100 }, with: [PATHS.displayName] };
  await count('adapter: groups of 100 users', 1, () =>
    adapter.linked(newCall(), 'members', 'in', ids.slice(0, 100), links),
  );
  let created: Written | undefined;
  await count('adapter: create', 1, async () => {
    created = await write({ kind: 'create', type: 'User', draft: draftOf('User', NEWCOMER) });
  });
  const before = created?.resource as StoredResource;
  const draft = draftOf('User', { ...NEWCOMER, title: 'Engineer' });
  await count('adapter: change of an attribute', 1, () =>
    write({ kind: 'update', type: 'User', id: before.id, content: { before, draft } }),
  );
  await count('adapter: add a member', 2, () => write(members({ add: [{ id: before.id }] })));
  await count('adapter: remove a member', 2, () => write(members({ remove: [before.id] })));
  await write(members({ add: [{ id: before.id }] }));
  await count('adapter: delete, with one group to clean', 3, () =>
    write({ kind: 'delete', type: 'User', id: before.id }),
  );
}

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

type Send = (method: string, path: string, body?: object, expected?: readonly number[]) => Promise<Answer>;

async function countOverHttp({ users, groups }: Directory, send: Send, count: Count): Promise<void> {
  const [, , user] = users;
  const path = `/scim/v2/Users/${user?.id}`;
  const plain = '?excludedAttributes=groups';
  const filter = encodeURIComponent(`userName eq "${user?.name}"`);
  const byName = `/scim/v2/Users${ENTRY_ALONE}&filter=${filter}`;
  await send('GET', path);
  await send('GET', byName);

  await count('GET a user', undefined, () => send('GET', path));
  await count('GET a user without groups', undefined, () => send('GET', path + plain));
  await count('GET a user without groups and manager', 1, () => send('GET', path + ENTRY_ALONE));
  await count('GET by userName without groups and manager', 1, () => send('GET', byName));
  const body = { schemas: [USER_SCHEMA], ...NEWCOMER };
  let id = '';
  await count('POST', 1, async () => {
    id = ((await send('POST', `/scim/v2/Users${plain}`, body)).json as { id: string }).id;
  });
  const created = `/scim/v2/Users/${id}${plain}`;
  await count('PUT', 2, () => send('PUT', created, { ...body, title: 'Engineer' }));
  await count('PATCH', 2, () => send('PATCH', created, patchOf({ op: 'replace', value: { title: 'Manager' } })));
  const group = groups.find(({ name }) => name === 'Summer interns')?.id;
  const add = patchOf({ op: 'add', path: 'members', value: [{ value: id }] });
  await count('PATCH a group, one member more', undefined, () => send('PATCH', `/scim/v2/Groups/${group}`, add));
  await count('DELETE, with one group to clean', undefined, () => send('DELETE', `/scim/v2/Users/${id}`));
  await count('GraphQL: 100 users with groups and managers', undefined, () =>
    send('POST', '/graphql', { query: NESTED }),
  );
}

const NESTED =
  '{ users(first: 100) { nodes { userName emails { value } memberOf(first: 20) { nodes { displayName } } manager { displayName } } } }';

function patchOf(operation: object): object {
  return { schemas: [PATCH_SCHEMA], Operations: [operation] };
}

export function tripsToTable(trips: readonly Trips[]): string {
  const rows = trips.map(({ operation, counted, atMost }) => {
    const total = Object.values(counted).reduce((sum, times) => sum + times, 0);
    const kinds = Object.entries(counted).map(([kind, times]) => `${times} ${kind}`);
    const target = atMost === undefined ? '' : `<= ${atMost}`;
    return [operation, String(total), kinds.join(' '), target, verdict(total, atMost)];
  });
  return alignTable([['round trips', '', 'by kind', 'target', ''], ...rows]);
}

function verdict(total: number, atMost: number | undefined): string {
  if (atMost === undefined) return '';
  return total <= atMost ? 'met' : 'MISSED';
}
