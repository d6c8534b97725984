import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Capabilities } from '#adapters/adapter.ts';
import { parseFilter } from '#core/filter/parse.ts';
import { resolveFilter } from '#core/filter/resolve.ts';
import { keyOf, splitFilter } from '#core/filter/split.ts';
import type { FilterSyntax } from '#core/filter/syntax.ts';
import { parsePatchPath } from '#core/patch/path.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { DirectoryError } from '#model/errors.ts';
import { type AttributePath, type Comparison, type Filter, pathName } from '#model/filter.ts';
import { compareText, fold } from '#model/fold.ts';
import { type LinkLookup, matches } from '#model/matches.ts';
import type { Attributes, StoredResource } from '#model/resource.ts';
import { compareBySort, sortKey } from '#model/sort.ts';
import { valuesAt } from '#model/values.ts';
import { printFilter } from '#test/filter/print-filter.ts';
import { anyAbilities, anyFilter, anyFilterSyntax, anyLinks, anyUser, userFilterSyntax } from './arbitrary-filter.ts';
import { holdsFor, SEED } from './runs.ts';

const LIMITS = { length: 1_000_000, depth: 100, terms: 100_000 };

function userType() {
  const type = openRegistry().type('User');
  if (type === undefined) throw new Error('no type User');
  return type;
}
const USER = userType();

function lookup(links: ReadonlyMap<string, readonly string[]>): LinkLookup {
  return {
    linked(edge, direction, ids, transitive) {
      const found = links.get(`${edge} ${direction} ${transitive}`) ?? [];
      return ids === undefined ? found.length > 0 : ids.some((id) => found.includes(id));
    },
  };
}

const NO_LINKS = lookup(new Map());

function withoutPositions(filter: FilterSyntax): unknown {
  return JSON.parse(JSON.stringify(filter, (key, value) => (key === 'at' ? undefined : value)));
}

describe(`random filters (PORTICO_SEED=${SEED})`, () => {
  test('what is printed parses into the same filter', () => {
    const property = fc.property(anyFilterSyntax, (filter) => {
      const again = parseFilter(printFilter(filter), LIMITS);
      expect(withoutPositions(again)).toEqual(withoutPositions(filter));
    });
    holdsFor(1_500, property);
  });

  test('whatever text is parsed, the answer is a filter or a DirectoryError', () => {
    const piece = fc.constantFrom(
      'a',
      'emails',
      '[',
      ']',
      '(',
      ')',
      'not',
      'and',
      'or',
      ' ',
      'eq',
      'pr',
      '"x"',
      '"',
      '\\',
      '5',
      '.',
      ':',
      'true',
      '\u{1f600}',
    );
    const property = fc.property(fc.array(piece, { maxLength: 14 }), fc.boolean(), (pieces, barewords) => {
      for (const parse of [parseFilter, parsePatchPath]) {
        try {
          parse(pieces.join(''), { barewords });
        } catch (error) {
          if (!(error instanceof DirectoryError)) throw error;
        }
      }
    });
    holdsFor(2_000, property);
  });

  test('binding to the schema keeps and, or and not, whatever becomes one in', () => {
    const property = fc.property(
      fc.array(userFilterSyntax, { minLength: 2, maxLength: 4 }),
      anyUser,
      anyLinks,
      (operands, user, links) => {
        const holds = (filter: FilterSyntax) => matches(resolveFilter(USER, filter), user, lookup(links));
        const each = operands.map(holds);
        expect(holds({ kind: 'or', operands })).toBe(each.includes(true));
        expect(holds({ kind: 'and', operands })).toBe(!each.includes(false));
        expect(holds({ kind: 'not', operand: { kind: 'or', operands } })).toBe(!each.includes(true));
      },
    );
    holdsFor(1_000, property);
  });

  test("De Morgan's laws hold, within one value of an attribute too", () => {
    const property = fc.property(anyFilter, anyFilter, anyUser, anyLinks, (a, b, user, links) => {
      const holds = (filter: Filter) => matches(filter, user, lookup(links));
      const not = (operand: Filter): Filter => ({ kind: 'not', operand });
      const both: Filter = { kind: 'and', operands: [a, b] };
      expect(holds(not(both))).toBe(holds({ kind: 'or', operands: [not(a), not(b)] }));
      expect(holds(not(not(a)))).toBe(holds(a));
      const emails: AttributePath = { name: 'emails', comparison: 'caseless', multiValued: true };
      const some = (where: Filter): Filter => ({ kind: 'element', path: emails, where });
      if (a.kind === 'compare' && a.path.name === 'emails' && b.kind === 'compare' && b.path.name === 'emails') {
        expect(holds(some({ kind: 'or', operands: [a, b] }))).toBe(holds(some(a)) || holds(some(b)));
      }
    });
    holdsFor(1_000, property);
  });

  test('in is or of eq', () => {
    const property = fc.property(anyFilter, anyUser, anyLinks, (filter, user, links) => {
      const spelled = spellOut(filter);
      expect(matches(filter, user, lookup(links))).toBe(matches(spelled, user, lookup(links)));
    });
    holdsFor(500, property);
  });
});

describe(`dividing a filter (PORTICO_SEED=${SEED})`, () => {
  test('never changes its answer, and what is pushed loses no match', () => {
    const property = fc.property(anyFilter, anyAbilities, anyUser, anyLinks, (filter, abilities, user, links) => {
      const { pushed, residue } = splitFilter(filter, abilities);
      const holds = (part: Filter | undefined) => part === undefined || matches(part, user, lookup(links));
      expect(holds(pushed) && holds(residue)).toBe(holds(filter));
      if (holds(filter)) expect(holds(pushed)).toBe(true);
    });
    holdsFor(2_000, property);
  });

  test('bears a backend that matches coarse terms as coarsely as it likes', () => {
    const property = fc.property(anyFilter, anyAbilities, anyUser, anyLinks, (filter, abilities, user, links) => {
      const { pushed, residue } = splitFilter(filter, abilities);
      const holds = (part: Filter | undefined) => part === undefined || matches(part, user, lookup(links));
      const found = pushed === undefined || matches(blur(pushed, abilities), user, lookup(links));
      expect(found && holds(residue)).toBe(holds(filter));
    });
    holdsFor(1_500, property);
  });

  test('pushes nothing that the backend did not announce', () => {
    const property = fc.property(anyFilter, anyAbilities, (filter, abilities) => {
      const { pushed } = splitFilter(filter, abilities);
      if (pushed !== undefined) checkAnnounced(pushed, abilities);
    });
    holdsFor(1_000, property);
  });

  test('by a key finds the same resources as the filter', () => {
    const keys = new Set(['userName', 'externalId', 'emails.value']);
    const property = fc.property(anyFilter, anyFilter, anyUser, anyLinks, (a, b, user, links) => {
      const filter: Filter = { kind: 'and', operands: [a, b] };
      const found = keyOf(filter, keys);
      if (found === undefined) return;
      const byKey =
        'id' in found ? user.id === found.id : keyValues(user, found.key.attribute).includes(found.key.value);
      const holds = (part: Filter | undefined) => part === undefined || matches(part, user, lookup(links));
      expect(byKey && holds(found.rest)).toBe(holds(filter));
    });
    holdsFor(1_500, property);
  });
});

describe(`folding (PORTICO_SEED=${SEED})`, () => {
  const comparison = fc.constantFrom<Comparison>('exact', 'caseless', 'username');
  const unicode = fc.string({ unit: 'binary' });
  const telling = fc.string({
    unit: fc.constantFrom(
      'a',
      'A',
      'Ａ',
      'é',
      'E',
      '\u0301',
      'İ',
      'ı',
      'ß',
      'ẞ',
      'Σ',
      'ς',
      'σ',
      'ｶ',
      'ﾞ',
      '한',
      '\u1112',
    ),
  });
  const text = fc.oneof(unicode, telling);

  test('of what is folded changes nothing', () => {
    const property = fc.property(comparison, text, (by, value) => {
      const once = fold(by, value);
      expect(once === undefined ? undefined : fold(by, once)).toBe(once);
    });
    holdsFor(2_000, property);
  });

  test('gives eq, uniqueness and sort one meaning of the same', () => {
    const variant = fc.tuple(text, fc.constantFrom('toUpperCase', 'toLowerCase', 'NFC', 'NFD', 'other'), text);
    const property = fc.property(comparison, variant, (by, [value, change, other]) => {
      const changed =
        change === 'other'
          ? other
          : change.startsWith('NF')
            ? value.normalize(change)
            : value[change as 'toUpperCase']();
      const path: AttributePath = { name: 'x', comparison: by, multiValued: false };
      const [a, b] = [holder('x', value), holder('x', changed)];
      const literal = fold(by, changed) ?? '';
      const same = fold(by, value) === literal;
      expect(matches({ kind: 'compare', path, operator: 'eq', literal }, a, NO_LINKS)).toBe(same);
      expect(compareBySort({ by: path, order: 'ascending' })(a, b) === 0).toBe(same);
      expect(sortKey(a, path) === sortKey(b, path)).toBe(same);
      if (by !== 'exact' && (change === 'NFC' || change === 'NFD')) expect(same).toBe(true);
    });
    holdsFor(2_000, property);
  });

  test('is followed by the order of UTF-8 bytes', () => {
    const property = fc.property(text, text, (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    });
    holdsFor(1_000, property);
  });
});

function holder(name: string, value: string): StoredResource {
  return {
    id: 'a' as StoredResource['id'],
    type: 'User',
    attributes: { [name]: value } satisfies Attributes,
    links: {},
    version: 'v' as StoredResource['version'],
    createdAt: new Date(0),
    modifiedAt: new Date(0),
  };
}

function keyValues(user: StoredResource, attribute: string): readonly string[] {
  const [name = '', sub] = attribute.split('.');
  const comparison = name === 'externalId' ? 'exact' : name === 'userName' ? 'username' : 'caseless';
  const path: AttributePath = { name, comparison, multiValued: name === 'emails', ...(sub !== undefined && { sub }) };
  return valuesAt(user, path).map((value) => String(fold(comparison, value)));
}

/** Applies `change` to each comparison of a filter, also within elements. */
function mapTerms(filter: Filter, change: (term: Filter) => Filter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, operands: filter.operands.map((operand) => mapTerms(operand, change)) };
    case 'not':
      return { kind: 'not', operand: mapTerms(filter.operand, change) };
    case 'element':
      return { ...filter, where: mapTerms(filter.where, change) };
    default:
      return change(filter);
  }
}

function spellOut(filter: Filter): Filter {
  return mapTerms(filter, (term) => {
    if (term.kind !== 'in') return term;
    const { path, literals } = term;
    return {
      kind: 'or',
      operands: literals.map((literal) => ({ kind: 'compare', path, operator: 'eq', literal })),
    };
  });
}

type Abilities = Pick<Capabilities, 'filter' | 'logic'>;

function abilityOf(term: Filter, { filter }: Abilities) {
  if (!('path' in term)) return undefined;
  return filter[pathName(term.path)] ?? filter['*'];
}

/** The coarsest of backends: every coarse term is true. */
function blur(filter: Filter, abilities: Abilities): Filter {
  const isCoarse = (term: Filter) =>
    term.kind === 'linked' ? abilities.logic.coarseLinks : abilityOf(term, abilities)?.coarse;
  return mapTerms(filter, (term) => (isCoarse(term) ? { kind: 'and', operands: [] } : term));
}

function checkAnnounced(filter: Filter, abilities: Abilities): void {
  const { logic } = abilities;
  switch (filter.kind) {
    case 'and':
    case 'or':
      for (const operand of filter.operands) checkAnnounced(operand, abilities);
      return;
    case 'not':
      expect(logic.not).toBe(true);
      checkAnnounced(filter.operand, abilities);
      return;
    case 'element':
      expect(logic.element).toBe(true);
      checkAnnounced(filter.where, abilities);
      return;
    case 'linked':
      expect(logic.linked).not.toBe('none');
      if (filter.transitive && filter.ids) expect(logic.linked).toBe('transitive');
      return;
    case 'present':
    case 'compare':
    case 'in': {
      const operator = filter.kind === 'compare' ? filter.operator : filter.kind === 'in' ? 'eq' : 'pr';
      expect(abilityOf(filter, abilities)?.operators).toContain(operator);
    }
  }
}
