import type { GraphQLRequest } from '@apollo/server';
import { isRecord } from '../is-record.ts';

/** The parts of a request as Apollo's pipeline takes them. */
export type PlainRequest = Pick<GraphQLRequest, 'query' | 'operationName' | 'variables' | 'extensions'>;

/**
 * The request that a JSON body is, where nothing about it is out of the ordinary; undefined where Apollo's own reading has to say
 * what is wrong with it.
 */
export function plainRequest(body: unknown): PlainRequest | undefined {
  if (!isRecord(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== 'string' || !isAbsentOr(operationName, (name) => typeof name === 'string')) return undefined;
  if (!isAbsentOr(variables, isRecord) || !isAbsentOr(extensions, isRecord)) return undefined;
  return {
    query,
    ...(typeof operationName === 'string' && { operationName }),
    ...(isRecord(variables) && { variables }),
    ...(isRecord(extensions) && { extensions }),
  };
}

/** Absent, null, or as it has to be. */
function isAbsentOr(value: unknown, fits: (value: unknown) => boolean): boolean {
  return value === undefined || value === null || fits(value);
}
