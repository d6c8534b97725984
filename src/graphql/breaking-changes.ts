import { buildSchema, findBreakingChanges } from 'graphql';

/** What clients of the one SDL could not do with the other any more, a sentence each; what was only added is none. */
export function breakingChanges(published: string, current: string): readonly string[] {
  return findBreakingChanges(buildSchema(published), buildSchema(current)).map(({ description }) => description);
}
