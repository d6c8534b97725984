import type { FilterSyntax } from '#core/filter/syntax.ts';

/** A filter as text that parses into the same filter, RFC 7644 §3.4.2.2. */
export function printFilter(filter: FilterSyntax): string {
  switch (filter.kind) {
    case 'and':
      return filter.operands.map((operand) => printOperand(operand, ['and', 'or'])).join(' and ');
    case 'or':
      return filter.operands.map((operand) => printOperand(operand, ['or'])).join(' or ');
    case 'not':
      return `not (${printFilter(filter.operand)})`;
    case 'present':
      return `${filter.path.text} pr`;
    case 'compare':
      return `${filter.path.text} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'element':
      return `${filter.path.text}[${printFilter(filter.where)}]`;
  }
}

function printOperand(operand: FilterSyntax, grouped: readonly FilterSyntax['kind'][]): string {
  const text = printFilter(operand);
  return grouped.includes(operand.kind) ? `(${text})` : text;
}
