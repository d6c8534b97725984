import { badUserInput } from '../../bad-user-input.ts';
import type { GraphqlContext } from '../../context.ts';
import { checkPairs } from '../../expand/membership.ts';
import type { MembershipCheck, MembershipPair } from '../../generated/resolvers.ts';
import type { Args } from './root-field.ts';

const MAX_PAIRS = 1_000;

/** One adapter call for all pairs, or one per level where the backend does not nest. @throws {GraphQLError} BAD_USER_INPUT */
export async function resolveCheckMembership(args: Args, context: GraphqlContext): Promise<MembershipCheck> {
  const pairs = args['pairs'] as readonly MembershipPair[];
  if (pairs.length > MAX_PAIRS) {
    throw badUserInput(
      `checkMembership: at most ${MAX_PAIRS} pairs at a time, got ${pairs.length}; ask in several queries`,
      { limit: MAX_PAIRS, actual: pairs.length },
    );
  }
  return checkPairs(context, pairs, args['transitive'] === true);
}
