import type { FieldMap } from '../../fields/field.ts';
import { describe } from '../../sdl/describe.ts';
import { depthOf } from '../link-list.ts';
import { loadLinks } from '../load-links.ts';
import type { FieldLink, LoadedField } from '../loaded-field.ts';
import { membershipOf, TRANSITIVE_ARGUMENT } from '../membership.ts';
import { PAGE_ARGUMENTS } from '../paging.ts';

const link: FieldLink = { edge: 'members', direction: 'out', leadsTo: 'members' };

export const members: LoadedField = {
  name: 'members',
  appliesTo: ({ holdsMembers }) => holdsMembers,
  sdl: (map) =>
    `${describe('The members; with `transitive`, also those of nested groups, nearest first.')}members(${describe('Only members that fit.')}where: MemberWhere, ${PAGE_ARGUMENTS}, ${TRANSITIVE_ARGUMENT}, ${typeArgument(map)}): MemberConnection`,
  readsWhole: false,
  edge: 'members',
  link,
  load: (request) => {
    const { container, members: nodes } = membershipOf(request.walk);
    const depth = depthOf(request);
    const list = { name: 'members', link, depth, nodes, between: container };
    return loadLinks({ ...list, connection: 'MemberConnection', opposite: 'memberOf', perType: true }, request);
  },
};

function typeArgument({ membership }: FieldMap): string {
  const known = membership?.members.map(({ name }) => name) ?? [];
  return `${describe(`Only members of this resource type: ${known.join(' or ')}.`)}type: String`;
}
