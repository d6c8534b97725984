import { countLimit } from './count-limit.ts';

/** Refuses documents with more than `limit` aliases, each of which repeats a field's work. */
export function aliasLimit(limit: number) {
  return countLimit('aliases', limit, (count) => ({
    Field(field) {
      if (field.alias !== undefined) count(field);
    },
  }));
}
