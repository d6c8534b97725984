import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Content } from '#core/content.ts';
import { applyPatch } from '#core/patch/apply.ts';
import { parseOperations } from '#core/patch/parse.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { validateBody } from '#core/validate/body.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Attributes, Json, ResourceId } from '#model/resource.ts';
import { LENIENT, LENIENT_MESSAGE } from '#test/support/lenient.ts';
import { body, ENTERPRISE, emailValue, operation, operations } from './arbitrary-patch.ts';
import { holdsFor, SEED } from './runs.ts';

const found = openRegistry().type('User');
if (found === undefined) throw new Error('no type User');
const USER = found;

/** Frozen to the bottom, so that a write to what came in throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) frozen(inner);
    Object.freeze(value);
  }
  return value;
}

function stored(given: Attributes): Content {
  return frozen(validateBody(USER, frozen(given), { leniency: LENIENT }));
}

function patch({ attributes, links }: Content, list: readonly object[]): Content {
  const parsed = frozen(parseOperations(frozen({ Operations: list as unknown as Json }), LENIENT_MESSAGE));
  return applyPatch(USER, { id: 'r1' as ResourceId, attributes, links }, parsed, LENIENT);
}

/** Undefined where the operations are refused. */
function patchOrNot(before: Content, list: readonly object[]): Content | undefined {
  try {
    return patch(before, list);
  } catch (error) {
    if (error instanceof DirectoryError) return undefined;
    throw error;
  }
}

/** The content as a client would send it back. */
function toBody({ attributes, links }: Content): Attributes {
  if (links.manager === undefined) return attributes;
  const extension = (attributes[ENTERPRISE] ?? {}) as Attributes;
  return { ...attributes, [ENTERPRISE]: { ...extension, manager: { value: links.manager } } };
}

function emptyValues(value: Json, path = ''): readonly string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  const inner = Object.entries(value);
  return inner.length === 0 && path !== ''
    ? [path]
    : inner.flatMap(([key, each]) => emptyValues(each, `${path}/${key}`));
}

describe(`PATCH, RFC 7644 §3.5.2, seed ${SEED}`, () => {
  test('replacing twice is the same as once', () => {
    const replace = operation.filter((each) => (each as { op: string }).op === 'replace');
    holdsFor(
      500,
      fc.property(body, replace, (given, each) => {
        const once = patchOrNot(stored(given), [each]);
        if (once === undefined) return;
        expect(patch(once, [each])).toEqual(once);
      }),
    );
  });

  test('adding twice is the same as once', () => {
    const add = operation.filter((each) => (each as { op: string }).op === 'add');
    holdsFor(
      500,
      fc.property(body, add, (given, each) => {
        const once = patchOrNot(stored(given), [each]);
        if (once === undefined) return;
        expect(patch(once, [each])).toEqual(once);
      }),
    );
  });

  test('adding an absent value and removing it restores what was', () => {
    holdsFor(
      500,
      fc.property(body, emailValue, fc.boolean(), (given, email, listed) => {
        const before = stored(given);
        const value = { ...(email as Attributes), value: 'absent', primary: false };
        const remove = listed ? { path: 'emails', value: [value] } : { path: 'emails[value eq "ABSENT"]' };
        const after = patch(before, [
          { op: 'add', path: 'emails', value },
          { op: 'remove', ...remove },
        ]);
        expect(after).toEqual(before);
      }),
    );
  });

  test('an unknown path is refused wherever it stands, and nothing is changed', () => {
    const unknown = fc.constantFrom(
      'titles',
      'name.first',
      'emails[colour eq "red"]',
      'emails[type eq "x"].colour',
      'urn:x:y',
    );
    holdsFor(
      500,
      fc.property(body, operations, unknown, fc.nat(6), (given, list, path, at) => {
        const before = stored(given);
        const copy = structuredClone(before);
        const wrong = { op: 'replace', path, value: 'x' };
        expect(patchOrNot(before, [...list.slice(0, at), wrong, ...list.slice(at)])).toBeUndefined();
        expect(before).toEqual(copy);
      }),
    );
  });

  test('its result sent back by PUT is no change, and holds no null and nothing empty', () => {
    holdsFor(
      500,
      fc.property(body, operations, (given, list) => {
        const before = stored(given);
        const after = patchOrNot(before, list);
        if (after === undefined) return;
        const put = validateBody(USER, toBody(after), { leniency: LENIENT, before });
        expect(put).toEqual({ attributes: after.attributes, links: after.links });
        expect(emptyValues(after.attributes)).toEqual([]);
      }),
    );
  });

  test('at most one value is primary, and no two are the same', () => {
    holdsFor(
      500,
      fc.property(body, operations, (given, list) => {
        const emails = (patchOrNot(stored(given), list)?.attributes['emails'] ?? []) as readonly Attributes[];
        expect(emails.filter((email) => email['primary'] === true).length).toBeLessThan(2);
        const keys = emails
          .filter((email) => email['value'])
          .map((email) => `${email['type']} ${email['value']}`.toLowerCase());
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
