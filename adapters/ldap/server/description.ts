/** A description of an attribute type or object class as servers print it, RFC 4512 §4.1: `( 2.5.4.3 NAME 'cn' SUP name )`. */

export interface Description {
  readonly oid: string;
  /** Empty where it has none. */
  readonly names: readonly string[];
  has(keyword: string): boolean;
  /** What follows a keyword, without quotes, parentheses and `$`; empty where it is absent. */
  values(keyword: string): readonly string[];
}

/** `'quoted'`, `(`, `)`, `$`, or a word. */
const TOKEN = /'([^']*)'|[()$]|[^\s()$']+/g;
const KEYWORD =
  /^(?:NAME|DESC|OBSOLETE|SUP|EQUALITY|ORDERING|SUBSTR|SYNTAX|SINGLE-VALUE|COLLECTIVE|NO-USER-MODIFICATION|USAGE|ABSTRACT|STRUCTURAL|AUXILIARY|MUST|MAY|X-[\w-]+)$/;
const SIGNS: ReadonlySet<string> = new Set(['(', ')', '$']);

const HEAD = /^\s*\(\s*'?([\w.-]+)'?(?:\s+NAME\s+(?:'([^']*)'|\(([^)]*)\)))?/;

/** Its object identifier and its names, which is all that is asked of most; empty where the text is no description. */
export function namesOf(text: string): readonly string[] {
  const [, oid, name, names = ''] = HEAD.exec(text) ?? [];
  if (oid === undefined) return [];
  return [oid, ...(name === undefined ? [] : [name]), ...names.split(/[\s']+/).filter(Boolean)];
}

/** Undefined where the text is no description. */
export function parseDescription(text: string): Description | undefined {
  const [open, oid, ...tokens] = text.matchAll(TOKEN);
  if (open?.[0] !== '(' || oid === undefined || SIGNS.has(oid[0])) return undefined;
  const table = new Map<string, string[]>();
  let current: string[] = [];
  for (const [token, quoted] of tokens) {
    if (quoted === undefined && KEYWORD.test(token)) {
      current = [];
      table.set(token, current);
    } else if (!SIGNS.has(token)) current.push(quoted ?? token);
  }
  const values = (keyword: string) => table.get(keyword) ?? [];
  return { oid: oid[1] ?? oid[0], names: values('NAME'), has: (keyword) => table.has(keyword), values };
}
