import type { GraphQLResolveInfo } from 'graphql';
import { pathName } from '#model/filter.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { GraphqlContext } from '../context.ts';
import { named } from '../expand/connection-selection.ts';
import { openWalk } from '../expand/expand.ts';
import type { Place } from '../expand/place.ts';
import { selectedFields } from '../expand/selection.ts';
import type { FieldMap, TypeFields } from '../fields/field.ts';
import type { SearchHitResolvers } from '../generated/resolvers.ts';
import type { Args } from '../resolvers/query/root-field.ts';
import { searchedAttributes } from './searched-attributes.ts';

/** `text` in characters, `first` in hits. */
export const SEARCH_LIMITS = { shortest: 2, longest: 100, first: 50 } as const;

export interface SearchHitSource {
  readonly node: Place;
  readonly attribute: string;
  readonly value: string;
}

/**
 * Two adapter calls per searched type, and what the selection asks of the hits.
 * @throws {GraphQLError} BAD_USER_INPUT where the text is too short or too long, `first` too large, or a type cannot be searched
 */
export async function resolveSearch(
  fields: FieldMap,
  args: Args,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<readonly SearchHitSource[]> {
  const within = searchedTypes(fields, args['types']).map(
    (type) => [type.resourceType, searchedAttributes(type, context.session.visibility)] as const,
  );
  const hits = await context.session.findByPrefix({
    text: checkText(args['text']),
    within: new Map(within),
    limit: checkLimit(args['first']),
  });
  const walk = openWalk(fields, context, info);
  const nodes = named(selectedFields(walk, 'SearchHit', info.fieldNodes), 'node');
  const places = await walk.expand(
    hits.map(({ resource }) => resource),
    nodes,
  );
  return hits.map(({ path, value }, index) => ({ node: places[index] as Place, attribute: pathName(path), value }));
}

export const searchHitResolvers: SearchHitResolvers = {
  node: ({ node }) => node,
  attribute: ({ attribute }) => attribute,
  value: ({ value }) => value,
};

function checkText(given: unknown): string {
  const text = String(given).trim();
  const { shortest, longest } = SEARCH_LIMITS;
  const characters = [...text].length;
  if (characters >= shortest && characters <= longest) return text;
  const figures = characters > longest ? { limit: longest, actual: characters } : undefined;
  throw badUserInput(`search: text must have ${shortest} to ${longest} characters, it has ${characters}`, figures);
}

function checkLimit(first: unknown): number {
  if (typeof first === 'number' && first >= 1 && first <= SEARCH_LIMITS.first) return first;
  const limit = SEARCH_LIMITS.first;
  const figures = typeof first === 'number' && first > limit ? { limit, actual: first } : undefined;
  throw badUserInput(`search: first must be a number from 1 to ${limit}; type on instead of paging`, figures);
}

function searchedTypes({ types }: FieldMap, given: unknown): readonly TypeFields[] {
  const searchable = types.filter((type) => searchedAttributes(type).length > 0);
  if (!Array.isArray(given)) return searchable;
  const unknown = given.find((name) => searchable.every((type) => type.name !== name));
  if (unknown === undefined) return searchable.filter(({ name }) => given.includes(name));
  throw badUserInput(`search: types must be ${searchable.map(({ name }) => name).join(' or ')}`);
}
