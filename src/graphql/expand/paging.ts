import { badUserInput } from '../bad-user-input.ts';

export const DEFAULT_FIRST = 50;

/** More than this in one page is refused: it is also what core asks a backend for at a time. */
export const MAX_FIRST = 1_000;

/** What every connection takes, as SDL. */
export const PAGE_ARGUMENTS = `first: Int = ${DEFAULT_FIRST}, after: String`;

/** `first` of a connection. @throws {GraphQLError} BAD_USER_INPUT */
export function checkFirst(first: unknown, name: string): number {
  if (typeof first === 'number' && first >= 0 && first <= MAX_FIRST) return first;
  throw badUserInput(`${name}: first must be a number from 0 to ${MAX_FIRST}; go on with after`);
}
