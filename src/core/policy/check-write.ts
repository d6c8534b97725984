import type { Content } from '../content.ts';
import type { FilterSyntax } from '../filter/syntax.ts';
import type { Leniency } from '../leniency.ts';
import type { GroupWord } from '../patch/groups.ts';
import type { PatchOperation } from '../patch/operation.ts';
import { operationToSteps } from '../patch/steps.ts';
import { isComputed, resolveTarget, type Target } from '../patch/target.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { subAttributeOf } from '../schema/resolve-path.ts';
import { hiddenRefusal, placeToText } from './refusal.ts';
import type { AttributePlace, Visibility } from './visibility.ts';

const USE = 'written';

/** A taken value, or a write that changes nothing, would tell what is there. @throws {DirectoryError} FORBIDDEN */
export function checkCreate(visibility: Visibility, type: ResourceType, content: Content): void {
  for (const place of placesIn(type, content)) check(visibility, type, place);
}

/** Who does not see a whole resource cannot say what the whole shall be. @throws {DirectoryError} FORBIDDEN */
export function checkReplace(visibility: Visibility, type: ResourceType): void {
  if (!visibility.hidesAnyOf(type.name)) return;
  throw hiddenRefusal(visibility, `a part of ${type.name}`, 'replaced as a whole', 'change what is seen by PATCH');
}

/**
 * An operation names its target, what stands in its brackets, and the attributes of a value without a path. A complex attribute of
 * which a part is hidden is written part by part, since the whole would take the hidden part along.
 * @throws {DirectoryError} FORBIDDEN, and as `operationToSteps`
 */
export function checkPatch(
  visibility: Visibility,
  type: ResourceType,
  operations: readonly PatchOperation[],
  leniency: Leniency,
): void {
  for (const operation of operations) {
    for (const target of targetsOf(type, operation, leniency)) checkTarget(visibility, type, target);
  }
}

/**
 * A PATCH of a user's groups may name them by what they are called, and whether there is one of that name would be told.
 * @throws {DirectoryError} FORBIDDEN
 */
export function checkGroupNames(
  visibility: Visibility,
  types: readonly ResourceType[],
  words: readonly GroupWord[],
): void {
  const named = words.some((word) => word.kind !== 'leave all' && word.groups.some((group) => 'name' in group));
  const groups = types.find(({ attributes }) => attributes.some(({ link }) => link?.direction === 'out'));
  if (named && groups !== undefined) check(visibility, groups, { name: 'displayName' });
}

/** `groups` is computed, and may yet be moved by as the tenant's life cycle has it; the rest of what is computed is refused anyhow. */
function targetsOf(type: ResourceType, operation: PatchOperation, leniency: Leniency): readonly Target[] {
  const named = operation.path && resolveTarget(type, operation.path);
  if (named !== undefined && isComputed(named)) return [named];
  return operationToSteps(type, operation, leniency).map(({ target }) => target);
}

function checkTarget(visibility: Visibility, type: ResourceType, { schema, attribute, sub, where }: Target): void {
  check(visibility, type, { schema, name: attribute?.name, sub: sub?.name });
  if (where === undefined || attribute === undefined) return;
  for (const name of namesIn(where)) {
    check(visibility, type, { schema, name: attribute.name, sub: subAttributeOf(attribute, name)?.name ?? name });
  }
}

function namesIn(where: FilterSyntax): readonly string[] {
  switch (where.kind) {
    case 'and':
    case 'or':
      return where.operands.flatMap(namesIn);
    case 'not':
      return namesIn(where.operand);
    case 'element':
      return [where.path.text, ...namesIn(where.where)];
    case 'present':
    case 'compare':
      return [where.path.text];
  }
}

function check(visibility: Visibility, type: ResourceType, place: AttributePlace): void {
  if (visibility.hidesPartOf(type.name, place)) throw hiddenRefusal(visibility, placeToText(place), USE);
}

function placesIn(type: ResourceType, { attributes, links, members, password }: Content): readonly AttributePlace[] {
  const urns = new Set(type.extensions.map(({ schema }) => schema.id));
  const linked = (edge: string) => linkPlaces(type, edge);
  return [
    ...Object.entries(attributes).flatMap(([name, value]) =>
      urns.has(name) ? partPlaces(value as object, name) : partPlaces({ [name]: value }),
    ),
    ...(members === undefined ? [] : linked('members')),
    ...(links.manager === undefined ? [] : linked('manager')),
    ...(password === undefined ? [] : secretPlaces(type)),
  ];
}

/** An attribute that is given, and each part of it. */
function partPlaces(attributes: object, schema?: string): readonly AttributePlace[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    const subs = new Set(items.flatMap((item) => (typeof item === 'object' && item !== null ? Object.keys(item) : [])));
    return subs.size === 0 ? [{ schema, name }] : [...subs].map((sub) => ({ schema, name, sub }));
  });
}

function linkPlaces(type: ResourceType, edge: string): readonly AttributePlace[] {
  const own = type.attributes.filter(({ link }) => link?.edge === edge).map(({ name }) => ({ name }));
  const extended = type.extensions.flatMap(({ schema }) =>
    schema.attributes.filter(({ link }) => link?.edge === edge).map(({ name }) => ({ schema: schema.id, name })),
  );
  return [...own, ...extended];
}

function secretPlaces(type: ResourceType): readonly AttributePlace[] {
  return type.attributes.filter(({ secret }) => secret).map(({ name }) => ({ name }));
}
