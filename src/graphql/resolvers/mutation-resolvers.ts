import type { FieldMap } from '../fields/field.ts';
import { mutationNamed } from '../sdl/mutations.ts';
import { memberMutation } from './mutation/member-mutations.ts';
import { resourceMutation } from './mutation/resource-mutations.ts';
import type { RootResolver } from './query/root-field.ts';

/** The fields of Mutation; none where no resource type offers a write. */
export function mutationResolvers(fields: FieldMap): { readonly [field: string]: RootResolver } {
  const ofTypes = fields.types.flatMap((type) =>
    [...type.mutations.stems].map(
      ([verb, stem]) => [mutationNamed(stem), resourceMutation(fields, type, verb, stem)] as const,
    ),
  );
  return Object.fromEntries([...ofTypes, ...memberResolvers(fields)]);
}

function memberResolvers(fields: FieldMap): readonly (readonly [string, RootResolver])[] {
  const group = fields.membership?.container;
  if (group === undefined || !group.mutations.stems.has('patch')) return [];
  return [
    ['addMembers', memberMutation(fields, group, 'add', 'AddMembers')],
    ['removeMembers', memberMutation(fields, group, 'remove', 'RemoveMembers')],
  ];
}
