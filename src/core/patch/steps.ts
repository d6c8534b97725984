import type { Json, JsonObject } from '#model/resource.ts';
import { isObject } from '#model/values.ts';
import type { Leniency } from '../leniency.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { isUnqualified } from '../schema/resolve-path.ts';
import { Faults, shown } from '../validate/faults.ts';
import { isAbsent } from '../validate/is-absent.ts';
import { checkNames, joined, namesOf } from '../validate/names.ts';
import { refuseUnknown } from '../validate/value.ts';
import { refusal } from './fault.ts';
import type { PatchOperation } from './operation.ts';
import { parsePatchPath } from './path.ts';
import { isComputed, resolveKnownTarget, resolveTarget, type Step, type Target } from './target.ts';

/**
 * An operation as steps, each at one attribute. A value without a path is a set of attributes (RFC 7644 §3.5.2.1), and so is
 * an extension's; every key there may be a path of its own: `name.givenName`, `urn:...:User:department`,
 * `emails[type eq "work"].value` (Entra). Computed attributes are refused by path and, as the profile says, ignored as keys.
 * @throws {DirectoryError} INVALID_PATH, NO_TARGET, MUTABILITY, INVALID_VALUE
 */
export function operationToSteps(
  type: ResourceType,
  { op, path, value }: PatchOperation,
  leniency: Leniency,
): readonly Step[] {
  const faults = new Faults();
  if (value !== undefined) checkNames(value, 'value', faults);
  faults.check();
  if (path === undefined) {
    if (op === 'remove') throw refusal('NO_TARGET', 'path', 'a path, which remove needs');
    if (leniency.pathlessPatch === 'refuse') throw refusal('INVALID_PATH', 'path', 'a path in every operation');
    if (!isObject(value)) throw notASet(value);
    return keysToSteps({ type, op, leniency, faults }, value, undefined);
  }
  const target = resolveKnownTarget(type, path);
  if (lacksUrn(leniency, target, path.path.text)) {
    throw refusal('INVALID_PATH', path.path.text, `an attribute of ${type.name} itself`, {
      remedy: `write ${target.label}`,
    });
  }
  if (isComputed(target)) throw readOnly(target);
  if (op === 'remove' && leniency.valueOfRemove === 'refuse' && !isAbsent(value)) throw needless(target);
  if (target.attribute !== undefined) return [{ op, target: { ...target, attribute: target.attribute }, value }];
  return extensionToSteps({ type, op, leniency, faults }, target, value);
}

interface Context {
  readonly type: ResourceType;
  readonly op: Step['op'];
  readonly leniency: Leniency;
  readonly faults: Faults;
}

function extensionToSteps(context: Context, { schema, label }: Target, value: Json | undefined): readonly Step[] {
  if (context.op !== 'remove' && isObject(value)) return keysToSteps(context, value, schema);
  if (context.op !== 'remove' && !isAbsent(value)) {
    throw refusal('INVALID_VALUE', label, 'an object with the attributes of the extension');
  }
  if (context.op === 'add') return [];
  const extension = context.type.extensions.find((candidate) => candidate.schema.id === schema);
  if (extension?.required) throw refusal('MUTABILITY', label, 'the extension to stay, which is required');
  return (extension?.schema.attributes ?? []).flatMap((attribute): Step[] => {
    const target = { schema, attribute, label: `${label}:${attribute.name}` };
    return isComputed(target) ? [] : [{ op: 'remove', target, value: undefined, withExtension: true }];
  });
}

function keysToSteps(context: Context, value: JsonObject, schema: string | undefined): readonly Step[] {
  const { type, op, leniency, faults } = context;
  const seen = new Set<string>();
  const steps: Step[] = [];
  for (const [key, inner] of Object.entries(value)) {
    const target = keyToTarget(type, key, schema);
    if (leniency.keysAsPaths === 'refuse' && isPathOfItsOwn(key, target)) {
      const remedy = 'name it by "path", in an operation of its own';
      faults.add('INVALID_SYNTAX', { path: joined('', key), expected: 'the name of an attribute', remedy });
    } else if (target && schema === undefined && lacksUrn(leniency, target, key)) {
      const remedy = `put it into an object that is named ${target.schema}`;
      faults.add('INVALID_SYNTAX', { path: key, expected: `an attribute of ${type.name} itself`, remedy });
    } else if (target === undefined) {
      refuseUnknown({ leniency, faults }, key, key, () => namesOf(type));
    } else if (isComputed(target)) {
      if (leniency.readOnlyInPatchValue === 'refuse' && !isMeta(target)) throw readOnly(target);
    } else if (target.where === undefined && seen.size === seen.add(target.label).size) {
      faults.add('INVALID_VALUE', { path: key, expected: `${target.label} once`, remedy: 'keep one of the spellings' });
    } else if (target.attribute === undefined) {
      steps.push(...extensionToSteps(context, target, inner));
    } else {
      steps.push({ op, target: { ...target, attribute: target.attribute }, value: inner });
    }
  }
  faults.check();
  return steps;
}

/**
 * A key with brackets or dots can only be meant as a path, so it is refused like one; any other that names nothing is an
 * attribute that no schema knows. The dots of a URN are its own.
 */
function keyToTarget(type: ResourceType, key: string, schema: string | undefined): Target | undefined {
  const qualified = /^urn:/i.test(key);
  const text = schema === undefined || qualified ? key : `${schema}:${key}`;
  if (text.includes('[')) return resolveKnownTarget(type, parsePatchPath(text));
  const path = { path: { text, at: 0 } };
  return !qualified && key.includes('.') ? resolveKnownTarget(type, path) : resolveTarget(type, path);
}

/** Ignored wherever a client provides it (RFC 7643 §3.1), unless a path names it. */
function isMeta({ schema, attribute }: Target): boolean {
  return schema === undefined && attribute?.name === 'meta';
}

function lacksUrn({ unqualifiedNames }: Leniency, { schema, attribute }: Target, text: string): boolean {
  return unqualifiedNames === 'refuse' && isUnqualified({ schema, attribute }, text);
}

/** Names, and the URN of an extension, are what a resource has; dots, brackets and an attribute behind a URN make a path. */
function isPathOfItsOwn(key: string, target: Target | undefined): boolean {
  if (/^urn:/i.test(key)) return target?.attribute !== undefined;
  return /[.[]/.test(key);
}

/** A string is not told: it may be a password that lost its path. */
function notASet(value: Json | undefined) {
  const got = value === undefined ? 'nothing' : typeof value === 'string' ? 'a string' : shown(value);
  const remedy = 'or name one attribute by "path"';
  return refusal('INVALID_VALUE', 'value', 'an object with the attributes to change', { got, remedy });
}

function needless({ label }: Target) {
  return refusal('INVALID_VALUE', label, 'no value, since remove takes away what its path names', {
    remedy: 'choose by brackets, such as members[value eq "..."]',
  });
}

function readOnly({ label }: Target) {
  return refusal('MUTABILITY', label, 'an attribute that can be written; this one is read-only', {
    remedy: 'leave it out',
  });
}
