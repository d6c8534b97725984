/** LDAP filters as trees: values go out as they are, so that nothing in them can be read as syntax (RFC 4515 is for texts alone). */
import {
  AndFilter,
  EqualityFilter,
  ExtensibleFilter,
  type Filter,
  GreaterThanEqualsFilter,
  LessThanEqualsFilter,
  NotFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
} from 'ldapts';

export function equals(attribute: string, value: string | Buffer): Filter {
  return new EqualityFilter({ attribute, value });
}

export function has(attribute: string): Filter {
  return new PresenceFilter({ attribute });
}

export function atLeast(attribute: string, value: string): Filter {
  return new GreaterThanEqualsFilter({ attribute, value });
}

export function atMost(attribute: string, value: string): Filter {
  return new LessThanEqualsFilter({ attribute, value });
}

export function contains(attribute: string, piece: string): Filter {
  return new SubstringFilter({ attribute, any: [piece] });
}

/** By a matching rule that the server has beside those of the attribute (RFC 4511 §4.5.1.7.7). */
export function matchesBy(rule: string, attribute: string, value: string): Filter {
  return new ExtensibleFilter({ rule, matchType: attribute, value });
}

export function all(...filters: readonly Filter[]): Filter {
  return filters.length === 1 && filters[0] ? filters[0] : new AndFilter({ filters: [...filters] });
}

/** Of none, what nothing matches: not every server knows an empty `or` (RFC 4526). */
export function any(...filters: readonly Filter[]): Filter {
  if (filters.length === 0) return NOTHING;
  return filters.length === 1 && filters[0] ? filters[0] : new OrFilter({ filters: [...filters] });
}

export function not(filter: Filter): Filter {
  return new NotFilter({ filter });
}

/** Every entry has a class. */
export const EVERYTHING: Filter = has('objectClass');
export const NOTHING: Filter = not(EVERYTHING);
