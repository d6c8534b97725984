import type { AttributePath, Filter } from '#model/filter.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { type BoundAttribute, bindPath, checkFilterable, presencePath } from './bind.ts';
import { ALWAYS, allOf, anyOf, NEVER, negationOf } from './combine.ts';
import { resolveLinks, resolveLinkTerm } from './links.ts';
import { toLiteral } from './literal.ts';
import { refusal } from './refusal.ts';
import type { FilterSyntax, PathSyntax, TermSyntax } from './syntax.ts';

export interface ResolveOptions {
  /**
   * `refuse` (the default) tells a client of its mistake. `absent` takes an attribute that the type lacks as one without a value,
   * as a search over several types has to (RFC 7644 §3.4.2.1).
   */
  readonly unknownAttributes?: 'refuse' | 'absent';
  /** `coerce` (the default) takes "True" for true: `roles[primary eq "True"]`. */
  readonly booleanStrings?: 'coerce' | 'refuse';
  /** `find` (the default) takes `manager` for the extension's. */
  readonly unqualifiedNames?: 'find' | 'refuse';
}

/**
 * Binds a parsed filter to a resource type: paths in canonical spelling, literals folded, members, groups and manager as `linked`,
 * several `eq` on one path as one `in` (RFC 7644 §3.4.2.2).
 * @throws {DirectoryError} INVALID_FILTER where an attribute is unknown or not filterable, an operator does not suit its type or a
 *   literal does not fit; SENSITIVE for a password
 */
export function resolveFilter(type: ResourceType, syntax: FilterSyntax, options: ResolveOptions = {}): Filter {
  switch (syntax.kind) {
    case 'and':
      return allOf(syntax.operands.map((operand) => resolveFilter(type, operand, options)));
    case 'or':
      return anyOf(syntax.operands.map((operand) => resolveFilter(type, operand, options)));
    case 'not':
      return negationOf(resolveFilter(type, syntax.operand, options));
    case 'element':
      return resolveElement(type, syntax.path, syntax.where, options);
    case 'present':
    case 'compare':
      return resolveTerm(type, syntax, options);
  }
}

function resolveTerm(type: ResourceType, term: TermSyntax, options: ResolveOptions): Filter {
  const bound = bindPath(type, term.path, options);
  if (bound === undefined) return isTrueOfAbsence(term) ? ALWAYS : NEVER;
  const { attribute } = bound;
  if (attribute === undefined) return resolveExtension(type, bound.schema, term);
  const path = { ...bound, attribute };
  checkFilterable(path, term.path);
  if (bound.schema === undefined && attribute.name === 'schemas') return resolveSchemas(type, term);
  if (attribute.link) return resolveLinkTerm(path, attribute.link, term);
  if (term.kind === 'present') return { kind: 'present', path: presencePath(path) };
  if (term.value !== null) {
    return { kind: 'compare', operator: term.operator, ...toLiteral(path, term, term.value, options) };
  }
  const present: Filter = { kind: 'present', path: presencePath(path) };
  if (term.operator === 'eq') return negationOf(present);
  if (term.operator === 'ne') return present;
  throw refusal(`null can be compared with eq and ne only, not with ${term.operator}`, term.path);
}

/** What a comparison says of an attribute without a value; only `ne` and `eq null` hold there. */
function isTrueOfAbsence(term: TermSyntax): boolean {
  if (term.kind === 'present') return false;
  return term.operator === (term.value === null ? 'eq' : 'ne');
}

function resolveElement(type: ResourceType, path: PathSyntax, where: FilterSyntax, options: ResolveOptions): Filter {
  const bound = bindPath(type, path, options);
  if (bound === undefined) return NEVER;
  const { attribute } = bound;
  if (attribute?.type !== 'complex' || bound.sub) {
    throw refusal('brackets follow a complex attribute only, such as emails', path);
  }
  checkFilterable({ ...bound, attribute }, path);
  const complex = { ...bound, attribute };
  // The attribute is known, so a part that it lacks is a mistake on every endpoint.
  const { unknownAttributes: _, ...inside } = options;
  if (attribute.link) return resolveLinks(where, () => resolveValueFilter(complex, where, inside), path);
  const element = presencePath(complex);
  const inner = resolveValueFilter(complex, where, inside);
  return attribute.multiValued ? someElement(element, inner) : allOf([{ kind: 'present', path: element }, inner]);
}

/**
 * Binds what stands within brackets, for `elementTest` of `model/matches.ts`: paths are whole (`emails.type`).
 * @throws {DirectoryError} as `resolveFilter`
 */
export function resolveValueFilter(
  { type, schema, attribute }: BoundAttribute,
  where: FilterSyntax,
  options: ResolveOptions = {},
): Filter {
  return resolveFilter(type, qualify(where, `${schema === undefined ? '' : `${schema}:`}${attribute.name}`), options);
}

/** One comparison of one element is the same comparison of any value, which backends index; `ne` is not, nor is `not`. */
function someElement(path: AttributePath, where: Filter): Filter {
  const isPlain =
    where.kind === 'in' || where.kind === 'present' || (where.kind === 'compare' && where.operator !== 'ne');
  return isPlain ? where : { kind: 'element', path, where };
}

/** `type eq "work"` within `emails[...]` becomes `emails.type eq "work"`; the parser lets nothing but sub-attributes stand there. */
function qualify(where: FilterSyntax, attribute: string): FilterSyntax {
  switch (where.kind) {
    case 'and':
    case 'or':
      return { kind: where.kind, operands: where.operands.map((operand) => qualify(operand, attribute)) };
    case 'not':
      return { kind: 'not', operand: qualify(where.operand, attribute) };
    case 'element':
      throw refusal('brackets within brackets are not part of the grammar', where.path);
    case 'present':
    case 'compare':
      return { ...where, path: { text: `${attribute}.${where.path.text}`, at: where.path.at } };
  }
}

/** `schemas` is not stored: a resource has an extension's URN exactly if it has one of its attributes (RFC 7643 §3.3). */
function resolveSchemas(type: ResourceType, term: TermSyntax): Filter {
  if (term.kind === 'present') return ALWAYS;
  const { operator, value } = term;
  if ((operator !== 'eq' && operator !== 'ne') || typeof value !== 'string') {
    throw refusal('schemas can be compared with eq and ne only, and with a URN in double quotes', term.path);
  }
  const urn = value.toLowerCase();
  const has = urn === type.schema.id.toLowerCase() ? ALWAYS : hasExtension(type, urn);
  return operator === 'eq' ? has : negationOf(has);
}

function resolveExtension(type: ResourceType, urn: string | undefined, term: TermSyntax): Filter {
  if (term.kind === 'present') return hasExtension(type, urn?.toLowerCase());
  throw refusal('an extension as a whole has no value to compare; only pr applies to it', term.path);
}

function hasExtension(type: ResourceType, urn: string | undefined): Filter {
  const schema = type.extensions.find((extension) => extension.schema.id.toLowerCase() === urn)?.schema;
  const readable = schema?.attributes.filter(({ secret, returned }) => !secret && returned !== 'never') ?? [];
  if (schema === undefined || readable.length === 0) return NEVER;
  return anyOf(readable.map((attribute) => hasAttribute({ type, schema: schema.id, attribute })));
}

function hasAttribute(path: BoundAttribute): Filter {
  const { link } = path.attribute;
  return link ? { kind: 'linked', ...link, transitive: false } : { kind: 'present', path: presencePath(path) };
}
