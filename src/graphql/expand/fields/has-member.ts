import type { ResourceId } from '#model/resource.ts';
import { describe } from '../../sdl/describe.ts';
import type { LoadedField } from '../loaded-field.ts';
import { TRANSITIVE_ARGUMENT } from '../membership.ts';

export const hasMember: LoadedField = {
  name: 'hasMember',
  appliesTo: ({ holdsMembers }) => holdsMembers,
  sdl: () =>
    `${describe('Whether the resource of this id is a member; with `transitive`, also through nested groups. False for an id that nothing has.')}hasMember(id: ID!, ${TRANSITIVE_ARGUMENT}): Boolean`,
  readsWhole: false,
  edge: 'members',
  load: async ({ walk, resources, args }) => {
    const member = args['id'] as ResourceId;
    const pairs = resources.map(({ id }) => ({ from: id, to: member }));
    return walk.context.session.loaders.areLinked('members', args['transitive'] === true).loadMany(pairs);
  },
};
