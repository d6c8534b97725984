import { describe, expect, test } from 'vitest';
import { DEMO_GROUP, DEMO_LOGIN, type DemoGroup, type DemoPerson, demoOrganisation } from '#demo/organisation.ts';

const SCALES = [1, 2, 10, 1_000, 20_000];

function loadDemo(people: number, seed = 1): { people: DemoPerson[]; groups: DemoGroup[] } {
  const organisation = demoOrganisation({ people, seed });
  return { people: [...organisation.people], groups: [...organisation.groups] };
}

const loginsOf = (people: readonly DemoPerson[]) => people.map((person) => String(person.body['userName']));
const namesOf = (groups: readonly DemoGroup[]) => groups.map((group) => String(group.body['displayName']));
const countMembers = (group: DemoGroup) => group.users.length + group.groups.length;

describe('the demo organisation', () => {
  test('is the same for the same seed and another for another seed', () => {
    expect(loadDemo(300, 7)).toEqual(loadDemo(300, 7));
    expect(loginsOf(loadDemo(300, 8).people)).not.toEqual(loginsOf(loadDemo(300, 7).people));
  });

  test('can be read twice with the same result', () => {
    const organisation = demoOrganisation({ people: 50, seed: 3 });
    expect([...organisation.groups]).toEqual([...organisation.groups]);
    expect([...organisation.people]).toEqual([...organisation.people]);
  });

  test('of nobody has no people, and groups without members', () => {
    const { people, groups } = loadDemo(0);
    expect(people).toEqual([]);
    expect(groups.every((group) => countMembers(group) === 0)).toBe(true);
  });

  test.each([1, 7, -3, 2 ** 31])('has the documented login and group with seed %i', (seed) => {
    const { people, groups } = loadDemo(1, seed);
    expect(loginsOf(people)).toEqual([DEMO_LOGIN]);
    expect(namesOf(groups)).toContain(DEMO_GROUP);
  });
});

describe.each(SCALES)('a demo of %i', (size) => {
  const { people, groups } = loadDemo(size);

  test('has that many people with different logins in plain ASCII', () => {
    const logins = loginsOf(people);
    expect(logins).toHaveLength(size);
    expect(new Set(logins).size).toBe(size);
    expect(logins.filter((login) => !/^[a-z]+\.[a-z]+\d*@example\.com$/.test(login))).toEqual([]);
  });

  test('has one chief executive, and managers who come before their reports', () => {
    expect(people.filter((person) => person.manager === undefined)).toEqual([people[0]]);
    expect(people.filter(({ manager }, person) => manager !== undefined && manager >= person)).toEqual([]);
  });

  test('gives every manager at most nine reports, and at least five to all but the last', () => {
    const spans = new Map<number, number>();
    for (const { manager } of people) if (manager !== undefined) spans.set(manager, (spans.get(manager) ?? 0) + 1);
    const sizes = [...spans.values()];
    expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(9);
    expect(sizes.slice(0, -1).filter((span) => span < 5)).toEqual([]);
  });

  test('names every group differently', () => {
    expect(new Set(namesOf(groups)).size).toBe(groups.length);
  });

  test('nests only groups that came before, so that no group holds itself', () => {
    expect(groups.filter((group, ordinal) => group.groups.some((inner) => inner >= ordinal))).toEqual([]);
  });

  test('lists no member twice and none that does not exist', () => {
    for (const group of groups) {
      expect(new Set(group.users).size).toBe(group.users.length);
      expect(group.users.filter((user) => user < 0 || user >= size)).toEqual([]);
    }
  });

  test('has groups of nobody, of one and of everybody', () => {
    const sizes = new Set(groups.map(countMembers));
    expect([...sizes]).toEqual(expect.arrayContaining([0, 1, size]));
    expect(groups.find((group) => group.body['displayName'] === DEMO_GROUP)?.users).toHaveLength(size);
  });

  test('reaches everybody from the company through nested groups', () => {
    expect(reachableFrom(groups.length - 1, groups).size).toBe(size);
  });
});

function reachableFrom(start: number, groups: readonly DemoGroup[]): ReadonlySet<number> {
  const people = new Set<number>();
  const open = [start];
  for (let ordinal = open.pop(); ordinal !== undefined; ordinal = open.pop()) {
    for (const user of groups[ordinal]?.users ?? []) people.add(user);
    open.push(...(groups[ordinal]?.groups ?? []));
  }
  return people;
}

describe('a large demo is believable', () => {
  const { people, groups } = loadDemo(20_000);
  const share = (fits: (person: DemoPerson) => boolean) => people.filter(fits).length / people.length;

  test('about three in a hundred people are inactive', () => {
    const inactive = share((person) => person.body['active'] === false);
    expect(inactive).toBeGreaterThan(0.02);
    expect(inactive).toBeLessThan(0.04);
  });

  test('a person has about five direct groups', () => {
    const memberships = groups.reduce((sum, group) => sum + group.users.length, 0);
    expect(memberships / people.length).toBeGreaterThan(4.5);
    expect(memberships / people.length).toBeLessThan(6);
  });

  test('a user is about as large as one of a real directory', () => {
    const bytes = people.reduce((sum, person) => sum + Buffer.byteLength(JSON.stringify(person.body)), 0);
    expect(bytes / people.length).toBeGreaterThan(600);
    expect(bytes / people.length).toBeLessThan(900);
  });

  test('group sizes spread over every order of magnitude', () => {
    const magnitudes = new Set(groups.map((group) => Math.floor(Math.log10(Math.max(1, countMembers(group))))));
    expect([...magnitudes].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test('names come in many scripts', () => {
    expect(share((person) => /[^\p{ASCII}]/u.test(String(person.body['displayName'])))).toBeGreaterThan(0.2);
    for (const script of [/\p{Script=Han}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Arabic}/u]) {
      expect(share((person) => script.test(String(person.body['displayName'])))).toBeGreaterThan(0);
    }
  });

  test('every person has exactly one primary e-mail address, which is the login', () => {
    const wrong = people.filter(({ body }) => {
      const emails = body['emails'] as readonly { value: string; primary?: boolean }[];
      const primary = emails.filter((email) => email.primary);
      return primary.length !== 1 || primary[0]?.value !== body['userName'];
    });
    expect(wrong).toEqual([]);
  });
});
