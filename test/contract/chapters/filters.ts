import { expect } from 'vitest';
import type { Capabilities } from '#adapters/adapter.ts';
import { type AttributePath, type CompareOperator, type Filter, type Literal, pathName } from '#model/filter.ts';
import { fold } from '#model/fold.ts';
import { matches } from '#model/matches.ts';
import type { Json, StoredResource } from '#model/resource.ts';
import type { Chapter } from '../chapter.ts';
import { openLinkLookups } from '../link-lookups.ts';
import { type Population, populate } from '../people.ts';
import { PATHS } from '../sample.ts';
import { expectRejection, idsOf, type Subject, sorted } from '../subject.ts';

const { userName, externalId, displayName, title, active, familyName, email, emails, emailType, department, id } =
  PATHS;

const FILTERS: { readonly [title: string]: readonly ((population: Population) => Filter)[] } = {
  'eq finds what folds to the same, in whatever case it was written': [
    () => compare(userName, 'eq', 'BOB'),
    () => compare(title, 'eq', 'ENGINEER'),
    () => compare(familyName, 'eq', 'ångström'),
    () => compare(displayName, 'eq', 'zoe'),
    () => compare(department, 'eq', 'Research'),
  ],
  'eq on an exact attribute heeds case': [
    () => compare(externalId, 'eq', 'x-9'),
    () => compare(externalId, 'eq', 'X-9'),
  ],
  'eq finds any value of several': [
    () => compare(email, 'eq', 'carol@EXAMPLE.com'),
    () => compare(emailType, 'eq', 'work'),
  ],
  'eq on a boolean and on an id': [
    () => compare(active, 'eq', true),
    () => compare(active, 'eq', false),
    ({ boss }) => compare(id, 'eq', boss),
  ],
  'ne holds without a value as well': [
    () => compare(title, 'ne', 'engineer'),
    () => compare(active, 'ne', true),
    () => compare(emailType, 'ne', 'work'),
  ],
  'co, sw and ew look for text and know no wildcard': [
    () => compare(userName, 'co', 'n'),
    () => compare(displayName, 'sw', 'zo'),
    () => compare(email, 'ew', '.com'),
    () => compare(userName, 'co', '%'),
    () => compare(userName, 'ew', '_*'),
    () => compare(displayName, 'co', '*)('),
  ],
  'gt, ge, lt and le order texts by code point': [
    () => compare(userName, 'gt', 'carol'),
    () => compare(userName, 'ge', 'carol'),
    () => compare(displayName, 'lt', '\uFFFD'),
    () => compare(displayName, 'gt', '\uFFFD'),
    () => compare(title, 'le', 'engineer'),
  ],
  'gt, ge, lt and le order instants': [
    ({ users }) => compare(PATHS.created, 'ge', timeOf(users, 4)),
    ({ users }) => compare(PATHS.created, 'lt', timeOf(users, 4)),
    ({ users }) => compare(PATHS.lastModified, 'gt', timeOf(users, 0)),
    ({ users }) => compare(PATHS.lastModified, 'le', timeOf(users, 9)),
  ],
  'pr holds where there is a value, and an element without values is none': [
    () => present(title),
    () => present(emails),
    () => present(email),
    () => present(department),
    () => present(PATHS.givenName),
  ],
  'in finds any of several literals': [
    () => ({ kind: 'in', path: userName, literals: ['anna', 'bob', 'nobody'] }),
    ({ users }) => ({ kind: 'in', path: id, literals: idsOf(users.slice(2, 5)) }),
  ],
  'and, or and not combine': [
    () => and(compare(active, 'eq', true), compare(title, 'eq', 'engineer')),
    () => or(compare(userName, 'eq', 'anna'), compare(userName, 'sw', 'b'), compare(email, 'co', 'net')),
    () => and(or(present(title), present(email)), not(compare(active, 'eq', true))),
    () => not(or(present(title), present(department))),
    () => not(compare(title, 'ne', 'engineer')),
  ],
  'a filter on an element asks one element to fit as a whole': [
    () => element(and(compare(emailType, 'eq', 'work'), compare(email, 'ew', '.com'))),
    () => element(and(compare(emailType, 'eq', 'home'), compare(email, 'ew', '.com'))),
    () => not(element(compare(emailType, 'eq', 'work'))),
  ],
  'a filter on links finds who is linked, directly': [
    ({ engineers }) => linked('members', 'in', [engineers]),
    ({ staff }) => linked('members', 'in', [staff]),
    ({ boss }) => linked('manager', 'out', [boss]),
    ({ boss }) => linked('manager', 'in', [boss]),
    () => linked('manager', 'out'),
    () => linked('members', 'in'),
    ({ engineers }) => not(linked('members', 'in', [engineers])),
    ({ engineers, staff }) => and(linked('members', 'in', [engineers, staff]), present(title)),
  ],
  'a filter on links finds who is linked through others': [
    ({ staff }) => linked('members', 'in', [staff], true),
    ({ boss }) => linked('manager', 'out', [boss], true),
    ({ staff }) => and(linked('members', 'in', [staff], true), compare(active, 'eq', true)),
  ],
};

export const filters: Chapter = {
  title: 'filters mean what matches() says',
  define(test, capabilities) {
    for (const [title, cases] of Object.entries(FILTERS)) {
      test(title, async (subject) => {
        const population = await populate(subject);
        for (const filter of cases) await checkFilter(subject, population, filter(population), capabilities);
      });
    }

    test('a filtered list has pages, a total and positions as an unfiltered one', async (subject) => {
      const { users } = await populate(subject);
      const filter = compare(userName, 'ge', 'c');
      if (!isCovered(filter, capabilities)) return expectRejection(subject.find('User', { filter }), 'UNSUPPORTED');
      const expected = users.filter((user) => String(fold('username', user.attributes['userName'] ?? '')) >= 'c');
      const all = await subject.foundIds('User', { filter });
      if (isCoarse(filter, capabilities)) expect(all).toEqual(expect.arrayContaining([...idsOf(expected)]));
      else expect(sorted(all)).toEqual(sorted(idsOf(expected)));
      expect(await subject.pagedIds('User', { filter }, 3)).toEqual(all);
      const page = await subject.find('User', { filter, page: { offset: 2, limit: 3, total: true, positions: true } });
      expect(page).toMatchObject({ total: all.length, items: all.slice(2, 5).map((id) => ({ id })) });
      const after = page.positions?.[1] ?? '';
      expect(await subject.foundIds('User', { filter, page: { limit: 2, after, total: true } })).toEqual(
        all.slice(4, 6),
      );
    });
  },
};

/** What is declared is exact (or, where coarse, no less than exact); what is not declared is refused, never ignored. */
async function checkFilter(
  subject: Subject,
  { users }: Population,
  filter: Filter,
  capabilities: Capabilities,
): Promise<void> {
  if (!isCovered(filter, capabilities)) return expectRejection(subject.find('User', { filter }), 'UNSUPPORTED');
  const present = await subject.adapter.getMany(subject.call, 'User', idsOf(users));
  const lookups = await openLinkLookups(
    subject,
    present.filter((user) => user !== null),
  );
  const expected = lookups.filter(({ user, links }) => matches(filter, user, links)).map(({ user }) => user.id);
  const found = await subject.foundIds('User', { filter });
  if (isCoarse(filter, capabilities)) expect(found).toEqual(expect.arrayContaining(expected));
  else expect({ filter, found: sorted(found) }).toEqual({ filter, found: sorted(expected) });
}

function isCovered(filter: Filter, capabilities: Capabilities): boolean {
  const { logic } = capabilities;
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.every((operand) => isCovered(operand, capabilities));
    case 'not':
      return logic.not && isCovered(filter.operand, capabilities) && !isCoarse(filter.operand, capabilities);
    case 'element':
      return logic.element;
    case 'linked':
      return logic.linked === 'transitive' || (logic.linked === 'direct' && !filter.transitive);
    case 'present':
      return abilityAt(filter.path, capabilities)?.operators.includes('pr') ?? false;
    case 'in':
      return abilityAt(filter.path, capabilities)?.operators.includes('eq') ?? false;
    case 'compare': {
      const ability = abilityAt(filter.path, capabilities);
      return (ability?.operators.includes(filter.operator) ?? false) && !(filter.operator === 'ne' && ability?.coarse);
    }
  }
}

function isCoarse(filter: Filter, capabilities: Capabilities): boolean {
  if ('operands' in filter) return filter.operands.some((operand) => isCoarse(operand, capabilities));
  if (filter.kind === 'not') return isCoarse(filter.operand, capabilities);
  if (filter.kind === 'linked') return capabilities.logic.coarseLinks === true;
  return 'path' in filter && (abilityAt(filter.path, capabilities)?.coarse ?? false);
}

function abilityAt(path: AttributePath, { filter }: Capabilities): Capabilities['filter'][string] | undefined {
  return filter[pathName(path)] ?? filter['*'];
}

function timeOf(users: readonly StoredResource[], index: number): number {
  return users[index]?.createdAt.getTime() ?? 0;
}

function compare(path: AttributePath, operator: CompareOperator, value: Literal): Filter {
  return { kind: 'compare', path, operator, literal: fold(path.comparison, value as Json) ?? value };
}

function present(path: AttributePath): Filter {
  return { kind: 'present', path };
}

function element(where: Filter): Filter {
  return { kind: 'element', path: emails, where };
}

function linked(
  edge: 'members' | 'manager',
  direction: 'out' | 'in',
  ids?: StoredResource['id'][],
  transitive = false,
): Filter {
  return { kind: 'linked', edge, direction, transitive, ...(ids && { ids }) };
}

function and(...operands: readonly Filter[]): Filter {
  return { kind: 'and', operands };
}

function or(...operands: readonly Filter[]): Filter {
  return { kind: 'or', operands };
}

function not(operand: Filter): Filter {
  return { kind: 'not', operand };
}
