import { DirectoryError } from '#model/errors.ts';
import { describe } from '../../sdl/describe.ts';
import type { LoadedField, LoadRequest } from '../loaded-field.ts';
import { checkPairs, TRANSITIVE_ARGUMENT } from '../membership.ts';

/** Of one field for all resources of a list, so that one adapter call answers them. */
const MAX_QUESTIONS = 10_000;

export const isMemberOf: LoadedField = {
  name: 'isMemberOf',
  appliesTo: ({ canBeMember }) => canBeMember,
  sdl: () =>
    `${describe('Whether this resource is in each of the groups, which are given by id; with `transitive`, also through other groups. One result per group, in order. At most 10,000 questions, groups times resources, in one field.')}isMemberOf(groups: [ID!]!, ${TRANSITIVE_ARGUMENT}): MembershipCheck`,
  readsWhole: false,
  edge: 'members',
  load: async ({ walk, resources, args }) => {
    const groups = args['groups'] as readonly string[];
    checkNumber(groups, resources);
    const checkOne = ({ id }: { readonly id: string }) =>
      checkPairs(
        walk.context,
        groups.map((group) => ({ member: id, group })),
        args['transitive'] === true,
      );
    return Promise.all(resources.map(checkOne));
  },
};

/** @throws {DirectoryError} TOO_MANY */
function checkNumber(groups: readonly string[], resources: LoadRequest['resources']): void {
  const questions = groups.length * resources.length;
  if (questions <= MAX_QUESTIONS) return;
  const count = `${groups.length} groups of ${resources.length} resources are ${questions} questions`;
  throw new DirectoryError(
    'TOO_MANY',
    `isMemberOf: ${count}, at most ${MAX_QUESTIONS} are answered together; name fewer groups, or ask for fewer resources with first`,
  );
}
