import type { CompareOperator } from '#model/filter.ts';
import { Scanner } from './scanner.ts';
import { FILTER_LIMITS, type FilterLimits, type FilterSyntax, type PathSyntax } from './syntax.ts';

export interface ParseOptions extends Partial<FilterLimits> {
  /** Takes a word without quotes as text: `externalId eq jyoung` (Entra's documentation); RFC 7644 has JSON strings only. */
  readonly barewords?: boolean;
}

const OPERATORS: ReadonlySet<string> = new Set<CompareOperator>(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);
const AN_OPERATOR = 'an operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr)';
const A_VALUE = 'a value (text in double quotes, a number, true, false or null)';

const ATTRIBUTE_NAME = /^[A-Za-z$][\w$-]*$/;
/** A schema's URI holds dots, digits and slashes of its own; which part is its name only the registry knows. */
const QUALIFIED_NAME = /^[A-Za-z][\w.+-]*:[\w$.:/#%~+-]*[\w$-]$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Parses a filter, RFC 7644 §3.4.2.2 Figure 1. Keywords and operators in any case; white space only where words would run
 * together; `emails[type eq "work"].value eq "x"`, which Entra sends and the grammar lacks (transcripts/entra/match-by-work-email.json), is
 * read as one value path.
 * @throws {DirectoryError} INVALID_FILTER with position and what was expected, or past the limits on length and depth;
 *   TOO_MANY past the limit on terms
 */
export function parseFilter(text: string, options: ParseOptions = {}): FilterSyntax {
  const scanner = new Scanner(text, 'filter', 'INVALID_FILTER');
  const { length = FILTER_LIMITS.length } = options;
  if (text.length > length) throw scanner.refusal(`longer than ${length} characters`);
  const filter = new FilterParser(scanner, options).filter();
  if (!scanner.atEnd) throw scanner.expected('"and", "or" or the end');
  return filter;
}

/** One method a production; each leaves the scanner behind what it read and the white space after it. */
export class FilterParser {
  readonly #scanner: Scanner;
  readonly #options: FilterLimits & ParseOptions;
  #depth = 0;
  #terms = 0;
  #inBrackets = false;

  constructor(scanner: Scanner, options: ParseOptions = {}) {
    this.#scanner = scanner;
    this.#options = { ...FILTER_LIMITS, ...options };
  }

  // FILTER  = attrExp / logExp / valuePath / *1"not" "(" FILTER ")"
  // logExp  = FILTER SP ("and" / "or") SP FILTER        "and" before "or"
  filter(): FilterSyntax {
    this.#scanner.skipSpace();
    return this.#chain('or', () => this.#chain('and', () => this.#operand()));
  }

  // valuePath = attrPath "[" valFilter "]"
  // valFilter = attrExp / logExp / *1"not" "(" valFilter ")"
  valueFilter(): FilterSyntax {
    const open = this.#scanner.position;
    if (!this.#scanner.take('[')) throw this.#scanner.expected('"["');
    if (this.#inBrackets)
      throw this.#scanner.refusal(`brackets within brackets at ${open} are not part of the grammar`);
    this.#inBrackets = true;
    const where = this.#nested(() => this.filter());
    this.#inBrackets = false;
    if (!this.#scanner.take(']')) throw this.#scanner.expected('"and", "or" or "]"');
    return where;
  }

  #chain(kind: 'and' | 'or', operand: () => FilterSyntax): FilterSyntax {
    const first = operand();
    if (this.#scanner.keyword() !== kind) return first;
    const operands = [first];
    while (this.#scanner.keyword() === kind) {
      this.#scanner.word();
      this.#scanner.skipSpace();
      operands.push(operand());
    }
    return { kind, operands };
  }

  #operand(): FilterSyntax {
    if (this.#scanner.next === '(') return this.#group();
    if (this.#scanner.keyword() !== 'not') return this.#term();
    this.#scanner.word();
    this.#scanner.skipSpace();
    if (this.#scanner.next !== '(') throw this.#scanner.expected('"(" after "not"');
    return { kind: 'not', operand: this.#group() };
  }

  #group(): FilterSyntax {
    this.#scanner.take('(');
    const filter = this.#nested(() => this.filter());
    if (!this.#scanner.take(')')) throw this.#scanner.expected('"and", "or" or ")"');
    this.#scanner.skipSpace();
    return filter;
  }

  #nested(read: () => FilterSyntax): FilterSyntax {
    this.#depth += 1;
    if (this.#depth > this.#options.depth) {
      throw this.#scanner.refusal(`nested more than ${this.#options.depth} deep at ${this.#scanner.position}`);
    }
    const filter = read();
    this.#depth -= 1;
    return filter;
  }

  // attrExp / valuePath, and beyond the grammar: valuePath subAttr SP (compareOp SP compValue / "pr")
  #term(): FilterSyntax {
    const path = this.#path();
    if (this.#scanner.next !== '[') return this.#comparison(path);
    const where = this.valueFilter();
    if (!this.#scanner.take('.')) {
      this.#scanner.skipSpace();
      return { kind: 'element', path, where };
    }
    const last = this.#comparison(this.#subAttribute());
    const operands = where.kind === 'and' ? [...where.operands, last] : [where, last];
    return { kind: 'element', path, where: { kind: 'and', operands } };
  }

  // attrExp = (attrPath SP "pr") / (attrPath SP compareOp SP compValue)
  #comparison(path: PathSyntax): FilterSyntax {
    this.#terms += 1;
    if (this.#terms > this.#options.terms) {
      throw this.#scanner.refusal(`more than ${this.#options.terms} comparisons`, 'TOO_MANY');
    }
    this.#scanner.skipSpace();
    const at = this.#scanner.position;
    const operator = this.#scanner.word().toLowerCase();
    this.#scanner.skipSpace();
    if (operator === 'pr') return { kind: 'present', path };
    if (!isOperator(operator)) throw this.#scanner.expected(AN_OPERATOR, at);
    const value = this.#value();
    this.#scanner.skipSpace();
    return { kind: 'compare', path, operator, value };
  }

  // attrPath = [URI ":"] ATTRNAME *1subAttr             within brackets: ATTRNAME
  #path(): PathSyntax {
    if (this.#inBrackets) return this.#subAttribute();
    const at = this.#scanner.position;
    const text = this.#scanner.word();
    if (!isAttributePath(text)) throw this.#scanner.expected('an attribute path', at);
    return { text, at };
  }

  // ATTRNAME = ALPHA *(nameChar)                        and "$ref", RFC 7643 §2.1
  #subAttribute(): PathSyntax {
    const at = this.#scanner.position;
    const text = this.#scanner.word();
    if (!ATTRIBUTE_NAME.test(text)) throw this.#scanner.expected('the name of a sub-attribute', at);
    return { text, at };
  }

  // compValue = false / null / true / number / string   rules from JSON (RFC 7159)
  #value(): string | number | boolean | null {
    const at = this.#scanner.position;
    if (this.#scanner.next === '"') return this.#string();
    const word = this.#scanner.word();
    const name = word.toLowerCase();
    if (name === 'true' || name === 'false') return name === 'true';
    if (name === 'null') return null;
    if (NUMBER.test(word) && Number.isFinite(Number(word))) return Number(word);
    if (this.#options.barewords && /^[^'{[]/.test(word)) return word;
    const remedy = word === '' ? '' : '; put the value in double quotes';
    throw this.#scanner.refusal(`expected ${A_VALUE} at ${at}${remedy}`);
  }

  #string(): string {
    const start = this.#scanner.position;
    const end = this.#scanner.endOfString(start);
    if (end < 0) throw this.#scanner.refusal(`expected a closing double quote for the one at ${start}`);
    this.#scanner.position = end;
    try {
      return JSON.parse(this.#scanner.text.slice(start, end)) as string;
    } catch {
      throw this.#scanner.refusal(
        `expected a JSON string at ${start}: write \\ as \\\\ and control characters as \\uXXXX`,
      );
    }
  }
}

/** Whether a text has the form of an attribute path; whether such an attribute exists is for the schema to say. */
export function isAttributePath(text: string): boolean {
  if (text.includes(':')) return QUALIFIED_NAME.test(text) && !text.includes('..');
  const [name = '', sub, ...more] = text.split('.', 3);
  return more.length === 0 && ATTRIBUTE_NAME.test(name) && (sub === undefined || ATTRIBUTE_NAME.test(sub));
}

function isOperator(word: string): word is CompareOperator {
  return OPERATORS.has(word);
}
