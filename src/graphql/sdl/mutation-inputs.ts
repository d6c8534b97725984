import type { TypeFields } from '../fields/field.ts';
import { type InputField, type InputKind, isTakenBy } from '../fields/input-field.ts';
import { block, describe } from './describe.ts';

/** Inputs that say what a resource shall be, or what shall change of it; only those that its mutations take. */
export function mutationInputs({ name, inputs, mutations }: TypeFields): readonly string[] {
  const { stems } = mutations;
  const kinds = (['create', 'replace', 'patch'] as const).filter((kind) => stems.has(kind));
  const whole = 'Whatever is left out is cleared, except what is immutable, `active` and a password.';
  const change = 'What is given is set, null clears it, and what is left out stays.';
  return [
    ...(kinds.includes('create') ? [input(`${stems.get('create')}Input`, inputs, 'create')] : []),
    ...(kinds.includes('replace') ? [`${describe(whole)}${input(`${name}Input`, inputs, 'replace')}`] : []),
    ...(kinds.includes('patch') ? [`${describe(change)}${input(`${name}Patch`, inputs, 'patch')}`] : []),
    ...inputs.flatMap((field) => nestedInputs(field, kinds)),
  ];
}

/** `type` says what a field takes; by default all that its attribute can. */
function input(name: string, fields: readonly InputField[], kind: InputKind, type = inputType): string {
  return block(
    `input ${name}`,
    fields
      .filter((field) => isTakenBy(kind, field))
      .map((field) => `${describe(field.description)}${field.name}: ${type(field, kind)}`),
  );
}

/** Within a complex attribute PATCH knows no single values: several are given anew (RFC 7644 §3.5.2). */
function partType({ type, multiValued }: InputField): string {
  return multiValued ? `[${type}!]` : type;
}

function inputType(field: InputField, kind: InputKind): string {
  const { type, fields, multiValued, required } = field;
  if (kind === 'patch') {
    if (multiValued) return `${type}ListPatch`;
    return fields === undefined ? type : `${type}Patch`;
  }
  const named = fields === undefined ? type : wholeType(field, kind);
  return `${multiValued ? `[${named}!]` : named}${required ? '!' : ''}`;
}

/** A complex value of which a part is immutable says less once it is there. */
function wholeType(field: InputField, kind: InputKind): string {
  return `${field.type}${kind === 'replace' && hasReplacement(field) ? 'Replacement' : 'Input'}`;
}

function hasReplacement({ multiValued, fields = [] }: InputField): boolean {
  return !multiValued && fields.some((field) => !isTakenBy('replace', field) || hasReplacement(field));
}

function nestedInputs(field: InputField, kinds: readonly InputKind[]): readonly string[] {
  const { type, fields, multiValued } = field;
  if (fields === undefined) return [];
  const taken = kinds.filter((kind) => isTakenBy(kind, field));
  const changed = taken.includes('patch');
  const created = taken.some((kind) => kind !== 'patch' && wholeType(field, kind) === `${type}Input`);
  const replaced = taken.includes('replace') && hasReplacement(field);
  return [
    ...(created || (multiValued && changed) ? [input(`${type}Input`, fields, 'create')] : []),
    ...(replaced ? [input(`${type}Replacement`, fields, 'replace')] : []),
    ...(changed ? [changeOf(field, fields)] : []),
    ...fields.flatMap((inner) => nestedInputs(inner, multiValued ? [] : kinds)),
  ];
}

function changeOf({ type, multiValued, extension }: InputField, fields: readonly InputField[]): string {
  if (multiValued) return listPatch(type);
  return input(`${type}Patch`, fields, 'patch', extension ? inputType : partType);
}

function listPatch(type: string): string {
  const matching =
    'Those that match one of these: by `value`, and by `type` where it is given as well; without `value`, by all that is given.';
  return `${describe('A change of several values: first `set`, which replaces them all, then `remove`, then `add`.')}${block(
    `input ${type}ListPatch`,
    [`set: [${type}Input!]`, `add: [${type}Input!]`, `${describe(matching)}remove: [${type}Input!]`],
  )}`;
}
