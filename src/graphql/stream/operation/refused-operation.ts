import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { formatError } from '../../errors.ts';
import { excessesFirst } from '../../limits/excesses-first.ts';
import { withoutSuggestions } from '../../suggestions.ts';

/** An operation that is refused before anything is carried out, in GraphQL's own words and with HTTP status 400. */
export class RefusedOperation extends Error {
  override readonly name = 'RefusedOperation';
  errors: readonly GraphQLFormattedError[];

  /** `code` is that of errors which have none. */
  constructor(code: string, errors: readonly GraphQLError[]) {
    const formatted = excessesFirst(
      errors.map((error) => formatError({ ...error.toJSON(), extensions: { code, ...error.extensions } }, error)),
    );
    super(formatted[0]?.message);
    this.errors = formatted;
  }

  /** As a caller is told of it who may not read the schema. */
  hideSuggestions(): void {
    this.errors = withoutSuggestions(this.errors);
  }
}

/** The result of `work`, whose own errors of GraphQL refuse the operation. @throws {RefusedOperation} */
export function refusing<Result>(code: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof GraphQLError ? new RefusedOperation(code, [error]) : error;
  }
}

export function refuseOperation(code: string, message: string): never {
  throw new RefusedOperation(code, [new GraphQLError(message)]);
}
