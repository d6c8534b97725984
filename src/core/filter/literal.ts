import type { AttributePath, CompareOperator, Literal } from '#model/filter.ts';
import { fold } from '#model/fold.ts';
import type { Attribute, AttributeType } from '../schema/attribute.ts';
import { toAttributePath } from '../schema/resolve-path.ts';
import type { BoundAttribute } from './bind.ts';
import { refusal } from './refusal.ts';
import type { PathSyntax } from './syntax.ts';

interface Comparing {
  readonly path: PathSyntax;
  readonly operator: CompareOperator;
}

const ORDERING: ReadonlySet<CompareOperator> = new Set(['gt', 'ge', 'lt', 'le']);
const PARTIAL: ReadonlySet<CompareOperator> = new Set(['co', 'sw', 'ew']);

/** What a literal must look like, by the attribute's type. */
const EXPECTED: { readonly [type in AttributeType]: string } = {
  string: 'text in double quotes',
  reference: 'text in double quotes',
  binary: 'base64 text in double quotes',
  boolean: 'true or false',
  decimal: 'a number without quotes',
  integer: 'a number without quotes',
  dateTime: 'a date and time such as "2011-05-13T04:42:34Z"',
  complex: 'a sub-attribute to compare',
};

/**
 * The path that is compared, `value` standing for a complex attribute that has it, and the literal folded as its values are.
 * @throws {DirectoryError} INVALID_FILTER where the operator does not suit the type (RFC 7644 §3.4.2.2 Table 3) or the literal does not fit
 */
export function toLiteral(
  bound: BoundAttribute,
  { path: syntax, operator }: Comparing,
  value: string | number | boolean,
  { booleanStrings }: { readonly booleanStrings?: 'coerce' | 'refuse' } = {},
): { readonly path: AttributePath; readonly literal: Literal } {
  const path = toAttributePath(bound);
  const attribute = comparedAttribute(bound, path);
  checkOperator(attribute, operator, syntax);
  const isExact = attribute.type === 'boolean' && booleanStrings === 'refuse';
  const literal = fold(path.comparison, isExact ? value : coerce(attribute, bound, value));
  if (literal === undefined) throw refusal(`expected ${EXPECTED[attribute.type]}`, syntax);
  return { path, literal };
}

function comparedAttribute({ attribute, sub }: BoundAttribute, path: AttributePath): Attribute {
  if (sub !== undefined) return sub;
  return attribute.subAttributes?.find((each) => each.name === path.sub) ?? attribute;
}

function checkOperator(attribute: Attribute, operator: CompareOperator, path: PathSyntax): void {
  const { type, name, subAttributes = [] } = attribute;
  if (type === 'complex') {
    const [first] = subAttributes;
    throw refusal(`it is complex: name a sub-attribute, such as ${name}.${first?.name}`, path);
  }
  if (ORDERING.has(operator) && (type === 'boolean' || type === 'binary')) {
    throw refusal(`a ${type} has no order, so ${operator} does not apply; use eq or ne`, path);
  }
  if (PARTIAL.has(operator) && type !== 'string' && type !== 'reference') {
    throw refusal(`a ${type} is not text, so ${operator} does not apply`, path);
  }
}

/** "True" for a boolean (Entra's `roles[primary eq "True"]`), and a version in the form of its ETag, `W/"..."`. */
function coerce(attribute: Attribute, bound: BoundAttribute, value: string | number | boolean) {
  if (attribute.type === 'dateTime') return typeof value === 'string' ? value : null;
  if (typeof value !== 'string') return value;
  if (attribute.type === 'boolean') return /^true$/i.test(value) || (/^false$/i.test(value) ? false : null);
  const isVersion = bound.schema === undefined && bound.attribute.name === 'meta' && attribute.name === 'version';
  return isVersion ? value.replace(/^(?:W\/)?"(.*)"$/, '$1') : value;
}
