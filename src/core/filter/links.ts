import type { Filter } from '#model/filter.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Link } from '../schema/attribute.ts';
import type { BoundAttribute } from './bind.ts';
import { negationOf } from './combine.ts';
import { refusal } from './refusal.ts';
import type { FilterSyntax, PathSyntax, TermSyntax } from './syntax.ts';

/**
 * A comparison of `members`, `groups` or `manager`, or of their `value`. `ne` is "not linked to", unlike elsewhere: a question
 * whether any other member exists has no use. `groups` counts groups of groups, as a User's `groups` does (RFC 7643 §4.1.2).
 * @throws {DirectoryError} INVALID_FILTER for other sub-attributes and operators
 */
export function resolveLinkTerm({ attribute, sub }: BoundAttribute, link: Link, term: TermSyntax): Filter {
  if (sub && sub.name !== 'value') {
    throw refusal(`only ids are kept in links; filter by ${attribute.name}.value`, term.path);
  }
  const anything: Filter = { kind: 'linked', ...link, transitive: false };
  if (term.kind === 'present') return anything;
  const { operator, value } = term;
  if (operator !== 'eq' && operator !== 'ne') {
    throw refusal(`${attribute.name} can be filtered with eq, ne and pr only`, term.path);
  }
  if (value === null) return operator === 'eq' ? negationOf(anything) : anything;
  if (typeof value !== 'string') throw refusal('expected an id in double quotes', term.path);
  const transitive = link.edge === 'members' && link.direction === 'in';
  const linked: Filter = { kind: 'linked', ...link, ids: [value as ResourceId], transitive };
  return operator === 'eq' ? linked : negationOf(linked);
}

/**
 * `members[value eq "a" or value eq "b"]`; a link is one id, so nothing else within the brackets would say more.
 * @throws {DirectoryError} INVALID_FILTER for anything but `value eq`, `value pr` and `or`
 */
export function resolveLinks(where: FilterSyntax, resolve: () => Filter, path: PathSyntax): Filter {
  if (!isChoiceOfIds(where)) {
    throw refusal('within the brackets of a link, only value eq, value pr and or are understood', path);
  }
  return resolve();
}

function isChoiceOfIds(where: FilterSyntax): boolean {
  if (where.kind === 'or') return where.operands.every(isChoiceOfIds);
  return where.kind === 'present' || (where.kind === 'compare' && where.operator === 'eq' && where.value !== null);
}
