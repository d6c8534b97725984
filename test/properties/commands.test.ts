import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DirectoryAdapter, Write, Written } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import type { DirectoryError } from '#model/errors.ts';
import type { Ref, ResourceId, StoredResource, Version } from '#model/resource.ts';
import { contractShape, draftOf, PATHS } from '#test/contract/sample.ts';
import { Subject } from '#test/contract/subject.ts';
import { adapter as foreign } from '#test/support/foreign-adapter/foreign-adapter.ts';
import { type Command, DirectoryModel, type Outcome } from './directory-model.ts';
import { holdsForAsync, SEED } from './runs.ts';

const USERS = ['u0', 'u1', 'u2', 'u3', 'u4', 'u5'];
const GROUPS = ['g0', 'g1', 'g2', 'g3'];
const NAMES = ['ada', 'Ada', 'bob', 'eve', 'mallory'];

const user = fc.constantFrom(...USERS);
const group = fc.constantFrom(...GROUPS);
const anyone = fc.constantFrom(...USERS, ...GROUPS, 'nobody');
const name = fc.constantFrom(...NAMES);
const stale = fc.integer({ min: 0, max: 9 }).map((draw) => draw === 0);
const members = fc.array(fc.oneof(user, group, anyone), { maxLength: 3 });
const manager = fc.oneof(user, user, user, anyone);

const creation: fc.Arbitrary<Command> = fc.oneof(
  fc.record(
    { kind: fc.constant('createUser' as const), id: user, name, manager },
    { requiredKeys: ['kind', 'id', 'name'] },
  ),
  fc.record({ kind: fc.constant('createGroup' as const), id: group, name, add: members }),
);
const change: fc.Arbitrary<Command> = fc.oneof(
  fc.record(
    { kind: fc.constant('changeUser' as const), id: user, name, title: fc.constantFrom('', 'T'), manager, stale },
    { requiredKeys: ['kind', 'id', 'name', 'title', 'stale'] },
  ),
  fc.record({ kind: fc.constant('renameGroup' as const), id: group, name, stale }),
  fc.record({ kind: fc.constant('members' as const), id: group, replace: stale, remove: members, add: members, stale }),
  fc.record({
    kind: fc.constant('delete' as const),
    id: fc.oneof(user, group),
    stale,
    retain: fc.constant(false),
  }),
);
/** For backends that retain: what goes and comes again is drawn from few, or nobody would ever take its place. */
const few = fc.constantFrom('u0', 'u1');
const wastebasket: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('createUser' as const), id: fc.constantFrom('u0', 'u1', 'u2'), name }),
  fc.record({
    kind: fc.constant('delete' as const),
    id: fc.oneof(few, fc.constant('g0')),
    stale: fc.constant(false),
    retain: fc.constant(true),
  }),
  fc.record({ kind: fc.constant('restore' as const), id: fc.oneof(few, fc.constant('g0')) }),
);

/** So that most commands meet somebody. */
const START: readonly Command[] = [
  { kind: 'createUser', id: 'u0', name: 'ada' },
  { kind: 'createUser', id: 'u1', name: 'bob', manager: 'u0' },
  { kind: 'createUser', id: 'u2', name: 'eve' },
  { kind: 'createGroup', id: 'g0', name: 'ada', add: ['u0', 'u1'] },
  { kind: 'createGroup', id: 'g1', name: 'bob', add: ['g0'] },
];

function commandsFor(retains: boolean): fc.Arbitrary<readonly Command[]> {
  const one = retains
    ? fc.oneof(creation, change, change, wastebasket, wastebasket)
    : fc.oneof(creation, change, change);
  return fc.array(one, { maxLength: 24, size: 'max' });
}

describe(`random commands (PORTICO_SEED=${SEED})`, () => {
  const memoryOptions = memory.options.parse({});
  const systems: readonly [name: string, cases: number, open: () => Promise<DirectoryAdapter>][] = [
    ['the memory adapter', 1_200, () => memory.open(memoryOptions, contractShape)],
    ["a third party's adapter", 700, () => foreign.open({}, contractShape)],
  ];

  for (const [title, cases, open] of systems) {
    test(`${title} answers and ends as the plain model does`, async () => {
      const { capabilities } = new Subject(await open());
      const property = fc.asyncProperty(commandsFor(capabilities.retain), async (list) => {
        const model = new DirectoryModel();
        const subject = new Subject(await open());
        for (const command of [...START, ...list]) {
          const expected = model.run(command);
          compare(command, await subject.attempt(await commandToWrite(subject, command)), expected);
        }
        await checkState(subject, model);
      });
      await holdsForAsync(cases, property);
    });
  }
});

async function commandToWrite(subject: Subject, command: Command): Promise<Write> {
  const id = command.id as ResourceId;
  const type = USERS.includes(id) ? 'User' : 'Group';
  const guard = 'stale' in command && command.stale ? { ifVersion: 'stale' as Version } : {};
  switch (command.kind) {
    case 'createUser':
      return { ...subject.createOf('User', { userName: command.name, title: '' }, linksOf(command)), id };
    case 'createGroup': {
      const { name, add } = command;
      return {
        ...subject.createOf(
          'Group',
          { displayName: name },
          {},
          add.length > 0 ? { add: add.map(toMember) } : undefined,
        ),
        id,
      };
    }
    case 'changeUser': {
      const { name, title } = command;
      const draft = draftOf('User', { userName: name, title }, linksOf(command));
      return {
        kind: 'update',
        type,
        id,
        content: { before: await readOrInvent(subject, { id, type }), draft },
        ...guard,
      };
    }
    case 'renameGroup': {
      const draft = draftOf('Group', { displayName: command.name });
      return {
        kind: 'update',
        type,
        id,
        content: { before: await readOrInvent(subject, { id, type }), draft },
        ...guard,
      };
    }
    case 'members': {
      const { replace, remove, add } = command;
      const change = { replace, remove: remove as unknown as readonly ResourceId[], add: add.map(toMember) };
      return { kind: 'update', type, id, members: change, ...guard };
    }
    case 'delete':
      return { kind: 'delete', type, id, ...guard, ...(command.retain && { retain: true }) };
    case 'restore':
      return { kind: 'restore', type, id };
  }
}

function compare(command: Command, answer: Written | DirectoryError, expected: Outcome): void {
  const got = 'changed' in answer ? { ...answer } : { error: answer.code, ids: answer.ids };
  const context = JSON.stringify(command);
  if ('error' in expected) {
    expect(got, context).toHaveProperty('error');
    if (expected.error !== 'any of several') expect(got, context).toMatchObject({ error: expected.error });
    if (expected.ids !== undefined && 'error' in got) expect(ids(got.ids), context).toEqual(ids(expected.ids));
    return;
  }
  expect(got, context).toMatchObject({ changed: expected.changed });
  if (!('changed' in answer)) return;
  if (expected.added !== undefined) {
    const { added, removed } = typeof answer.members === 'object' ? answer.members : { added: [], removed: [] };
    expect([refIds(added), refIds(removed)], context).toEqual([ids(expected.added), ids(expected.removed)]);
  }
  if (expected.touched !== undefined) {
    expect(refIds(typeof answer.touched === 'object' ? answer.touched : []), context).toEqual(ids(expected.touched));
  }
}

/** Everything that can be read agrees with the model, from both ends of every link. */
async function checkState(subject: Subject, model: DirectoryModel): Promise<void> {
  expect(ids(await subject.foundIds('User'))).toEqual(ids([...model.users.keys()]));
  expect(ids(await subject.foundIds('Group'))).toEqual(ids([...model.groups.keys()]));
  for (const name of NAMES) {
    const holder = model.userNamed(name);
    expect(await subject.byKey('User', PATHS.userName, name)).toEqual(holder === undefined ? [] : [holder]);
  }
  for (const [id, { name, title, manager }] of model.users) {
    const stored = await subject.now(refOf('User', id));
    expect(stored.attributes).toEqual({ userName: name, title });
    expect(stored.links.manager).toBe(manager);
    expect(ids(await subject.linkedIds('manager', 'in', stored))).toEqual(ids(model.reportsOf(id)));
    expect(ids(await subject.linkedIds('members', 'in', stored))).toEqual(ids(model.groupsOf(id)));
    if (subject.capabilities.nesting === 'levels') continue;
    const above = await subject.linkedIds('members', 'in', stored, { depth: Number.POSITIVE_INFINITY });
    expect(ids(above)).toEqual(ids(model.groupsAbove(id)));
  }
  if (subject.capabilities.retain) {
    const kept = [
      ...(await subject.foundIds('User', { retained: true })),
      ...(await subject.foundIds('Group', { retained: true })),
    ];
    expect(ids(kept)).toEqual(ids([...model.retained.keys()]));
  }
  for (const [id, { name, members }] of model.groups) {
    const stored = await subject.now(refOf('Group', id));
    expect(stored.attributes).toEqual({ displayName: name });
    expect(ids(await subject.linkedIds('members', 'out', stored))).toEqual(ids([...members]));
  }
}

async function readOrInvent(subject: Subject, ref: Ref): Promise<StoredResource> {
  const absent = {
    attributes: {},
    links: {},
    version: 'v' as Version,
    createdAt: new Date(0),
    modifiedAt: new Date(0),
  };
  return (await subject.get(ref)) ?? { ...ref, ...absent };
}

function linksOf({ manager }: { readonly manager?: string }) {
  return manager === undefined ? {} : { manager: manager as ResourceId };
}

function toMember(id: string): { readonly id: ResourceId } {
  return { id: id as ResourceId };
}

function refOf(type: string, id: string): Ref {
  return { type, id: id as ResourceId };
}

function refIds(refs: readonly Ref[]): readonly string[] {
  return ids(refs.map(({ id }) => id));
}

function ids(list: readonly string[] = []): readonly string[] {
  return [...new Set(list)].sort();
}
