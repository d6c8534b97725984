import type { Filter } from 'ldapts';
import type { ResourceId } from '#model/resource.ts';
import { assertion, type Control } from '../connection/controls.ts';
import { all, any, equals, not } from '../filter/terms.ts';
import { type Container, ID } from '../tenant-view.ts';

/** The entry is the one that is meant, and `more` holds of it; else the server answers 122 (RFC 4528). */
export function isStill(id: ResourceId, ...more: readonly Filter[]): Control {
  return assertion(all(equals(ID, id), ...more));
}

/**
 * The same for modify and modifyDN. The name still leads to the resource that is meant.
 *
 * slapd's unique overlay searches with the controls of the write that it checks, so that an assertion about the entry alone would fail
 * at the search's base. Whatever is no resource of the type passes: a write of attributes of its classes fails there by itself. Until
 * unique.c searches without it (seen with OpenLDAP 2.5).
 */
export function stillIs({ classFilter }: Container, id: ResourceId, ...more: readonly Filter[]): Control {
  return assertion(any(all(equals(ID, id), ...more), not(classFilter)));
}
