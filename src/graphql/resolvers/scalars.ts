import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { parseInstant } from '#model/fold.ts';
import { jsonScalar } from './json-scalar.ts';

function textScalar(
  name: string,
  isValid: (text: string) => boolean,
  expected: string,
): GraphQLScalarType<string, string> {
  const parse = (value: unknown, node?: ValueNode): string => {
    if (typeof value === 'string' && isValid(value)) return value;
    throw new GraphQLError(`${name}: expected ${expected}`, { ...(node && { nodes: node }) });
  };
  return new GraphQLScalarType<string, string>({
    name,
    serialize: (value) => (typeof value === 'string' ? value : parse(value)),
    parseValue: (value) => parse(value),
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

const parseInteger = (value: unknown, node?: ValueNode): number => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new GraphQLError('Integer: expected a whole number between -(2^53-1) and 2^53-1', {
    ...(node && { nodes: node }),
  });
};

/** Stored values were checked when they were written, so text is given out as it is. */
export const scalarResolvers = {
  JSON: jsonScalar,
  DateTime: textScalar(
    'DateTime',
    (text) => parseInstant(text) !== undefined,
    'a date and time such as "2011-05-13T04:42:34Z"',
  ),
  URI: textScalar('URI', () => true, 'text'),
  Base64: textScalar('Base64', (text) => /^[A-Za-z0-9+/_-]*={0,2}$/.test(text), 'base64 text'),
  Integer: new GraphQLScalarType<number, number>({
    name: 'Integer',
    serialize: (value) => parseInteger(value),
    parseValue: (value) => parseInteger(value),
    parseLiteral: (node) => parseInteger(node.kind === Kind.INT ? Number(node.value) : undefined, node),
  }),
};
