import type { MembershipCheckResolvers, MembershipResultResolvers } from '../generated/resolvers.ts';

export const membershipCheckResolvers = {
  asOf: ({ asOf }) => asOf,
  results: ({ results }) => results,
} satisfies MembershipCheckResolvers;

export const membershipResultResolvers = {
  member: ({ member }) => member,
  group: ({ group }) => group,
  isMember: ({ isMember }) => isMember,
} satisfies MembershipResultResolvers;
