import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';

/** Any JSON; how deep it may nest is bounded for variables as a whole, and in a document by its tokens. */
export const jsonScalar = new GraphQLScalarType({
  name: 'JSON',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
