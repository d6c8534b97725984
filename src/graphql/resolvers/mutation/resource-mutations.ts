import { parseOperations } from '#core/patch/parse.ts';
import type { Session } from '#core/session.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Json, ResourceId, StoredResource } from '#model/resource.ts';
import type { FieldMap, TypeFields } from '../../fields/field.ts';
import { entriesOf, type Input, isInput, listOf } from '../../input/input.ts';
import { faultToInputPath, referenceToInputPath } from '../../input/input-path.ts';
import { inputToBody } from '../../input/input-to-body.ts';
import { patchToOperations } from '../../input/patch-to-operations.ts';
import type { RootResolver } from '../query/root-field.ts';
import type { ArgumentPlaces } from './mutation-errors.ts';
import { expandOne, guardOf, type Mutation, mutationResolver } from './mutation-field.ts';

type Verb = 'create' | 'replace' | 'patch' | 'delete';

/** The resolver of each mutation that a resource type offers. */
export function resourceMutation(fields: FieldMap, type: TypeFields, verb: Verb, stem: string): RootResolver {
  const common = { fields, resourceType: type.resourceType, payload: `${stem}Payload` };
  if (verb === 'delete') return mutationResolver({ ...common, ...deletion(type) });
  const { resource } = type.mutations;
  const answer: Mutation<StoredResource>['answer'] = {
    name: resource,
    of: (stored, answering) => expandOne(fields, stored, answering),
  };
  const write = { create, replace, patch }[verb];
  return mutationResolver({
    ...common,
    answer,
    write: (session, input) => write(session, type, input),
    places: (input) => placesOf(type, verb, input),
  });
}

function deletion({ resourceType }: TypeFields): Pick<Mutation<ResourceId>, 'write' | 'places' | 'answer'> {
  return {
    async write(session, input) {
      const id = idOf(input);
      await session.delete(resourceType, id, guardOf(input));
      return id;
    },
    places: (input) => ({ ...targetOf(input), attribute: () => ['input'], reference: () => undefined }),
    answer: { name: 'id', of: async (id) => id },
  };
}

function create(session: Session, type: TypeFields, input: Input): Promise<StoredResource> {
  return session.create(type.resourceType, inputToBody(type, input));
}

function replace(session: Session, type: TypeFields, input: Input): Promise<StoredResource> {
  const body = inputToBody(type, contentOf(type, input));
  return session.replace(type.resourceType, idOf(input), body, guardOf(input));
}

function patch(session: Session, type: TypeFields, input: Input): Promise<StoredResource> {
  const { resourceType, mutations } = type;
  const guard = guardOf(input);
  const { operations, [mutations.resource]: change } = input;
  if (isInput(change) && Array.isArray(operations)) throw oneOf(mutations.resource);
  if (isInput(change)) {
    return session.patch(resourceType, idOf(input), patchToOperations(type, change), { ...guard, oneChange: true });
  }
  if (!Array.isArray(operations)) throw oneOf(mutations.resource);
  return session.patch(resourceType, idOf(input), parseOperations(toMessage(operations), MESSAGE), guard);
}

/** Typed as it is, the message can have none of the deviations that identity providers are let have. */
const MESSAGE = { missingMessageSchema: 'accept', emptyOperations: 'accept', capitalOperations: 'accept' } as const;

function toMessage(operations: readonly unknown[]): Json {
  const listed = operations.map((operation) => Object.fromEntries(entriesOf(isInput(operation) ? operation : {})));
  return { Operations: listed as Json };
}

function oneOf(resource: string): DirectoryError {
  const expected = `either ${resource} or operations`;
  return new DirectoryError('INVALID_VALUE', `expected ${expected}`, { faults: [{ path: '', expected }] });
}

function idOf({ id }: Input): ResourceId {
  return String(id) as ResourceId;
}

function targetOf({ id }: Input): Pick<ArgumentPlaces, 'target' | 'ifVersion'> {
  return { target: { path: ['input', 'id'], id: String(id) }, ifVersion: ['input', 'ifVersion'] };
}

function contentOf({ mutations }: TypeFields, input: Input): Input {
  const content = input[mutations.resource];
  return isInput(content) ? content : {};
}

function placesOf(type: TypeFields, verb: Exclude<Verb, 'delete'>, input: Input): ArgumentPlaces {
  const content = verb === 'create' ? input : contentOf(type, input);
  const base = verb === 'create' ? ['input'] : ['input', type.mutations.resource];
  const place = { fields: type.inputs, input: content, base };
  const raw = verb === 'patch' && listOf(input['operations']).length > 0;
  return {
    ...(verb === 'create' ? { ifVersion: ['input'] } : targetOf(input)),
    attribute: (path) => (path === '' ? ['input'] : raw ? operationPath(path) : faultToInputPath(place, path)),
    ...(raw && { named: ofOperation, unnamed: ['input', 'operations'] }),
    reference: (id) => referenceToInputPath(place, id),
  };
}

/** What operations come to is known by SCIM's path alone. */
function ofOperation(path: string): string | undefined {
  return path === '' || path.startsWith('Operations[') ? undefined : path;
}

/** The message itself has its faults at `Operations[2].value`; what an operation comes to has them at SCIM's paths. */
function operationPath(path: string): readonly string[] {
  const [, index, part] = /^Operations\[(\d+)\](?:\.(op|path|value))?/.exec(path) ?? [];
  return ['input', 'operations', ...[index, part].filter((step) => step !== undefined)];
}
