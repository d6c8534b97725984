import type { GraphQLError } from 'graphql';
import { limitExceeded } from './limit-exceeded.ts';
import type { QueryLimits } from './query-limits.ts';

/** What one answer has used of its limits. Once one is passed, whatever asks for more is refused as well. */
export class Budget {
  private readonly limits: Pick<QueryLimits, 'edges' | 'responseBytes'>;
  private edges = 0;
  private characters = 0;

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
