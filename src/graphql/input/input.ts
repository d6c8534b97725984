/** An input object as graphql-js coerces it: own keys that the schema knows, in the schema's order. */
export type Input = { readonly [name: string]: unknown };

export function isInput(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What was given, null included; a variable that was left out leaves no entry. */
export function entriesOf(input: Input): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(input).filter(([, value]) => value !== undefined);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
