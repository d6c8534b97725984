import type { PatchOperation } from '#core/patch/operation.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import type { FieldMap, TypeFields } from '../../fields/field.ts';
import { type Input, listOf } from '../../input/input.ts';
import { faultToInputPath, referenceToInputPath } from '../../input/input-path.ts';
import type { RootResolver } from '../query/root-field.ts';
import type { ArgumentPlaces } from './mutation-errors.ts';
import { expandOne, guardOf, mutationResolver } from './mutation-field.ts';

/** `addMembers` and `removeMembers`: one PATCH of members by value, which is sent without a prior read (RFC 7644 §3.5.2). */
export function memberMutation(
  fields: FieldMap,
  group: TypeFields,
  op: Exclude<PatchOperation['op'], 'replace'>,
  stem: string,
): RootResolver {
  const { resourceType, mutations } = group;
  const { resource } = mutations;
  return mutationResolver<StoredResource>({
    fields,
    resourceType,
    payload: `${stem}Payload`,
    write: (session, input) => {
      const id = String(input[resource]) as ResourceId;
      return session.patch(resourceType, id, [operationOf(group, op, input)], { ...guardOf(input), oneChange: true });
    },
    places: (input) => placesOf(group, input),
    answer: { name: resource, of: (stored, answering) => expandOne(fields, stored, answering) },
  });
}

function operationOf(group: TypeFields, op: PatchOperation['op'], { members }: Input): PatchOperation {
  const key = group.inputs.find(({ link }) => link === 'members')?.key ?? 'members';
  return { op, path: { path: { text: key, at: 0 } }, value: listOf(members).map((id) => ({ value: String(id) })) };
}

function placesOf({ inputs, mutations: { resource } }: TypeFields, input: Input): ArgumentPlaces {
  const place = { fields: inputs.filter(({ link }) => link === 'members'), input, base: ['input'] };
  return {
    target: { path: ['input', resource], id: String(input[resource]) },
    ifVersion: ['input', 'ifVersion'],
    attribute: (path) => faultToInputPath(place, path),
    reference: (id) => referenceToInputPath(place, id),
  };
}
