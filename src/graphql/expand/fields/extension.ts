import { projectionOf } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { Json } from '#model/resource.ts';
import { own } from '#model/values.ts';
import { badUserInput } from '../../bad-user-input.ts';
import { describe } from '../../sdl/describe.ts';
import type { LoadedField } from '../loaded-field.ts';

const TEXT =
  'The values of an extension as SCIM would return them, whatever GraphQL calls them; null where there are none. Links, such as a manager, are fields of their own.';

export const extension: LoadedField = {
  name: 'extension',
  appliesTo: () => true,
  sdl: () => `${describe(TEXT)}extension(${describe('Regardless of case.')}urn: String!): JSON`,
  readsWhole: true,
  masks: (visibility, type, { urn }) => visibility.hidesPartOf(type.name, { schema: urnOf(type, String(urn)) }),
  load: async ({ walk, type: { resourceType }, resources, args }) => {
    const urn = urnOf(resourceType, String(args['urn']));
    const { visibility } = walk.context.session;
    const projection = projectionOf(resourceType, { attributes: [urn] }, [], visibility);
    return resources.map((resource): Json => own(projection.apply(resource.attributes ?? {}), urn) ?? null);
  },
};

/** In the spelling of the schema. @throws {GraphQLError} BAD_USER_INPUT for one that the type does not have */
function urnOf({ name, extensions }: ResourceType, urn: string): string {
  const known = extensions.map(({ schema }) => schema.id);
  const found = known.find((each) => each.toLowerCase() === urn.toLowerCase());
  if (found !== undefined) return found;
  const asked = JSON.stringify(urn.slice(0, 200));
  throw badUserInput(`extension: ${name} has no extension ${asked}; schema { resourceTypes } lists those that it has`);
}
