import { describe } from '../../sdl/describe.ts';
import { depthOf } from '../link-list.ts';
import { loadLinks } from '../load-links.ts';
import type { FieldLink, LoadedField } from '../loaded-field.ts';
import { membershipOf, TRANSITIVE_ARGUMENT } from '../membership.ts';
import { PAGE_ARGUMENTS } from '../paging.ts';

const link: FieldLink = { edge: 'members', direction: 'in', leadsTo: 'container' };

export const memberOf: LoadedField = {
  name: 'memberOf',
  appliesTo: ({ canBeMember }) => canBeMember,
  sdl: ({ membership }) =>
    `${describe('The groups that hold this resource; with `transitive`, also those that hold it through other groups, nearest first.')}memberOf(${describe('Only groups that fit.')}where: ${membership?.container.name}Where, ${PAGE_ARGUMENTS}, ${TRANSITIVE_ARGUMENT}): MembershipConnection`,
  readsWhole: false,
  edge: 'members',
  link,
  load: (request) => {
    const { container } = membershipOf(request.walk);
    return loadLinks(
      {
        name: 'memberOf',
        link,
        depth: depthOf(request),
        connection: 'MembershipConnection',
        nodes: [container],
        between: container,
        opposite: 'members',
      },
      request,
    );
  },
};
