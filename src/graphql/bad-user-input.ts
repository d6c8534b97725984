import { GraphQLError } from 'graphql';

/** Of an argument that is too large or too long: what may be, and what was given. */
export interface Figures {
  readonly limit: number;
  readonly actual: number;
}

/** An argument that the schema allows and the directory cannot make sense of; `message` says what to give instead. */
export function badUserInput(message: string, figures?: Figures): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', ...figures } });
}
