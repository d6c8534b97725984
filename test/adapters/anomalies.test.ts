import { describe, expect, test } from 'vitest';
import { memory } from '#adapters/memory/memory-adapter.ts';
import type { Ref, ResourceId, StoredResource } from '#model/resource.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { Subject } from '#test/contract/subject.ts';
import { faultInjecting, type InjectedFault } from '#test/support/fault-injecting-adapter.ts';

const NAMES = ['ada', 'bob', 'eve', 'mallory', 'trent'];
const REFUSALS = ['UNAVAILABLE', 'OUTCOME_UNKNOWN', 'NOT_FOUND', 'INVALID_VALUE', 'UNIQUENESS', 'VERSION_MISMATCH'];

/** One day of a directory; a step that meets the fault, or what is missing because of it, goes without. */
async function liveOneDay(subject: Subject): Promise<number> {
  let refused = 0;
  const attempt = async <Answer>(step: () => Promise<Answer>): Promise<Answer | undefined> =>
    step().catch((error: { code?: string }) => {
      expect(REFUSALS).toContain(error.code);
      refused++;
      return undefined;
    });
  const [ada, bob, eve] = [
    await attempt(() => subject.user('ada', { externalId: '1' })),
    await attempt(() => subject.user('bob')),
    await attempt(() => subject.user('eve')),
  ];
  const present = [ada, bob, eve].filter((user) => user !== undefined);
  const staff = await attempt(() => subject.group('Staff', present));
  const company = staff && (await attempt(() => subject.group('Company', [staff])));
  if (ada && bob) await attempt(() => subject.change(bob, {}, { manager: ada.id }));
  if (eve) await attempt(() => subject.change(eve, { userName: 'trent' }));
  await subject.adapter
    .write(subject.call, batch(subject, staff, bob))
    .then((answers) =>
      expect(answers.filter((answer) => !('changed' in answer) && !REFUSALS.includes(answer.code))).toEqual([]),
    )
    .catch((error: { code?: string }) => expect(error.code).toBe('UNAVAILABLE'));
  if (ada) await attempt(() => subject.delete(ada));
  if (company) await attempt(() => subject.delete(company));
  return refused;
}

function batch(subject: Subject, staff: Ref | undefined, bob: StoredResource | undefined) {
  const create = subject.createOf('User', { userName: 'mallory' });
  const join = staff && create.id ? [subject.membersOf(staff, { add: [{ id: create.id }] })] : [];
  const leave = staff && bob ? [subject.membersOf(staff, { remove: [bob.id] })] : [];
  return [create, ...join, ...leave, subject.createOf('User', { userName: 'ada' })];
}

/** No link leads to nobody, every link is seen from both ends, and a name belongs to him who bears it, or to nobody. */
async function checkInvariants(subject: Subject): Promise<void> {
  const [users, groups] = [(await subject.find('User')).items, (await subject.find('Group')).items];
  for (const group of groups) {
    for (const { id, type } of (await subject.linked('members', 'out', group)).items) {
      expect(await subject.get({ id, type })).not.toBeNull();
    }
    expect(await subject.members(group)).toHaveLength(new Set(await subject.members(group)).size);
  }
  for (const user of users) {
    for (const group of (await subject.linked('members', 'in', user)).items) {
      expect(await subject.linkedIds('members', 'out', group)).toContain(user.id);
    }
    if (user.links.manager !== undefined) {
      expect(await subject.linkedIds('manager', 'in', { type: 'User', id: user.links.manager })).toContain(user.id);
    }
  }
  for (const name of NAMES) {
    const bearers: readonly ResourceId[] = users
      .filter(({ attributes }) => attributes['userName'] === name)
      .map(({ id }) => id);
    expect(await subject.byKey('User', PATHS.userName, name)).toEqual(bearers);
    if (bearers.length === 0) await subject.user(name);
    else await subject.refused(subject.createOf('User', { userName: name }), { code: 'UNIQUENESS', ids: bearers });
  }
}

describe('after a broken connection', () => {
  const faults: InjectedFault[] = [];
  for (let call = 1; call <= 10; call++) for (const sent of [0, 1, 2, 3]) faults.push({ call, sent });

  test.each(faults)('at call $call with $sent operations sent, no invariant is broken', async (fault) => {
    const inner = await memory.open(memory.options.parse({}), contractShape);
    const refused = await liveOneDay(new Subject(faultInjecting(inner, fault)));
    if (fault.call !== 8) expect(refused).toBeGreaterThan(0);
    await checkInvariants(new Subject(inner));
  });

  test('without one, no step of the day is refused', async () => {
    const inner = await memory.open(memory.options.parse({}), contractShape);
    expect(await liveOneDay(new Subject(faultInjecting(inner, null)))).toBe(0);
    await checkInvariants(new Subject(inner));
  });
});
