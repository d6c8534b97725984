import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { PATHS } from '../sample.ts';
import { expectRejection, idsOf, type Subject, sorted } from '../subject.ts';

const ALL = { depth: Number.POSITIVE_INFINITY };

export const nesting: Chapter = {
  title: 'nested links',
  define(test, capabilities) {
    if (capabilities.nesting === 'levels') {
      test('deeper links are not declared, so refused and never cut short', async (subject) => {
        const user = await subject.user('a');
        const group = await subject.group('G', [user]);
        await expectRejection(subject.linked('members', 'out', group, { depth: 2 }), 'UNSUPPORTED');
        const pairs = [{ from: group.id, to: user.id }];
        const transitive = subject.adapter.areLinked(subject.call, 'members', pairs, { transitive: true });
        await expectRejection(transitive, 'UNSUPPORTED');
      });
      return;
    }

    test('groups of groups come nearest first, each with the way', async (subject) => {
      const { user, team, department, company } = await openCompany(subject);
      const { items } = await subject.linked('members', 'in', user, ALL);
      expect(items).toEqual([
        { id: team.id, type: 'Group', depth: 1 },
        { id: department.id, type: 'Group', depth: 2, via: team.id },
        { id: company.id, type: 'Group', depth: 3, via: department.id },
      ]);
    });

    test('members of members come nearest first', async (subject) => {
      const { user, team, department, company } = await openCompany(subject);
      const { items } = await subject.linked('members', 'out', company, ALL);
      expect(items.map(({ id, depth }) => [id, depth])).toEqual([
        [department.id, 1],
        [team.id, 2],
        [user.id, 3],
      ]);
    });

    test('a depth cuts the walk', async (subject) => {
      const { user, team, department } = await openCompany(subject);
      expect(await subject.linkedIds('members', 'in', user, { depth: 2 })).toEqual([team.id, department.id]);
      expect(await subject.linkedIds('members', 'in', user, { depth: 1 })).toEqual([team.id]);
    });

    test('who is reached over several ways is named once, at the nearest', async (subject) => {
      const { user, team, department, company } = await openCompany(subject);
      await subject.addMembers(company, user);
      await subject.addMembers(department, user);
      const { items } = await subject.linked('members', 'in', user, ALL);
      expect(sorted(idsOf(items))).toEqual(sorted(idsOf([team, department, company])));
      expect(items.map(({ depth }) => depth)).toEqual([1, 1, 1]);
    });

    test('a type is sought through other types', async (subject) => {
      const { user, company } = await openCompany(subject);
      const options = { ...ALL, type: 'User', page: { limit: 10, total: true } };
      expect(await subject.linked('members', 'out', company, options)).toMatchObject({
        items: [{ id: user.id, depth: 3 }],
        total: 1,
      });
    });

    test('attributes come along from every depth', async (subject) => {
      const { user } = await openCompany(subject);
      const { items } = await subject.linked('members', 'in', user, { ...ALL, with: [PATHS.displayName] });
      expect(items.map(({ attributes }) => attributes?.['displayName'])).toEqual(['Team', 'Department', 'Company']);
    });

    test('pages of nested links tile them', async (subject) => {
      const { user } = await openCompany(subject);
      await subject.group('Choir', [user]);
      const all = (await subject.linked('members', 'in', user, ALL)).items;
      expect(await subject.pagedLinkIds('members', 'in', user, ALL, 1)).toEqual(idsOf(all));
      expect(await subject.linked('members', 'in', user, { ...ALL, page: { limit: 1, total: true } })).toMatchObject({
        total: 4,
      });
      expect((await subject.linked('members', 'in', user, { ...ALL, page: { offset: 1, limit: 2 } })).items).toEqual(
        all.slice(1, 3),
      );
    });

    test('a change of nesting shows at once', async (subject) => {
      const { user, team, department, company } = await openCompany(subject);
      await subject.linked('members', 'in', user, ALL);
      await subject.removeMembers(company, department);
      expect(await subject.linkedIds('members', 'in', user, ALL)).toEqual([team.id, department.id]);
      await subject.addMembers(company, team);
      const above = await subject.linkedIds('members', 'in', user, ALL);
      expect([above[0], sorted(above.slice(1))]).toEqual([team.id, sorted(idsOf([department, company]))]);
    });

    test('a circle of managers ends, and leads back to the start', async (subject) => {
      const [a, b, c] = await subject.users('a', 'b', 'c');
      await subject.change(a, {}, { manager: b.id });
      await subject.change(b, {}, { manager: c.id });
      await subject.change(c, {}, { manager: a.id });
      expect(await subject.linkedIds('manager', 'out', a, ALL)).toEqual([b.id, c.id, a.id]);
      expect(await subject.linkedIds('manager', 'in', a, ALL)).toEqual([c.id, b.id, a.id]);
    });

    test('the chain of managers ends with one who manages himself', async (subject) => {
      const boss = await subject.user('boss');
      await subject.change(boss, {}, { manager: boss.id });
      const lead = await subject.user('lead', {}, { manager: boss.id });
      const user = await subject.user('user', {}, { manager: lead.id });
      expect(await subject.linkedIds('manager', 'out', user, ALL)).toEqual([lead.id, boss.id]);
      expect(await subject.linkedIds('manager', 'out', boss, ALL)).toEqual([boss.id]);
    });

    test('whether one links to another through others is answered pair by pair', async (subject) => {
      const { user, team, company } = await openCompany(subject);
      const pairs = [
        { from: company.id, to: user.id },
        { from: user.id, to: company.id },
        { from: team.id, to: team.id },
        { from: company.id, to: team.id },
      ];
      const answers = await subject.adapter.areLinked(subject.call, 'members', pairs, { transitive: true });
      expect(answers).toEqual([true, false, false, true]);
    });
  },
};

/** A user in a team in a department in a company. */
async function openCompany(subject: Subject) {
  const user = await subject.user('a');
  const team = await subject.group('Team', [user]);
  const department = await subject.group('Department', [team]);
  const company = await subject.group('Company', [department]);
  return { user, team, department, company };
}
