import { describe } from '../../sdl/describe.ts';
import { loadLinks } from '../load-links.ts';
import type { FieldLink, LoadedField } from '../loaded-field.ts';
import { membershipOf } from '../membership.ts';
import { PAGE_ARGUMENTS } from '../paging.ts';

const link: FieldLink = { edge: 'members', direction: 'in' };

export const memberOf: LoadedField = {
  name: 'memberOf',
  appliesTo: ({ canBeMember }) => canBeMember,
  sdl: () =>
    `${describe('The groups that hold this resource; with `transitive`, also those that hold it through other groups, nearest first.')}memberOf(${PAGE_ARGUMENTS}, transitive: Boolean = false): MembershipConnection`,
  readsWhole: false,
  link,
  load: (request) => {
    const { container } = membershipOf(request.walk);
    const list = { name: 'memberOf', link, connection: 'MembershipConnection', nodes: [container], between: container };
    return loadLinks(list, request);
  },
};
