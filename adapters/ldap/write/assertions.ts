import type { Filter } from 'ldapts';
import type { ResourceId, Version } from '#model/resource.ts';
import { assertion, type Control } from '../connection/controls.ts';
import { all, any, equals, not } from '../filter/terms.ts';
import type { Container } from '../tenant-view.ts';

/** The entry is the one that is meant, and has the version where one is given; else the server answers 122 (RFC 4528). */
export function isStill(container: Container, id: ResourceId, version?: Version): Control {
  return assertion(meant(container, id, version));
}

/**
 * The same for modify and modifyDN. The name still leads to the resource that is meant.
 *
 * slapd's unique overlay searches with the controls of the write that it checks, so that an assertion about the entry alone would fail
 * at the search's base. Whatever is no resource of the type passes: a write of attributes of its classes fails there by itself. Until
 * unique.c searches without it (seen with OpenLDAP 2.5).
 */
export function stillIs(container: Container, id: ResourceId, version?: Version): Control {
  return assertion(any(meant(container, id, version), not(container.classFilter)));
}

function meant({ id: attribute, dialect }: Container, id: ResourceId, version: Version | undefined): Filter {
  return all(attribute.equals(id), ...(version === undefined ? [] : [equals(dialect.version, version)]));
}
