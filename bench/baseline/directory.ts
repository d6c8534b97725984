import { readFileSync } from 'node:fs';
import { demoOrganisation } from '#demo/organisation.ts';

export interface User {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly active: boolean;
  readonly emails: readonly { readonly value: string; readonly type: string; readonly primary?: boolean }[];
  readonly managerId?: string;
}

export interface Group {
  readonly id: string;
  readonly displayName: string;
}

/** What the product calls the people and groups of the demo, so that both answer with the same bytes. */
export interface DemoIds {
  readonly people: number;
  readonly seed: number;
  /** [userName, id] in the order of the product's list. */
  readonly users: readonly (readonly [string, string])[];
  /** [displayName, id] */
  readonly groups: readonly (readonly [string, string])[];
}

/** The demo organisation in plain Maps. */
export interface PlainDirectory {
  readonly order: readonly string[];
  readonly users: ReadonlyMap<string, User>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly groupsOf: ReadonlyMap<string, readonly string[]>;
}

export function loadDirectory(file: string): PlainDirectory {
  const ids = JSON.parse(readFileSync(file, 'utf8')) as DemoIds;
  const organisation = demoOrganisation(ids);
  const userIds = new Map(ids.users);
  const groupIds = new Map(ids.groups);
  const users = new Map<string, User>();
  const idByPosition: string[] = [];
  for (const { body, manager } of organisation.people) {
    const id = known(userIds, String(body['userName']));
    const managerId = manager === undefined ? undefined : idByPosition[manager];
    idByPosition.push(id);
    users.set(id, { ...(body as unknown as User), id, ...(managerId !== undefined && { managerId }) });
  }
  const groups = new Map<string, Group>();
  const groupsOf = new Map<string, string[]>(idByPosition.map((id) => [id, []]));
  for (const group of organisation.groups) {
    const displayName = String(group.body['displayName']);
    const id = known(groupIds, displayName);
    groups.set(id, { id, displayName });
    for (const user of group.users) groupsOf.get(idByPosition[user] ?? '')?.push(id);
  }
  return { order: ids.users.map(([, id]) => id), users, groups, groupsOf };
}

function known(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`the product has nothing of the name ${name}`);
  return id;
}
