import type { Conversion } from '../mapping/converters.ts';

const PREFIX = '1.3.6.1.4.1.1466.115.121.1.';

/** What values of a syntax are converted by (RFC 4517 §3.3); syntaxes that are not here hold text, or nothing that is mapped. */
const CONVERSIONS: ReadonlyMap<string, Conversion> = new Map<string, Conversion>([
  [`${PREFIX}5`, 'binary'],
  [`${PREFIX}7`, 'boolean'],
  [`${PREFIX}8`, 'binary'],
  [`${PREFIX}24`, 'time'],
  [`${PREFIX}26`, 'ia5'],
  [`${PREFIX}27`, 'integer'],
  [`${PREFIX}28`, 'binary'],
  [`${PREFIX}40`, 'binary'],
  [`${PREFIX}44`, 'printable'],
  [`${PREFIX}50`, 'printable'],
]);

const TEXT_SYNTAX = `${PREFIX}15`;
export const DN_SYNTAX = `${PREFIX}12`;

/** Undefined for syntaxes of which no conversion is known. */
export function conversionOfSyntax(syntax: string | undefined): Conversion | undefined {
  return syntax === TEXT_SYNTAX ? 'text' : CONVERSIONS.get(syntax ?? '');
}
