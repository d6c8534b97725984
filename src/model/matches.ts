import type { AttributePath, CompareOperator, Filter, Literal } from './filter.ts';
import { compareLiterals, foldFor } from './fold.ts';
import type { EdgeName, Json, ResourceId, StoredResource } from './resource.ts';
import { attributeReader, own, someValue, subOf } from './values.ts';

/** What a filter asks of one resource's links: to any of `ids`, or to anything at all where `ids` is undefined. */
export interface LinkLookup {
  linked(edge: EdgeName, direction: 'out' | 'in', ids: readonly ResourceId[] | undefined, transitive: boolean): boolean;
}

/**
 * The reference meaning of the filter model, which every backend is tested against (RFC 7644 §3.4.2.2).
 * A comparison holds if it holds for any value; none holds without a value, except `ne`, which is "no value, or any value differs".
 * `present` is false for null, [], {} and nothing at all. A `primary` that an element does not state is false (RFC 7643 §2.4).
 */
export function matches(filter: Filter, resource: StoredResource, links: LinkLookup): boolean {
  return compileFilter(filter)(resource, links);
}

/** `matches` for many resources: what depends on the filter alone is worked out once. */
export function compileFilter(filter: Filter): (resource: StoredResource, links: LinkLookup) => boolean {
  return compile(filter, attributeReader);
}

const NO_LINKS: LinkLookup = { linked: () => false };

/** Whether one value of a complex attribute fits what `element` has as its `where`; for PATCH's `emails[type eq "work"]`. */
export function elementTest(where: Filter): (element: Json) => boolean {
  const fits = compile<Json>(where, readElement);
  return (element) => fits(element, NO_LINKS);
}

type Test<Subject> = (subject: Subject, links: LinkLookup) => boolean;
type ValueTest = (value: Json) => boolean;
type Read<Subject> = (path: AttributePath) => (subject: Subject) => Json | undefined;

function compile<Subject>(filter: Filter, read: Read<Subject>): Test<Subject> {
  switch (filter.kind) {
    case 'and':
      return every(filter.operands.map((operand) => compile(operand, read)));
    case 'or':
      return some(filter.operands.map((operand) => compile(operand, read)));
    case 'not': {
      const operand = compile(filter.operand, read);
      return (subject, links) => !operand(subject, links);
    }
    case 'present':
      return anyValue(filter.path, read, () => true);
    case 'compare':
      return compileCompare(filter.path, filter.operator, filter.literal, read);
    case 'in':
      return anyComparable(filter.path, read, isIn(filter.path, filter.literals));
    case 'element':
      return compileElement(filter.path, filter.where, read);
    case 'linked': {
      const { edge, direction, ids, transitive } = filter;
      return (_, links) => links.linked(edge, direction, ids, transitive);
    }
  }
}

/** Within an element each path is read from that element, whatever attribute it names. */
const readElement: Read<Json> = () => (element) => element;

function every<Subject>(tests: readonly Test<Subject>[]): Test<Subject> {
  return (subject, links) => {
    for (const test of tests) if (!test(subject, links)) return false;
    return true;
  };
}

function some<Subject>(tests: readonly Test<Subject>[]): Test<Subject> {
  return (subject, links) => {
    for (const test of tests) if (test(subject, links)) return true;
    return false;
  };
}

function anyValue<Subject>(path: AttributePath, read: Read<Subject>, test: ValueTest): Test<Subject> {
  const attribute = read(path);
  const sub = subOf(path);
  return (subject) => someValue(attribute(subject), sub, test);
}

function compileCompare<Subject>(
  path: AttributePath,
  operator: CompareOperator,
  literal: Literal,
  read: Read<Subject>,
): Test<Subject> {
  const fold = foldFor(path.comparison);
  const holds = OPERATORS[operator];
  const differs = operator === 'ne';
  const test = (value: Json) => {
    const folded = fold(value);
    return folded === undefined ? differs : holds(folded, literal);
  };
  const any = anyComparable(path, read, test);
  if (!differs) return any;
  const present = anyComparable(path, read, () => true);
  return (subject, links) => any(subject, links) || !present(subject, links);
}

const OPERATORS: { readonly [operator in CompareOperator]: (value: Literal, literal: Literal) => boolean } = {
  eq: (value, literal) => value === literal,
  ne: (value, literal) => value !== literal,
  co: (value, literal) => String(value).includes(String(literal)),
  sw: (value, literal) => String(value).startsWith(String(literal)),
  ew: (value, literal) => String(value).endsWith(String(literal)),
  gt: (value, literal) => compareLiterals(value, literal) > 0,
  ge: (value, literal) => compareLiterals(value, literal) >= 0,
  lt: (value, literal) => compareLiterals(value, literal) < 0,
  le: (value, literal) => compareLiterals(value, literal) <= 0,
};

/** Below this a scan of the literals is as fast as a set. */
const SMALL = 8;

function isIn(path: AttributePath, literals: readonly Literal[]): ValueTest {
  const fold = foldFor(path.comparison);
  const wanted = literals.length > SMALL ? new Set(literals) : undefined;
  return (value) => {
    const folded = fold(value);
    return folded !== undefined && (wanted ? wanted.has(folded) : literals.includes(folded));
  };
}

/** As `anyValue`, with an unstated `primary` read as false. */
function anyComparable<Subject>(path: AttributePath, read: Read<Subject>, test: ValueTest): Test<Subject> {
  if (path.sub !== 'primary' || path.comparison !== 'boolean') return anyValue(path, read, test);
  const attribute = read(path);
  return (subject) => someValue(attribute(subject), undefined, (element) => test(own(element, 'primary') ?? false));
}

function compileElement<Subject>(path: AttributePath, where: Filter, read: Read<Subject>): Test<Subject> {
  const attribute = read(path);
  const fits = compile<Json>(where, readElement);
  return (subject, links) => someValue(attribute(subject), undefined, (element) => fits(element, links));
}
