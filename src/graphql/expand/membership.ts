import type { LinkPair } from '#core/session.ts';
import type { GraphqlContext } from '../context.ts';
import type { FieldMap } from '../fields/field.ts';
import type { MembershipCheck, MembershipPair } from '../generated/resolvers.ts';
import type { Walk } from './walk.ts';

/** The argument of every field that may follow nested groups, as SDL. */
export const TRANSITIVE_ARGUMENT = 'transitive: Boolean = false';

/** The type that has members and those that can be one. @throws {Error} where no type has members, which is a bug */
export function membershipOf({ fields: { membership } }: Walk): NonNullable<FieldMap['membership']> {
  if (membership === undefined) throw new Error('a field of membership exists although nothing has members');
  return membership;
}

/** Asked together with all other questions of this kind in the same query. */
export async function checkPairs(
  { session }: GraphqlContext,
  pairs: readonly MembershipPair[],
  transitive: boolean,
): Promise<MembershipCheck> {
  const asOf = new Date().toISOString();
  const asked = pairs.map(({ group, member }) => ({ from: group, to: member }) as LinkPair);
  const answers = await session.loaders.areLinked('members', transitive).loadMany(asked);
  const results = pairs.map(({ member, group }, index) => {
    const isMember = answers[index];
    if (isMember instanceof Error) throw isMember;
    return { member, group, isMember: isMember === true };
  });
  return { asOf, results };
}
