/** Stamps and other times as a directory compares them. */
import type { Filter } from 'ldapts';
import { DirectoryError } from '#model/errors.ts';
import { type AttributePath, type CompareOperator, pathName } from '#model/filter.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { all, atLeast, atMost, equals, NOTHING, not } from './terms.ts';

/** The attribute that keeps a stamp; undefined for any other path. */
export function instantAt(path: AttributePath, { created, modified }: Dialect): string | undefined {
  const stamps: ReadonlyMap<string, string> = new Map([
    ['meta.created', created],
    ['meta.lastModified', modified],
  ]);
  return stamps.get(pathName(path));
}

const SECOND_MS = 1_000;

/** Of an attribute whose times are whole seconds. @throws UNSUPPORTED for operators that are none of times */
export function instantFilter(dialect: Dialect, attribute: string, operator: CompareOperator, instant: number): Filter {
  const floor = Math.floor(instant / SECOND_MS);
  const ceiling = Math.ceil(instant / SECOND_MS);
  switch (operator) {
    case 'eq':
      return floor === ceiling ? equals(attribute, at(dialect, floor)) : NOTHING;
    case 'ne':
      return not(instantFilter(dialect, attribute, 'eq', instant));
    case 'ge':
      return atLeast(attribute, at(dialect, ceiling));
    case 'gt':
      return atLeast(attribute, at(dialect, floor + 1));
    case 'le':
      return atMost(attribute, at(dialect, floor));
    case 'lt':
      return atMost(attribute, at(dialect, ceiling - 1));
    default:
      throw new DirectoryError('UNSUPPORTED', `the LDAP backend does not evaluate ${operator} of a time`);
  }
}

/** Every time that fits, and others of the same second. */
export function aroundInstant(dialect: Dialect, attribute: string, operator: CompareOperator, instant: number): Filter {
  const from = atLeast(attribute, at(dialect, Math.floor(instant / SECOND_MS)));
  const until = atMost(attribute, at(dialect, Math.ceil(instant / SECOND_MS)));
  if (operator === 'eq') return all(from, until);
  return operator === 'gt' || operator === 'ge' ? from : until;
}

/** No time has more than four digits of a year. */
const LAST = Date.parse('9999-12-31T23:59:59Z') / SECOND_MS;

function at({ printTime }: Dialect, seconds: number): string {
  return printTime(Math.min(seconds, LAST) * SECOND_MS);
}
