import { describe } from '../../sdl/describe.ts';
import { loadLinks } from '../load-links.ts';
import type { FieldLink, LoadedField } from '../loaded-field.ts';
import { PAGE_ARGUMENTS } from '../paging.ts';

const link: FieldLink = { edge: 'manager', direction: 'in', leadsTo: 'same type' };

export const directReports: LoadedField = {
  name: 'directReports',
  appliesTo: ({ hasManager }) => hasManager,
  sdl: (_map, owner) =>
    `${describe('The resources whose manager this is.')}directReports(${describe('Only those that fit.')}where: ${owner}Where, ${PAGE_ARGUMENTS}): ${owner}Connection`,
  readsWhole: false,
  edge: 'manager',
  link,
  load: (request) => {
    const { type } = request;
    const connection = `${type.name}Connection`;
    return loadLinks(
      { name: 'directReports', link, depth: 1, connection, nodes: [type], opposite: 'manager' },
      request,
    );
  },
};
