import { GraphQLError } from 'graphql';

/** An argument that the schema allows and the directory cannot make sense of; `message` says what to give instead. */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
