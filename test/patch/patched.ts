import type { MemberChange } from '#adapters/adapter.ts';
import { switchesOf } from '#config/profiles.ts';
import type { Content } from '#core/content.ts';
import type { Leniency } from '#core/leniency.ts';
import { applyPatch } from '#core/patch/apply.ts';
import { memberChangeOf } from '#core/patch/members.ts';
import { parseOperations } from '#core/patch/parse.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Attributes, Json, Links, ResourceId } from '#model/resource.ts';
import { LENIENT, LENIENT_MESSAGE } from '#test/support/lenient.ts';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const BADGE = 'urn:acme:params:scim:schemas:extension:badge:2.0:User';

/** One attribute of every kind that the standard schemas lack. */
const badge = {
  id: BADGE,
  name: 'Badge',
  attributes: [
    { name: 'serial', type: 'integer', multiValued: false, mutability: 'immutable' },
    { name: 'issuer', type: 'string', multiValued: false, mutability: 'readOnly' },
    { name: 'weight', type: 'decimal', multiValued: false },
    { name: 'issuedAt', type: 'dateTime', multiValued: false },
    { name: 'chip', type: 'binary', multiValued: false },
    { name: 'doors', type: 'string', multiValued: true },
    {
      name: 'keys',
      type: 'complex',
      multiValued: true,
      subAttributes: [
        { name: 'value', type: 'string', multiValued: false, required: true },
        { name: 'type', type: 'string', multiValued: false },
        { name: 'cut', type: 'string', multiValued: false, mutability: 'immutable' },
        { name: 'maker', type: 'string', multiValued: false, mutability: 'readOnly' },
      ],
    },
  ],
};

export const DESK = 'urn:acme:params:scim:schemas:extension:desk:1.0:User';

const desk = {
  id: DESK,
  name: 'Desk',
  attributes: [
    { name: 'room', type: 'string', multiValued: false, required: true },
    { name: 'screens', type: 'string', multiValued: true, required: true },
  ],
};

const registry = openRegistry({ sources: [{ name: 'acme.json', content: [badge, desk] as Json }] });

export function typeNamed(name: string): ResourceType {
  const type = registry.type(name);
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}

export const USER = typeNamed('User');
export const GROUP = typeNamed('Group');

/** With operations that have no path, so that what they hold is judged. */
export const STRICT: Leniency = switchesOf('strict', { pathlessPatch: 'accept' });

export interface Case {
  readonly type?: ResourceType;
  readonly attributes?: Attributes;
  readonly links?: Links;
  readonly leniency?: Leniency;
}

/** Operations as an identity provider writes them; `userName` is filled in, since a user cannot be without. */
export function patch(operations: readonly object[], given: Case = {}): Content {
  const { type = USER, attributes = {}, links = {}, leniency = LENIENT } = given;
  const required = type === GROUP ? { displayName: 'Staff' } : { userName: 'babs' };
  const before = { id: 'r1' as ResourceId, attributes: { ...required, ...attributes }, links };
  return applyPatch(
    type,
    before,
    parseOperations({ Operations: operations as unknown as Json }, LENIENT_MESSAGE),
    leniency,
  );
}

/** The attributes after the operations, without the user name that `patch` fills in. */
export function patched(attributes: Attributes, ...operations: readonly object[]): Attributes {
  const { userName: _, ...rest } = patch(operations, { attributes }).attributes;
  return rest;
}

export function memberChange(operations: readonly object[], leniency = LENIENT): MemberChange | undefined {
  return memberChangeOf(
    GROUP,
    parseOperations({ Operations: operations as unknown as Json }, LENIENT_MESSAGE),
    leniency,
  );
}

/** The error's code and detail, as `CODE detail`; fails the test where nothing is thrown. */
export function refused(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof DirectoryError) return `${error.code} ${error.message}`;
    throw error;
  }
  throw new Error('nothing was refused');
}
