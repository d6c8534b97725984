import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Write, Written } from '#adapters/adapter.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { StoredResource } from '#model/resource.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { Subject, sorted } from '#test/contract/subject.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { SUFFIX } from '#test/support/slapd-configuration.ts';
import { empty, openAdminPool, renamingOptions, startTenants } from '../directory.ts';
import { type Cut, type StepProxy, startStepProxy } from './step-proxy.ts';

const people = 'ou=people,ou=one,dc=example,dc=com';

let slapd: Slapd;
let admin: LdapPool;
let proxy: StepProxy;
/** Beside the proxy, as another gateway sees the directory. */
let other: Subject;

beforeAll(async () => {
  slapd = await startTenants(['one']);
  admin = openAdminPool(slapd);
  proxy = await startStepProxy(slapd.port);
});
beforeEach(async () => {
  other = await open(slapd.url);
});
afterEach(() => other.adapter.close());
afterAll(async () => {
  await proxy.close();
  await admin.close();
  await slapd.stop();
});

async function open(url: string): Promise<Subject> {
  const options = { ...renamingOptions(slapd), url, connections: 1 };
  return new Subject(await ldap.open(ldap.options.parse(options), contractShape));
}

/** Ada is in two groups, of one the only member, and somebody reports to her as she does to herself. */
interface World {
  readonly ada: StoredResource;
  readonly cyd: StoredResource;
  readonly bob: StoredResource;
  readonly staff: StoredResource;
  readonly admins: StoredResource;
}

async function beginWorld(): Promise<World> {
  await empty(admin);
  const [ada, cyd] = await other.users('ada', 'cyd');
  const managed = await other.change(ada, {}, { manager: ada.id });
  const bob = await other.user('bob', {}, { manager: ada.id });
  const [staff, admins] = [await other.group('staff', [ada, cyd]), await other.group('admins', [ada])];
  return { ada: managed.resource ?? ada, cyd, bob, staff, admins };
}

async function expectLinksOfAda({ ada, cyd, bob, staff, admins }: World): Promise<void> {
  expect(sorted(await other.members(staff))).toEqual(sorted([ada.id, cyd.id]));
  expect(await other.members(admins)).toEqual([ada.id]);
  expect(sorted(await other.linkedIds('manager', 'in', ada))).toEqual(sorted([ada.id, bob.id]));
}

async function expectNoLinks(user: StoredResource): Promise<void> {
  expect(await other.linkedIds('members', 'in', user)).toEqual([]);
  expect(await other.linkedIds('manager', 'in', user)).toEqual([]);
  expect(user.links).toEqual({});
}

async function userNamed(userName: string): Promise<StoredResource | undefined> {
  const [id] = await other.byKey('User', PATHS.userName, userName);
  return id && (await other.now({ type: 'User', id }));
}

/** What was answered as done has left nothing of the name behind. */
async function expectNameGone(uid: string): Promise<void> {
  const name = `uid=${uid},${people}`;
  const request = {
    base: SUFFIX,
    scope: 'sub',
    filter: `(|(member=${name})(manager=${name}))`,
    attributes: [],
  } as const;
  expect((await admin.search(other.call, request)).entries).toEqual([]);
}

/** Whoever takes the name over has nothing by it. */
async function expectNothingInherited(userName: string): Promise<void> {
  if ((await userNamed(userName)) !== undefined) return;
  const heir = await other.user(userName);
  await expectNoLinks(heir);
  await other.delete(heir);
}

/** Again with each further operation cut off, until none is. */
async function atEveryStep(
  how: Cut,
  operationOf: (world: World) => Write,
  prepare: () => Promise<World>,
  check: (world: World, answer: Written | DirectoryError) => Promise<void>,
): Promise<number> {
  for (let steps = 0; ; steps += 1) {
    const world = await prepare();
    proxy.cutAfter(Number.POSITIVE_INFINITY, how);
    const subject = await open(proxy.url);
    await subject.adapter.ping(subject.call);
    proxy.cutAfter(steps, how);
    const answer = await subject.attempt(operationOf(world));
    await subject.adapter.close();
    try {
      await check(world, answer);
    } catch (error) {
      throw new Error(`${how} after ${steps} operations, answered ${JSON.stringify(answer)}`, { cause: error });
    }
    if (!proxy.hasCut) return steps;
  }
}

const CUTS: readonly Cut[] = ['crash', 'lost', 'unanswered'];

describe.each(CUTS)('cut off at every operation (%s)', (how) => {
  test('a rename leaves everybody the memberships that he had, and is finished by its repetition', async () => {
    const operationOf = ({ ada }: World) =>
      other.contentOf(ada, { ...ada.attributes, userName: 'lovelace', title: 'Countess' });
    const steps = await atEveryStep(how, operationOf, beginWorld, async (world, answer) => {
      await expectLinksOfAda(world);
      const now = await other.now(world.ada);
      const wanted = { ...world.ada.attributes, userName: 'lovelace', title: 'Countess' };
      if (answer instanceof DirectoryError && answer.code !== 'OUTCOME_UNKNOWN') {
        expect(now.attributes).toEqual(world.ada.attributes);
      }
      if ('changed' in answer) {
        expect(now.attributes).toEqual(wanted);
        await expectNameGone('ada');
      }
      await other.done(other.contentOf(now, wanted));
      await expectLinksOfAda(world);
      expect((await other.now(world.ada)).attributes).toEqual(wanted);
      await expectNothingInherited('ada');
    });
    expect(steps).toBeGreaterThan(8);
  });

  test('a delete leaves her whole or gone, and nobody takes over what she had', async () => {
    const operationOf = ({ ada }: World): Write => ({ kind: 'delete', type: 'User', id: ada.id });
    const steps = await atEveryStep(how, operationOf, beginWorld, async (world, answer) => {
      if ((await other.get(world.ada)) !== null) {
        expect('changed' in answer).toBe(false);
        await expectLinksOfAda(world);
        await other.delete(world.ada);
      } else if (answer instanceof DirectoryError) expect(answer.code).toBe('OUTCOME_UNKNOWN');
      else await expectNameGone('ada');
      expect(await other.members(world.staff)).toEqual([world.cyd.id]);
      expect(await other.members(world.admins)).toEqual([]);
      expect((await other.now(world.bob)).links).toEqual({});
      await other.refused(operationOf(world), { code: 'NOT_FOUND' });
      await expectNothingInherited('ada');
    });
    expect(steps).toBeGreaterThan(3);
  });

  test('a create whose name others have left in groups inherits none of them', async () => {
    const prepare = async () => {
      const world = await beginWorld();
      await admin.delete(other.call, { dn: `uid=ada,${people}` });
      return world;
    };
    const operationOf = () => other.createOf('User', { userName: 'ada' });
    const steps = await atEveryStep(how, operationOf, prepare, async (world, answer) => {
      const created = await userNamed('ada');
      if ('changed' in answer) expect(created?.id).toBe(answer.resource?.id);
      else if (answer.code !== 'OUTCOME_UNKNOWN') expect(created).toBeUndefined();
      await expectNoLinks(created ?? (await other.user('ada')));
      expect(await other.members(world.staff)).toEqual([world.cyd.id]);
    });
    expect(steps).toBeGreaterThan(3);
  });
});
