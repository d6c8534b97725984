import { describe } from '../../sdl/describe.ts';
import { loadLinkedPlaces } from '../load-linked-places.ts';
import type { LoadedField } from '../loaded-field.ts';
import { DEFAULT_FIRST } from '../paging.ts';

export const managerChain: LoadedField = {
  name: 'managerChain',
  appliesTo: ({ hasManager }) => hasManager,
  sdl: (_map, owner) =>
    `${describe("The manager, the manager's manager and so on, nearest first, each once; the resource itself only where managers form a circle.")}managerChain(first: Int = ${DEFAULT_FIRST}): [${owner}!]`,
  readsWhole: false,
  edge: 'manager',
  load: (request) =>
    loadLinkedPlaces(
      {
        name: 'managerChain',
        link: { edge: 'manager', direction: 'out' },
        depth: Number.POSITIVE_INFINITY,
        nodes: [request.type],
      },
      request,
    ),
};
