import { describe } from '../../sdl/describe.ts';
import { loadById } from '../load-by-id.ts';
import type { LoadedField } from '../loaded-field.ts';

export const manager: LoadedField = {
  name: 'manager',
  appliesTo: ({ hasManager }) => hasManager,
  sdl: (_map, owner) => `${describe('The manager, where there is one.')}manager: ${owner}`,
  readsWhole: true,
  edge: 'manager',
  link: { edge: 'manager', direction: 'out', leadsTo: 'same type' },
  load: async ({ walk, type, resources, nodes }) => {
    const ids = resources.map((resource) => ('links' in resource ? resource.links.manager : undefined));
    const managers = await loadById(walk, type, ids, nodes);
    return ids.map((id) => (id === undefined ? null : (managers.get(id) ?? null)));
  },
};
