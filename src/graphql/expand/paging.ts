import { badUserInput } from '../bad-user-input.ts';
import { describe } from '../sdl/describe.ts';

/** How many items a page has where its query does not say. */
export const DEFAULT_FIRST = 50;

/** More than this in one page is refused: it is also what core asks a backend for at a time. */
export const MAX_FIRST = 1_000;

/** What every connection takes, as SDL. */
export const PAGE_ARGUMENTS = [
  `${describe(`How many, from the beginning or behind \`after\`: up to 1,000, and ${DEFAULT_FIRST} where neither \`first\` nor \`last\` is given.`)}first: Int`,
  'after: String',
  `${describe('How many, from the end or before `before`: up to 1,000. Lists of links are walked forwards alone.')}last: Int`,
  'before: String',
].join('\n');

/** A part of a list, as its arguments ask for it: what follows a cursor or, backward, what comes before it. */
export interface PageAsked {
  readonly limit: number;
  readonly backward: boolean;
  /** Absent at the beginning and, backward, at the end. */
  readonly cursor?: string;
}

/** The page that a connection's arguments ask for; null means the same as leaving out. @throws {GraphQLError} BAD_USER_INPUT */
export function pageAsked(args: { readonly [name: string]: unknown }, name: string): PageAsked {
  const [first, after, last, before] = ['first', 'after', 'last', 'before'].map((each) => args[each] ?? undefined);
  const asksForwards = first !== undefined || after !== undefined;
  const backward = last !== undefined || before !== undefined;
  if (asksForwards && backward) {
    throw badUserInput(`${name}: first goes with after, last with before; a page cannot be asked for from both ends`);
  }
  const cursor = backward ? before : after;
  const [argument, onward] = backward ? ['last', 'before'] : ['first', 'after'];
  const limit = checkSize((backward ? last : first) ?? DEFAULT_FIRST, `${name}: ${argument}`, `; go on with ${onward}`);
  return { limit, backward, ...(typeof cursor === 'string' && { cursor }) };
}

/** `first` of a list without `after`; `onward` is what goes on instead, where something does. @throws {GraphQLError} BAD_USER_INPUT */
export function checkFirst(first: unknown, name: string, onward?: string): number {
  return checkSize(first, `${name}: first`, onward === undefined ? '' : `; go on with ${onward}`);
}

function checkSize(size: unknown, argument: string, remedy: string): number {
  if (typeof size === 'number' && size >= 0 && size <= MAX_FIRST) return size;
  const figures = typeof size === 'number' && size > 0 ? { limit: MAX_FIRST, actual: size } : undefined;
  throw badUserInput(`${argument} must be a number from 0 to ${MAX_FIRST}${remedy}`, figures);
}
