import type { GraphQLError } from 'graphql';
import { DirectoryError } from '#model/errors.ts';
import { limitExceeded } from './limit-exceeded.ts';
import type { QueryLimits } from './query-limits.ts';

/** Links that conditions on lists of links look through for one answer, all fields together. */
const MAX_LOOKED_THROUGH = 500_000;

/** What one answer has used of its limits. Once one is passed, whatever asks for more is refused as well. */
export class Budget {
  private readonly limits: Pick<QueryLimits, 'edges' | 'responseBytes'>;
  private edges = 0;
  private characters = 0;
  private lookedThrough = 0;

  constructor(limits: Pick<QueryLimits, 'edges' | 'responseBytes'>) {
    this.limits = limits;
  }

  /** Counts resources that were loaded for the answer. @throws {GraphQLError} TOO_MANY_EDGES */
  takeEdges(count: number): void {
    this.edges += count;
    this.checkEdges(0);
  }

  /** That so many more may be loaded. @throws {GraphQLError} TOO_MANY_EDGES */
  checkEdges(more: number): void {
    const limit = this.limits.edges;
    const actual = this.edges + more;
    if (actual <= limit) return;
    const message = `the query leads to ${actual} resources or more; at most ${limit} are loaded for one answer, so give smaller values of first`;
    throw limitExceeded('edges', { limit, actual, message });
  }

  /** Counts links that may be looked through for a condition on them, before they are read. @throws {DirectoryError} TOO_MANY */
  takeLookedThrough(links: number): void {
    this.lookedThrough += links;
    if (this.lookedThrough <= MAX_LOOKED_THROUGH) return;
    const message = `where on lists of links may look through ${MAX_LOOKED_THROUGH} links for one answer; give it to fewer fields, or ask for fewer resources with first`;
    throw new DirectoryError('TOO_MANY', message);
  }

  /** Counts characters of the answer, which never are more than its bytes. @throws {GraphQLError} RESPONSE_TOO_LARGE */
  takeText(length: number): void {
    this.characters += length;
    const error = this.excessOfBytes(this.characters);
    if (error !== undefined) throw error;
  }

  /** The error of an answer of which so many characters were counted. */
  get excessOfText(): GraphQLError | undefined {
    return this.excessOfBytes(this.characters);
  }

  excessOfBytes(actual: number): GraphQLError | undefined {
    const limit = this.limits.responseBytes;
    if (actual <= limit) return undefined;
    const message = `the answer has ${actual} bytes or more; at most ${limit} are sent, so ask for fewer fields or resources`;
    return limitExceeded('responseBytes', { limit, actual, message });
  }
}
