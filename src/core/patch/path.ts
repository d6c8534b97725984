import { FilterParser, isAttributePath, type ParseOptions } from '../filter/parse.ts';
import { Scanner } from '../filter/scanner.ts';
import { FILTER_LIMITS, type PatchPathSyntax } from '../filter/syntax.ts';

/**
 * Parses the path of a PATCH operation, RFC 7644 §3.5.2:
 *
 *     PATH = attrPath / valuePath [subAttr]
 *
 * The attribute path stays as written, since dots and version numbers are part of a schema's URN; only brackets divide it.
 * @throws {DirectoryError} INVALID_PATH for what is no path, such as an array index or a JSON pointer; INVALID_FILTER
 *   (TOO_MANY past the limit on terms) where brackets stand well and what is between them is no filter
 */
export function parsePatchPath(text: string, options: ParseOptions = {}): PatchPathSyntax {
  const scanner = new Scanner(text, 'path', 'INVALID_PATH');
  const { length = FILTER_LIMITS.length } = options;
  if (text.length > length) throw scanner.refusal(`longer than ${length} characters`);
  const path = scanner.word();
  if (!isAttributePath(path)) throw scanner.expected('an attribute path', 0);
  if (scanner.atEnd) return { path: { text: path, at: 0 } };
  const where = parseBrackets(scanner, options);
  if (scanner.atEnd) return { path: { text: path, at: 0 }, where };
  const sub = parseSubAttribute(scanner);
  return { path: { text: path, at: 0 }, where, sub };
}

function parseBrackets(scanner: Scanner, options: ParseOptions) {
  const open = scanner.position;
  if (scanner.next !== '[') throw scanner.expected('"[" or the end');
  const close = endOfBrackets(scanner);
  if (close < 0) throw scanner.expected(`"]" for the bracket at ${open}`, scanner.text.length);
  if (/^\d+$/.test(scanner.text.slice(open + 1, close))) {
    throw scanner.refusal(
      `expected a filter at ${open + 1}: SCIM has no array index; name the value, as in [type eq "work"]`,
    );
  }
  // Positions in messages are those of the whole path.
  const filter = new Scanner(scanner.text, 'filter', 'INVALID_FILTER');
  filter.position = open;
  const where = new FilterParser(filter, options).valueFilter();
  scanner.position = filter.position;
  return where;
}

/** The offset of the first "]" that is not part of a string; -1 where there is none. */
function endOfBrackets(scanner: Scanner): number {
  for (let at = scanner.position; at < scanner.text.length; at++) {
    const char = scanner.text.charAt(at);
    if (char === ']') return at;
    if (char !== '"') continue;
    const end = scanner.endOfString(at);
    if (end < 0) return -1;
    at = end - 1;
  }
  return -1;
}

// subAttr = "." ATTRNAME
function parseSubAttribute(scanner: Scanner): string {
  if (!scanner.take('.')) throw scanner.expected('"." and a sub-attribute, or the end');
  const at = scanner.position;
  const name = scanner.word();
  if (!isAttributePath(name) || /[.:]/.test(name)) throw scanner.expected('the name of a sub-attribute', at);
  if (!scanner.atEnd) throw scanner.expected('the end');
  return name;
}
