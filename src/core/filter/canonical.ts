import { type AttributePath, type Filter, pathName, type Sort } from '#model/filter.ts';

/**
 * A text that is equal where the same is asked, in whatever order and by whichever face: operands, ids and literals stand
 * sorted and once. Filters that mean the same by another route (`not (a eq 1)`, `a ne 1`) have texts of their own.
 */
export function filterToText(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return group(filter.kind, filter.operands.map(filterToText));
    case 'not':
      return `not(${filterToText(filter.operand)})`;
    case 'present':
      return term('pr', pathToText(filter.path));
    case 'compare':
      return term(filter.operator, pathToText(filter.path), filter.literal);
    case 'in':
      return term(
        'in',
        pathToText(filter.path),
        ...sortedOnce(filter.literals.map((literal) => JSON.stringify(literal))),
      );
    case 'element':
      return `${term('some', pathToText(filter.path))}(${filterToText(filter.where)})`;
    case 'linked': {
      const ids = filter.ids === undefined ? ['*'] : ['ids', ...sortedOnce(filter.ids)];
      return term(filter.edge, filter.direction, filter.transitive, ...ids);
    }
  }
}

export function sortToText({ by, order }: Sort): string {
  return term(order, pathToText(by));
}

/** With the comparison: under another one the same words would mean another place in another order. */
function pathToText(path: AttributePath): string {
  return `${pathName(path)} ${path.comparison}`;
}

/** As JSON, so that no value can be taken for what stands around it. */
function term(...words: readonly (string | number | boolean)[]): string {
  return JSON.stringify(words);
}

function group(kind: 'and' | 'or', operands: readonly string[]): string {
  const different = sortedOnce(operands);
  const [only = ''] = different;
  return different.length === 1 ? only : `${kind}(${different.join()})`;
}

function sortedOnce(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
