/** What of the filter model a directory evaluates, and how it is asked. */
import type { Filter as LdapFilter } from 'ldapts';
import type { Capabilities } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { type AttributePath, type Filter, pathName } from '#model/filter.ts';
import type { LinkFilters } from './link-terms.ts';
import { matcherAt, type Sought, type Term } from './matcher.ts';
import { all, any, not } from './terms.ts';

/** What every resource has, beside its type's own attributes. */
const COMMON: readonly AttributePath[] = [
  { name: 'id', comparison: 'exact', multiValued: false },
  { name: 'meta', sub: 'created', comparison: 'instant', multiValued: false },
  { name: 'meta', sub: 'lastModified', comparison: 'instant', multiValued: false },
];

/**
 * As `capabilities.filter` has it. Texts are coarse, since a server folds by rules of its own; so is all that the overflow may say
 * otherwise.
 */
export function filterAbilities(sought: Sought, shape: readonly AttributePath[]): Capabilities['filter'] {
  const abilities: { [path: string]: Capabilities['filter'][string] } = {};
  for (const path of [...COMMON, ...shape, ...shape.flatMap(parentOf)]) {
    const matcher = matcherAt(path, sought);
    if (matcher === undefined) continue;
    const { operators, coarse } = matcher;
    abilities[pathName(path)] = { operators, ...(coarse && { coarse }) };
  }
  return abilities;
}

/** `emails` of `emails.value`. */
function parentOf({ sub, ...path }: AttributePath): readonly AttributePath[] {
  return sub === undefined ? [] : [path];
}

/** `links`: of `resolveLinks`. @throws UNSUPPORTED for what `filterAbilities` does not declare */
export function toLdapFilter(filter: Filter, sought: Sought, links: LinkFilters = new Map()): LdapFilter {
  return translate(filter, { sought, links }, false);
}

interface Place {
  readonly sought: Sought;
  readonly links: LinkFilters;
}

/** `exactly`: beneath `not` a superset would lose what it has too much. */
function translate(filter: Filter, place: Place, exactly: boolean): LdapFilter {
  const part = (each: Filter) => translate(each, place, exactly);
  switch (filter.kind) {
    case 'and':
      return all(...filter.operands.map(part));
    case 'or':
      return any(...filter.operands.map(part));
    case 'not':
      return not(translate(filter.operand, place, true));
    case 'present':
    case 'compare':
      return translateTerm(filter, place.sought, exactly);
    case 'in': {
      const { path, literals } = filter;
      return any(...literals.map((literal) => part({ kind: 'compare', path, operator: 'eq', literal })));
    }
    case 'linked': {
      const asked = exactly ? undefined : place.links.get(filter);
      if (asked === undefined) throw undeclared('a question of links here');
      return asked;
    }
    case 'element':
      throw undeclared(filter.kind);
  }
}

function translateTerm(term: Term, sought: Sought, exactly: boolean): LdapFilter {
  const operator = term.kind === 'present' ? 'pr' : term.operator;
  const matcher = matcherAt(term.path, sought);
  const isDeclared =
    matcher?.operators.includes(operator) === true && !(matcher.coarse && (exactly || operator === 'ne'));
  if (matcher === undefined || !isDeclared) throw undeclared(`${operator} of ${pathName(term.path)}`);
  return matcher.toLdap(term);
}

/** Everything that may have the key. Core's folding decides. */
export function keyFilter(path: AttributePath, literal: string, sought: Sought): LdapFilter {
  return translate({ kind: 'compare', path, operator: 'eq', literal }, { sought, links: new Map() }, false);
}

function undeclared(what: string): DirectoryError {
  return new DirectoryError('UNSUPPORTED', `the LDAP backend does not evaluate ${what}`);
}
