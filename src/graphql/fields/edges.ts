import type { EdgeName } from '#model/resource.ts';
import type { Relation } from './field.ts';

/** How a relation is asked of the directory: along which link, from which end. */
export const EDGES: Readonly<Record<Relation['kind'], { readonly edge: EdgeName; readonly direction: 'out' | 'in' }>> =
  {
    members: { edge: 'members', direction: 'out' },
    memberOf: { edge: 'members', direction: 'in' },
    manager: { edge: 'manager', direction: 'out' },
    directReports: { edge: 'manager', direction: 'in' },
  };
