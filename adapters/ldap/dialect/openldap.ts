import type { Dialect } from './dialect.ts';
import { uuidText } from './uuid-text.ts';

/** entryUUID (RFC 4530), entryCSN, entryDN (RFC 5020). */
export const openldap: Dialect = {
  id: uuidText('entryUUID'),
  version: 'entryCSN',
  created: 'createTimestamp',
  modified: 'modifyTimestamp',
  name: 'entryDN',
};
