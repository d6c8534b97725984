import { describe } from '../../sdl/describe.ts';
import { depthOf } from '../link-list.ts';
import type { LoadedField } from '../loaded-field.ts';
import { TRANSITIVE_ARGUMENT } from '../membership.ts';

export const memberCount: LoadedField = {
  name: 'memberCount',
  appliesTo: ({ holdsMembers }) => holdsMembers,
  sdl: () =>
    `${describe('How many members there are, groups among them; with `transitive`, also those of nested groups, each counted once.')}memberCount(${TRANSITIVE_ARGUMENT}): Int`,
  readsWhole: false,
  edge: 'members',
  load: async (request) => {
    const { walk, resources } = request;
    const asked = {
      edge: 'members',
      direction: 'out',
      first: 0,
      total: true,
      positions: false,
      depth: depthOf(request),
    } as const;
    const pages = await walk.context.session.loaders.linked(asked).loadMany(resources.map(({ id }) => id));
    return pages.map((page) => (page instanceof Error ? page : (page.total ?? null)));
  },
};
