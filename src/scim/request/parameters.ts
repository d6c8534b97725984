import type { ProjectionRequest } from '#core/project.ts';
import { shown } from '#core/validate/faults.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Sort } from '#model/filter.ts';
import type { Json, JsonObject } from '#model/resource.ts';
import { parameterKey, propertyInAnyCase } from '../idp-quirks.ts';
import type { Limits } from '../limits.ts';
import { checkMessageSchema } from './message-schema.ts';

/** In `attributes` or `excludedAttributes`. */
const MOST_NAMES = 1_000;

const SEARCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** What GET on an endpoint and `POST /.search` ask alike, RFC 7644 §3.4.2 and §3.4.3. `startIndex` is 1-based. */
export interface Query {
  readonly projection: ProjectionRequest;
  readonly filter?: string;
  readonly sortBy?: string;
  readonly sortOrder: Sort['order'];
  readonly startIndex: number;
  readonly count: number;
  /** Present where the client pages by cursor, RFC 9865 §2; empty for the first page. */
  readonly cursor?: string;
}

type PageLimits = Pick<Limits, 'defaultPageSize' | 'maxPageSize'>;

/** A parameter's value by its name in lower case: one source for query strings and search bodies. */
type Parameters = (name: string) => Json | undefined;

/**
 * Names are matched regardless of case (Entra sends `startindex`, transcripts/entra), unknown ones are ignored.
 * @throws {DirectoryError} INVALID_VALUE
 */
export function parseQuery(query: string, limits: PageLimits): Query {
  return readQuery(queryParameters(query), limits);
}

/** @throws {DirectoryError} INVALID_VALUE, INVALID_SYNTAX where the body does not say that it is a search (RFC 7644 §3.1) */
export function parseSearch(body: JsonObject, limits: PageLimits): Query {
  checkMessageSchema(body, SEARCH_SCHEMA);
  return readQuery((name) => propertyInAnyCase(body, name), limits);
}

/** The parameters that reads and writes of a single resource know. */
export function parseProjection(query: string): ProjectionRequest {
  return query === '' ? {} : readProjection(queryParameters(query));
}

function queryParameters(query: string): Parameters {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const key = parameterKey(name);
    if (values.has(key) && values.get(key) !== value) throw invalid(key, 'to be given once', 'two values');
    values.set(key, value);
  }
  return (name) => values.get(parameterKey(name));
}

function readQuery(parameters: Parameters, { defaultPageSize, maxPageSize }: PageLimits): Query {
  const filter = readText(parameters, 'filter');
  const sortBy = readText(parameters, 'sortBy');
  const cursor = readCursor(parameters);
  return {
    projection: readProjection(parameters),
    ...(filter === undefined ? {} : { filter }),
    ...(sortBy === undefined || sortBy === '' ? {} : { sortBy }),
    sortOrder: readSortOrder(parameters),
    startIndex: Math.max(1, readInteger(parameters, 'startIndex') ?? 1),
    count: Math.min(maxPageSize, Math.max(0, readCount(parameters, cursor !== undefined) ?? defaultPageSize)),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

function readProjection(parameters: Parameters): ProjectionRequest {
  return {
    attributes: readNames(parameters, 'attributes'),
    excludedAttributes: readNames(parameters, 'excludedAttributes'),
  };
}

/** A comma list in a query, an array of strings in a search. */
function readNames(parameters: Parameters, name: string): readonly string[] {
  const value = parameters(name) ?? [];
  const names = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(names) || !names.every((item: unknown) => typeof item === 'string')) {
    throw invalid(name, 'names of attributes', typeof value);
  }
  if (names.length > MOST_NAMES) throw invalid(name, `at most ${MOST_NAMES} names`, String(names.length));
  return names.map((item: string) => item.trim()).filter((item) => item !== '');
}

function readText(parameters: Parameters, name: string): string | undefined {
  const value = parameters(name) ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw invalid(name, 'a string', typeof value);
  return value;
}

/** Its presence asks for paging by cursor, as that of `startIndex` asks for paging by index; never both (RFC 9865 §2.4). */
function readCursor(parameters: Parameters): string | undefined {
  const value = parameters('cursor') ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'string') {
    throw new DirectoryError('INVALID_CURSOR', `cursor: expected a string, got ${shown(value)}`);
  }
  if (parameters('startIndex') !== undefined) {
    throw invalid('startIndex', 'to be left out, since cursor asks for paging by cursor');
  }
  return value;
}

/** RFC 9865 §2.1 has an error of its own for it. */
function readCount(parameters: Parameters, byCursor: boolean): number | undefined {
  const value = parameters('count') ?? undefined;
  if (byCursor && value !== undefined && toInteger(value) === undefined) {
    throw new DirectoryError('INVALID_COUNT', `count: expected an integer, got ${shown(value)}`);
  }
  return readInteger(parameters, 'count');
}

function readSortOrder(parameters: Parameters): Sort['order'] {
  const order = (readText(parameters, 'sortOrder') ?? 'ascending').toLowerCase();
  if (order !== 'ascending' && order !== 'descending')
    throw invalid('sortOrder', 'ascending or descending', shown(order));
  return order;
}

function readInteger(parameters: Parameters, name: string): number | undefined {
  const value = parameters(name) ?? undefined;
  if (value === undefined) return undefined;
  const number = toInteger(value);
  if (number === undefined) throw invalid(name, 'an integer', shown(value));
  return number;
}

function toInteger(value: Json): number | undefined {
  const number = typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

function invalid(path: string, expected: string, got?: string): DirectoryError {
  const fault = { path, expected, ...(got === undefined ? {} : { got }) };
  return new DirectoryError('INVALID_VALUE', 'the request has a parameter that cannot be used', { faults: [fault] });
}
