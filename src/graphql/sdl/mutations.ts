import type { FieldMap, TypeFields } from '../fields/field.ts';
import { block, describe } from './describe.ts';

const ANSWER = describe('As it is after the write; null where `errors` says why there was none.');
const ERRORS = `${describe('Empty where it was done.')}errors: [MutationError!]!`;
const IF_VERSION = `${describe('`etag` or `meta.version` as it was read: the change is refused where the resource has moved on since.')}ifVersion: String`;

/** The name of the field of Mutation whose types begin with a stem: `CreateUser` is `createUser`. */
export function mutationNamed(stem: string): string {
  return `${stem.charAt(0).toLowerCase()}${stem.slice(1)}`;
}

/** The type Mutation; nothing where no resource type offers a write. */
export function mutationType(map: FieldMap): readonly string[] {
  const fields = [...map.types.flatMap(mutationsOf), ...memberMutations(map)];
  return [block('type Mutation', fields)].filter((definition) => definition !== '');
}

function mutationsOf({ name, mutations: { stems } }: TypeFields): readonly string[] {
  const about = {
    create: `Creates a ${name}.`,
    replace: `Makes a ${name} what the input says, and nothing else (PUT).`,
    patch: `Changes what the input names of a ${name}, all of it or nothing.`,
    delete: `Deletes a ${name}, as the tenant's life cycle has it.`,
  };
  return [...stems].map(([verb, stem]) => `${describe(about[verb])}${field(stem)}`);
}

function memberMutations({ membership }: FieldMap): readonly string[] {
  if (membership === undefined || !membership.container.mutations.stems.has('patch')) return [];
  const cost = 'Costs the same however large the group is, and never collides with others who do so.';
  return [
    `${describe(`Adds members to a ${membership.container.name}; those that it has already stay. ${cost}`)}${field('AddMembers')}`,
    `${describe(`Takes members out of a ${membership.container.name}; those that it has not are passed over. ${cost}`)}${field('RemoveMembers')}`,
  ];
}

/** Null where it failed for a reason that is no matter of the input: `errors` of the response then says which. */
function field(stem: string): string {
  return `${mutationNamed(stem)}(input: ${stem}Input!): ${stem}Payload`;
}

/** What each mutation of a resource type takes beside the resource, and what it answers. */
export function mutationTypes(type: TypeFields): readonly string[] {
  const { name, mutations } = type;
  const { resource, stems } = mutations;
  const answer = `${ANSWER}${resource}: ${name}`;
  return [...stems].flatMap(([verb, stem]) => {
    const payload = (member: string) => block(`type ${stem}Payload`, [member, ERRORS]);
    if (verb === 'create') return [payload(answer)];
    if (verb === 'delete') {
      const id = `${describe('Of what was deleted; null where nothing was.')}id: ID`;
      return [block(`input ${stem}Input`, ['id: ID!', IF_VERSION]), payload(id)];
    }
    const content = verb === 'replace' ? [`${resource}: ${name}Input!`] : changes(type);
    return [block(`input ${stem}Input`, ['id: ID!', IF_VERSION, ...content]), payload(answer)];
  });
}

function changes({ name, mutations: { resource } }: TypeFields): readonly string[] {
  const raw = `Instead of \`${resource}\`: what typed changes cannot say, such as one part of a value among several (RFC 7644 §3.5.2).`;
  return [`${resource}: ${name}Patch`, `${describe(raw)}operations: [PatchOperation!]`];
}

/** What `addMembers` and `removeMembers` take and answer. */
export function memberMutationTypes({ membership }: FieldMap): readonly string[] {
  const container = membership?.container;
  if (container === undefined || !container.mutations.stems.has('patch')) return [];
  const { name, mutations } = container;
  return ['AddMembers', 'RemoveMembers'].flatMap((stem) => [
    block(`input ${stem}Input`, [
      `${describe(`The ${name}'s id.`)}${mutations.resource}: ID!`,
      `${describe("The members' ids.")}members: [ID!]!`,
      IF_VERSION,
    ]),
    block(`type ${stem}Payload`, [`${ANSWER}${mutations.resource}: ${name}`, ERRORS]),
  ]);
}
