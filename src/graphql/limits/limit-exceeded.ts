import { type ASTNode, GraphQLError } from 'graphql';
import type { QueryLimits } from './query-limits.ts';

/** `extensions.code` of what goes past a limit; docs/guides/graphql.md is tested against it. */
export const LIMIT_CODES: Readonly<Record<keyof QueryLimits, string>> = {
  bodyBytes: 'TOO_LARGE',
  tokens: 'TOO_MANY_TOKENS',
  depth: 'TOO_DEEP',
  aliases: 'TOO_MANY_ALIASES',
  rootFields: 'TOO_MANY_ROOT_FIELDS',
  directives: 'TOO_MANY_DIRECTIVES',
  directivesPerField: 'TOO_MANY_DIRECTIVES',
  inputDepth: 'INPUT_TOO_DEEP',
  cost: 'QUERY_TOO_COSTLY',
  edges: 'TOO_MANY_EDGES',
  responseBytes: 'RESPONSE_TOO_LARGE',
  deadlineSeconds: 'TIMEOUT',
  subscriptions: 'RATE_LIMITED',
  subscriptionsPerCredential: 'RATE_LIMITED',
};

export interface Excess {
  readonly limit: number;
  readonly actual: number;
  /** In full, with both figures and what to do. */
  readonly message: string;
  readonly node?: ASTNode;
}

/** The error of a limit: a client finds both figures in its extensions as well. */
export function limitExceeded(name: keyof QueryLimits, { limit, actual, message, node }: Excess): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: LIMIT_CODES[name], limit, actual },
    ...(node && { nodes: node }),
  });
}

const CODES: ReadonlySet<unknown> = new Set(Object.values(LIMIT_CODES));

/** The figures of an error that `limitExceeded` made, also where Apollo has wrapped it. */
export function excessOf(
  error: unknown,
): { readonly code: unknown; readonly limit: unknown; readonly actual: unknown } | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const { code, limit, actual } = error.extensions;
  if (limit === undefined || actual === undefined) return undefined;
  return CODES.has(code) ? { code, limit, actual } : excessOf(error.originalError);
}
