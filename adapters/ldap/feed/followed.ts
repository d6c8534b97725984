/** What of the directory is followed: one search for all tenants and types. */
import type { Entry } from '../connection/entry.ts';
import type { Search } from '../connection/operations.ts';
import { any, equals } from '../filter/terms.ts';
import type { LdapOptions } from '../options/options.ts';
import { baseOfAll } from './places.ts';

const HAS_SUBORDINATES = 'hasSubordinates';

/** Resources, and whatever has entries below it: where such an entry gets another name, those below do, and none of them is told. */
export function followedSearch({
  users,
  groups,
}: Pick<LdapOptions, 'users' | 'groups'>): Pick<Search, 'base' | 'scope' | 'filter' | 'attributes'> {
  const classes = [users, groups].map(({ objectClasses: [first = 'top'] }) => equals('objectClass', first));
  return {
    base: baseOfAll({ users, groups }),
    scope: 'sub',
    filter: any(...classes, equals(HAS_SUBORDINATES, 'TRUE')),
    attributes: [...new Set(['objectClass', HAS_SUBORDINATES, ...users.id.attributes, ...groups.id.attributes])],
  };
}

export function hasSubordinates(entry: Entry): boolean {
  return entry.string(HAS_SUBORDINATES) === 'TRUE';
}
