import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Session } from '#core/session.ts';
import type { ErrorCode } from '#model/errors.ts';
import type { Json, ResourceId } from '#model/resource.ts';
import { SCIM_ERRORS } from '#scim/errors.ts';
import type { ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { create, ENTERPRISE_USER, Gateway } from '../gateway.ts';
import { mutate, type Values } from './mutate.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const BADGE = 'urn:acme:params:scim:schemas:extension:badge:1.0:User';

/** An extension with an attribute that is given once. */
const SOURCES = [
  {
    name: 'badge.json',
    content: {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: BADGE,
      name: 'Badge',
      attributes: [
        { name: 'number', type: 'string', mutability: 'immutable', uniqueness: 'server' },
        { name: 'colour', type: 'string', canonicalValues: ['red', 'blue'] },
      ],
    } as Json,
  },
];

interface Ids {
  readonly ada: ResourceId;
  readonly bob: ResourceId;
  readonly staff: ResourceId;
  readonly board: ResourceId;
}

/** Ada has two addresses and a badge; Staff holds Bob, Board holds Staff. */
async function fill(session: Session): Promise<Ids> {
  const ada = await create(session, 'User', {
    userName: 'ada',
    emails: [
      { value: 'ada@acme.example', type: 'work', primary: true },
      { value: 'ada@home.example', type: 'Home' },
    ],
    [BADGE]: { number: '1' },
  });
  const bob = await create(session, 'User', { userName: 'bob' });
  const staff = await create(session, 'Group', { displayName: 'Staff', members: [{ value: bob }] });
  const board = await create(session, 'Group', { displayName: 'Board', members: [{ value: staff }] });
  return { ada, bob, staff, board };
}

interface Case {
  readonly rule: string;
  readonly scim: (client: ScimClient, ids: Ids) => Promise<ScimAnswer>;
  readonly graphql: (ids: Ids) => readonly [mutation: string, input: Values];
  /** What both refuse it with; null where both store the same. */
  readonly code: ErrorCode | null;
}

const user = (values: Values) => ({ schemas: [USER], ...values });
const post =
  (values: Values): Case['scim'] =>
  (client) =>
    client.post('/Users', user(values));
const both = (values: Values): Pick<Case, 'scim' | 'graphql'> => ({
  scim: post(values),
  graphql: () => ['createUser', values],
});
const patchAda =
  (...operations: readonly Json[]): Case['scim'] =>
  (client, { ada }) =>
    client.patch(`/Users/${ada}`, operations);
const rawAda =
  (operation: Values): Case['graphql'] =>
  ({ ada }) => ['patchUser', { id: ada, operations: [{ ...operation, op: String(operation['op']).toUpperCase() }] }];
const rawBoth = (operation: Values): Pick<Case, 'scim' | 'graphql'> => ({
  scim: patchAda(operation),
  graphql: rawAda(operation),
});

const CASES: readonly Case[] = [
  { rule: 'a user name is unique', ...both({ userName: 'ada' }), code: 'UNIQUENESS' },
  { rule: 'regardless of case', ...both({ userName: 'ADA' }), code: 'UNIQUENESS' },
  { rule: 'and of width (RFC 8265)', ...both({ userName: 'ａｄａ' }), code: 'UNIQUENESS' },
  { rule: 'a user name has no control character', ...both({ userName: 'a\u0007' }), code: 'INVALID_VALUE' },
  { rule: 'a user name is required, and "" is none', ...both({ userName: '' }), code: 'INVALID_VALUE' },
  {
    rule: "an extension's attribute can be unique",
    scim: post({ userName: 'new', [BADGE]: { number: '1' } }),
    graphql: () => ['createUser', { userName: 'new', badge: { number: '1' } }],
    code: 'UNIQUENESS',
  },
  {
    rule: "a custom schema's canonical values are all that there are",
    scim: post({ userName: 'new', [BADGE]: { colour: 'green' } }),
    graphql: () => ['createUser', { userName: 'new', badge: { colour: 'green' } }],
    code: 'INVALID_VALUE',
  },
  {
    rule: 'and are stored in their own spelling',
    scim: post({ userName: 'new', [BADGE]: { colour: 'RED' } }),
    graphql: () => ['createUser', { userName: 'new', badge: { colour: 'RED' } }],
    code: null,
  },
  {
    rule: "the standard's canonical values are suggestions",
    ...both({ userName: 'new', emails: [{ value: 'n@x.example', type: 'HQ' }] }),
    code: null,
  },
  {
    rule: 'a country is a code',
    ...both({ userName: 'new', addresses: [{ country: 'Germany' }] }),
    code: 'INVALID_VALUE',
  },
  { rule: 'text has no U+0000', ...both({ userName: 'new', title: 'a\u0000b' }), code: 'INVALID_VALUE' },
  { rule: 'a text ends somewhere', ...both({ userName: 'new', title: 'x'.repeat(65_537) }), code: 'INVALID_VALUE' },
  { rule: '"" clears', ...both({ userName: 'new', title: '' }), code: null },
  { rule: 'a password is not empty', ...both({ userName: 'new', password: '' }), code: 'INVALID_VALUE' },
  {
    rule: 'of two primary values the first counts',
    ...both({
      userName: 'new',
      emails: [
        { value: '1@x.example', primary: true },
        { value: '2@x.example', primary: true },
      ],
    }),
    code: null,
  },
  {
    rule: 'equal values are stored once',
    ...both({
      userName: 'new',
      emails: [
        { value: '1@x.example', type: 'work' },
        { value: '1@X.example', type: 'work' },
      ],
    }),
    code: null,
  },
  {
    rule: 'a manager exists',
    scim: post({ userName: 'new', [ENTERPRISE_USER]: { manager: { value: 'nobody' } } }),
    graphql: () => ['createUser', { userName: 'new', manager: 'nobody' }],
    code: 'INVALID_VALUE',
  },
  {
    rule: 'members exist',
    scim: (client) => client.post('/Groups', { schemas: [GROUP], displayName: 'New', members: [{ value: 'nobody' }] }),
    graphql: () => ['createGroup', { displayName: 'New', members: ['nobody'] }],
    code: 'INVALID_VALUE',
  },
  {
    rule: 'groups do not contain themselves',
    scim: (client, { staff, board }) =>
      client.patch(`/Groups/${staff}`, [{ op: 'add', path: 'members', value: [{ value: board }] }]),
    graphql: ({ staff, board }) => ['addMembers', { group: staff, members: [board] }],
    code: 'CYCLE',
  },
  {
    rule: 'a new primary value takes over',
    scim: patchAda({ op: 'add', path: 'emails', value: [{ value: 'new@x.example', primary: true }] }),
    graphql: ({ ada }) => [
      'patchUser',
      { id: ada, user: { emails: { add: [{ value: 'new@x.example', primary: true }] } } },
    ],
    code: null,
  },
  {
    rule: 'a value that is there already is not added again',
    scim: patchAda({ op: 'add', path: 'emails', value: [{ value: 'ADA@acme.example', type: 'work' }] }),
    graphql: ({ ada }) => [
      'patchUser',
      { id: ada, user: { emails: { add: [{ value: 'ADA@acme.example', type: 'work' }] } } },
    ],
    code: null,
  },
  {
    rule: 'a required attribute stays',
    scim: patchAda({ op: 'replace', path: 'userName', value: null }),
    graphql: ({ ada }) => ['patchUser', { id: ada, user: { userName: null } }],
    code: 'INVALID_VALUE',
  },
  {
    rule: 'an immutable attribute stays when the whole is replaced',
    scim: (client, { ada }) => client.put(`/Users/${ada}`, user({ userName: 'ada', title: 'x' })),
    graphql: ({ ada }) => ['replaceUser', { id: ada, user: { userName: 'ada', title: 'x' } }],
    code: null,
  },
  {
    rule: 'and does not change',
    ...rawBoth({ op: 'replace', path: `${BADGE}:number`, value: '2' }),
    code: 'MUTABILITY',
  },
  {
    rule: 'a read-only attribute is not written',
    ...rawBoth({ op: 'replace', path: 'meta.created', value: 'x' }),
    code: 'MUTABILITY',
  },
  { rule: 'a path names an attribute', ...rawBoth({ op: 'add', path: 'nonsense', value: 1 }), code: 'INVALID_PATH' },
  { rule: 'a path is well-formed', ...rawBoth({ op: 'add', path: 'emails[', value: 1 }), code: 'INVALID_PATH' },
  {
    rule: 'brackets hold a filter',
    ...rawBoth({ op: 'remove', path: 'emails[type is "work"]' }),
    code: 'INVALID_FILTER',
  },
  { rule: 'remove needs a target', ...rawBoth({ op: 'remove' }), code: 'NO_TARGET' },
  { rule: 'add needs a value', ...rawBoth({ op: 'add', path: 'title' }), code: 'INVALID_VALUE' },
  {
    rule: 'a value is made where none fits the brackets',
    ...rawBoth({ op: 'add', path: 'emails[type eq "other"].value', value: 'o@x.example' }),
    code: null,
  },
  {
    rule: 'a stale version is refused',
    scim: (client, { ada }) =>
      client.patch(`/Users/${ada}`, [{ op: 'add', value: { title: 'x' } }], { 'if-match': 'W/"0"' }),
    graphql: ({ ada }) => ['patchUser', { id: ada, ifVersion: 'W/"0"', user: { title: 'x' } }],
    code: 'VERSION_MISMATCH',
  },
  {
    rule: 'of a whole as well',
    scim: (client, { ada }) => client.put(`/Users/${ada}`, user({ userName: 'ada' }), { 'if-match': 'W/"0"' }),
    graphql: ({ ada }) => ['replaceUser', { id: ada, ifVersion: 'W/"0"', user: { userName: 'ada' } }],
    code: 'VERSION_MISMATCH',
  },
  {
    rule: 'of what is deleted',
    scim: (client, { ada }) => client.delete(`/Users/${ada}`, { 'if-match': 'W/"0"' }),
    graphql: ({ ada }) => ['deleteUser', { id: ada, ifVersion: 'W/"0"' }],
    code: 'VERSION_MISMATCH',
  },
  {
    rule: 'of members',
    scim: (client, { staff, ada }) =>
      client.patch(`/Groups/${staff}`, [{ op: 'add', path: 'members', value: [{ value: ada }] }], {
        'if-match': 'W/"0"',
      }),
    graphql: ({ staff, ada }) => ['addMembers', { group: staff, members: [ada], ifVersion: 'W/"0"' }],
    code: 'VERSION_MISMATCH',
  },
  {
    rule: 'what does not exist is not changed',
    scim: (client) => client.patch('/Users/nobody', [{ op: 'add', value: { title: 'x' } }]),
    graphql: () => ['patchUser', { id: 'nobody', user: { title: 'x' } }],
    code: 'NOT_FOUND',
  },
  {
    rule: 'nor deleted',
    scim: (client) => client.delete('/Groups/nobody'),
    graphql: () => ['deleteGroup', { id: 'nobody' }],
    code: 'NOT_FOUND',
  },
  {
    rule: 'an id is one of its type',
    scim: (client, { staff }) => client.delete(`/Users/${staff}`),
    graphql: ({ staff }) => ['deleteUser', { id: staff }],
    code: 'NOT_FOUND',
  },
];

/** Every user and group with what is stored of it, ids by the name of their resource. */
async function stateOf(session: Session): Promise<readonly unknown[]> {
  const page = { offset: 0, limit: 100, total: false };
  const found = await Promise.all(
    session.registry.types.map(async (type) => (await session.find(type, { page })).items),
  );
  const resources = found.flat();
  const names = new Map(
    resources.map(({ id, attributes }) => [id, attributes['userName'] ?? attributes['displayName']]),
  );
  const members = await Promise.all(
    resources.map(({ id }) => session.linked('members', 'out', [id], { page: { limit: 100, total: false } })),
  );
  return resources
    .map(({ id, attributes, links: { manager } }, index) => ({
      name: String(names.get(id)),
      attributes,
      manager: manager && names.get(manager),
      members: members[index]?.[0]?.items.map((link) => names.get(link.id)).sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

describe('a mutation and the SCIM request that means the same', () => {
  let scim: ScimGateway;
  let graphql: Gateway;

  beforeEach(async () => {
    scim = await openScimGateway({ sources: SOURCES });
    graphql = await Gateway.open({ sources: SOURCES });
  });
  afterEach(async () => {
    await scim.close();
    await graphql[Symbol.asyncDispose]();
  });

  test.each(CASES)('$rule: $code', async ({ scim: send, graphql: input, code }) => {
    const ids = { scim: await fill(scim.session()), graphql: await fill(graphql.session()) };
    const before = await stateOf(graphql.session());
    const answer = await send(scim.client(), ids.scim);
    const { result, errors } = await mutate(graphql, ...input(ids.graphql));
    const state = await stateOf(graphql.session());
    expect(state).toEqual(await stateOf(scim.session()));
    if (code === null) {
      expect([errors, answer.status < 300, result === null]).toEqual([[], true, false]);
      return;
    }
    const { status, scimType } = SCIM_ERRORS[code];
    expect([answer.status, answer.body['scimType']]).toEqual([status, scimType]);
    expect(result).toBeNull();
    expect(new Set(errors.map((error) => error['code']))).toEqual(new Set([code]));
    expect(state).toEqual(before);
  });
});
