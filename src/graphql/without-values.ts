/** What graphql-js says of the value of a variable: `Variable "$input" got invalid value { ... } at "input.title"; String cannot ...`. */
const VARIABLE = /^(Variable "\$\w+") got invalid value .*?( at "[\w.[\]]+")?; ([^;]*)$/s;

const QUOTATIONS: readonly (readonly [RegExp, string])[] = [
  [/( cannot represent (?:[\w-]+ )*value): .*$/s, '$1'],
  [/(Expected value of type "[^"]*"), found .*$/s, '$1'],
  [/( has invalid value) .*$/s, '$1'],
  [/\b(found|Unexpected) (String|BlockString|Int|Float) ".*"/s, '$1 $2'],
  [VARIABLE, '$1 got an invalid value$2; $3'],
  [/^(Variable "\$\w+") got invalid value .*$/s, '$1 got an invalid value'],
];

/**
 * A message of graphql-js without the values that it quotes: what is refused may be a password or personal data, and the message
 * goes into the answer and the log.
 */
export function withoutValues(message: string): string {
  return QUOTATIONS.reduce((text, [pattern, shorter]) => text.replace(pattern, shorter), message);
}
