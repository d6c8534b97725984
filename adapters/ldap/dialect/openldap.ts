import type { Version } from '#model/resource.ts';
import { printTime } from '../mapping/converters.ts';
import { CODE } from '../result-error.ts';
import type { Dialect } from './dialect.ts';
import { uuidText } from './uuid-text.ts';

/** entryUUID (RFC 4530), entryCSN, entryDN (RFC 5020). */
export const openldap: Dialect = {
  id: { ...uuidText('entryUUID'), sortRule: 'UUIDOrderingMatch' },
  version: 'entryCSN',
  versionOf: (entry) => (entry.string('entryCSN') ?? '') as Version,
  versionAttributes: ['entryCSN'],
  created: 'createTimestamp',
  modified: 'modifyTimestamp',
  printTime,
  name: 'entryDN',
  asserts: true,
  conflicts: [CODE.assertionFailed, CODE.noSuchObject],
  isKnownLink: ({ code }) => code === CODE.valueExists || code === CODE.noSuchAttribute,
  takenAttribute: (diagnostic) => NON_UNIQUE.exec(diagnostic)?.[1],
};

/** What the unique overlay says: `non-unique attributes found with (|(uid=ada))`. */
const NON_UNIQUE = /^non-unique attributes found with \([|&(]*([A-Za-z][\w;-]*)=/;
