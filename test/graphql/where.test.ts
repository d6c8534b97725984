import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, fillCompany } from './company.ts';
import { Gateway } from './gateway.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A `where` and the SCIM filter that means the same; `$ada` and the like stand for ids. */
const SAME: readonly (readonly [where: object, filter: string])[] = [
  [{ userName: { eq: 'ADA' } }, 'userName eq "ada"'],
  [{ userName: { ne: 'ada' } }, 'userName ne "ada"'],
  [{ title: { ne: 'Head' } }, 'title ne "Head"'],
  [{ title: { eq: null } }, 'title eq null'],
  [{ title: { ne: null } }, 'title pr'],
  [{ title: { present: false } }, 'not (title pr)'],
  [{ userName: { in: ['ada', 'CYD', 'nobody'] } }, 'userName eq "ada" or userName eq "cyd" or userName eq "nobody"'],
  [{ displayName: { startsWith: 'a' } }, 'displayName sw "A"'],
  [{ displayName: { endsWith: 'b' } }, 'displayName ew "b"'],
  [{ displayName: { contains: 'y' } }, 'displayName co "Y"'],
  [{ userName: { gt: 'ada', lte: 'cyd' } }, 'userName gt "ada" and userName le "cyd"'],
  [{ userName: { gte: 'bob', lt: 'cyd' } }, 'userName ge "bob" and userName lt "cyd"'],
  [{ active: { eq: false } }, 'active eq false'],
  [{ active: { ne: false } }, 'active ne false'],
  [{ name: { familyName: { eq: 'lovelace' } } }, 'name.familyName eq "lovelace"'],
  [
    { name: { or: [{ familyName: { present: true } }, { givenName: { eq: 'x' } }] } },
    'name.familyName pr or name.givenName eq "x"',
  ],
  [{ name: { not: { familyName: { present: true } } } }, 'not (name.familyName pr)'],
  [
    { emails: { some: { type: { eq: 'work' }, value: { endsWith: 'example' } } } },
    'emails[type eq "work" and value ew "example"]',
  ],
  [{ emails: { some: { value: { ne: 'ada@acme.example' } } } }, 'emails[value ne "ada@acme.example"]'],
  [{ emails: { some: { not: { type: { eq: 'work' } } } } }, 'emails[not (type eq "work")]'],
  [{ emails: { none: { type: { eq: 'work' } } } }, 'not (emails[type eq "work"])'],
  [{ emails: { present: true } }, 'emails pr'],
  [{ emails: { some: {} } }, 'emails pr'],
  [{ emails: { none: {} } }, 'not (emails pr)'],
  [{ emails: { some: { primary: { eq: true } } } }, 'emails[primary eq true]'],
  [
    { enterprise: { department: { in: ['r&d', 'HR'] } } },
    `${ENTERPRISE}:department eq "R&D" or ${ENTERPRISE}:department eq "HR"`,
  ],
  [{ externalId: { eq: 'E1' } }, 'externalId eq "E1"'],
  [{ externalId: { eq: 'e1' } }, 'externalId eq "e1"'],
  [{ id: { in: ['$ada', '$bob'] } }, 'id eq "$ada" or id eq "$bob"'],
  [{ meta: { created: { gt: '2020-01-01T00:00:00+02:00' } } }, 'meta.created gt "2020-01-01T00:00:00+02:00"'],
  [{ meta: { lastModified: { lt: '2020-01-01T00:00:00Z' } } }, 'meta.lastModified lt "2020-01-01T00:00:00Z"'],
  [{ schemas: { eq: ENTERPRISE } }, `schemas eq "${ENTERPRISE}"`],
  [{ manager: { eq: '$ada' } }, 'manager eq "$ada"'],
  [{ manager: { present: false } }, 'not (manager pr)'],
  [{ memberOf: { eq: '$engineering', transitive: true } }, 'groups.value eq "$engineering"'],
  [{ memberOf: { present: true } }, 'groups pr'],
  [{ not: { or: [{ active: { eq: false } }, { title: { present: true } }] } }, 'not (active eq false or title pr)'],
  [{ and: [{ userName: { startsWith: 'a' } }, { active: { eq: true } }] }, 'userName sw "a" and active eq true'],
  [{ or: [{ userName: { eq: 'ada' } }, { manager: { eq: '$ada' } }] }, 'userName eq "ada" or manager eq "$ada"'],
];

describe('where', () => {
  let gateway: Gateway;
  let company: Company;

  beforeAll(async () => {
    gateway = await Gateway.open();
    company = await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const named = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replace(/\$(\w+)/g, (_, name: keyof Company) => company[name])) as T;

  const find = async (variables: { readonly where?: object; readonly filter?: string }) => {
    const query = `query ($where: UserWhere, $filter: String) {
      users(where: $where, filter: $filter, orderBy: [{ field: USER_NAME }]) { nodes { userName } }
    }`;
    const { users } = await gateway.data(query, named(variables));
    return (users as { nodes: { userName: string }[] }).nodes.map(({ userName }) => userName);
  };

  for (const [where, filter] of SAME) {
    test(`${JSON.stringify(where)} finds what ${filter} finds`, async () => {
      expect(await find({ where })).toEqual(await find({ filter }));
    });
  }

  test('the samples tell people apart', async () => {
    const answers = await Promise.all(SAME.map(([where]) => find({ where })));
    expect(new Set(answers.map(String)).size).toBeGreaterThan(6);
    expect(await find({})).toEqual(['ada', 'bob', 'cyd']);
  });

  test('direct and transitive memberships differ, and so do their members', async () => {
    expect(await find({ where: { memberOf: { eq: '$everyone' } } })).toEqual(['cyd']);
    expect(await find({ where: { memberOf: { eq: '$everyone', transitive: true } } })).toEqual(['ada', 'bob', 'cyd']);
    expect(await find({ where: { memberOf: { in: ['$platform', '$everyone'] } } })).toEqual(['bob', 'cyd']);
    const query = 'query ($where: GroupWhere) { groups(where: $where) { nodes { displayName } } }';
    const groups = (where: object) => gateway.data(query, { where: named(where) });
    expect(await groups({ members: { eq: '$bob' } })).toEqual({ groups: { nodes: [{ displayName: 'Platform' }] } });
    expect(await groups({ members: { eq: '$bob', transitive: true }, memberOf: { present: false } })).toEqual({
      groups: { nodes: [{ displayName: 'Everyone' }] },
    });
  });

  test('an empty list finds nobody, an empty where everybody', async () => {
    expect(await find({ where: { userName: { in: [] } } })).toEqual([]);
    expect(await find({ where: { manager: { in: [] } } })).toEqual([]);
    expect(await find({ where: {} })).toEqual(['ada', 'bob', 'cyd']);
    expect(await find({ where: { userName: {} } })).toEqual(['ada', 'bob', 'cyd']);
  });

  test('where and filter together must both hold', async () => {
    expect(await find({ where: { active: { eq: true } }, filter: 'manager pr' })).toEqual(['bob']);
  });

  test.each([
    [{ title: null }, 'where.title: null says nothing; use { present: false } for "no value"'],
    [{ or: [] }, 'where.or: give at least one condition, or leave it out'],
    [{ or: [{}] }, 'where.or[0]: it sets no condition; leave it out'],
    [{ not: {} }, 'where.not: it sets no condition; leave it out'],
    [{ userName: { contains: null } }, 'where.userName.contains: null can be compared with eq and ne only'],
    [{ emails: { some: null } }, 'where.emails.some: null says nothing; use { present: false } for "no value"'],
    [{ manager: { eq: null } }, 'where.manager.eq: null says nothing'],
  ])('%j is refused with what to give instead', async (where, message) => {
    const { data, errors } = await gateway.ask('query ($where: UserWhere) { users(where: $where) { nodes { id } } }', {
      where,
    });
    expect(data).toEqual({ users: null });
    expect(errors).toEqual([
      expect.objectContaining({ message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } }),
    ]);
  });

  test('more comparisons than a SCIM filter may have are refused with both figures', async () => {
    const where = { userName: { in: Array.from({ length: 1_001 }, String) } };
    const { errors } = await gateway.ask('query ($where: UserWhere) { users(where: $where) { totalCount } }', {
      where,
    });
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('at most 1000 comparisons'),
        extensions: { code: 'BAD_USER_INPUT', limit: 1_000, actual: 1_001 },
      },
    ]);
  });

  test('conditions nest as deep as in a SCIM filter and no deeper', async () => {
    const nest = (depth: number): object => (depth === 1 ? { active: { eq: true } } : { not: nest(depth - 1) });
    expect(await find({ where: nest(31) })).toEqual(['ada', 'bob']);
    const query = 'query ($where: UserWhere) { users(where: $where) { nodes { id } } }';
    const { errors } = await gateway.ask(query, { where: nest(40) });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('nest at most 32 deep'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('a value in the document that is no date says where it stands', async () => {
    const { errors } = await gateway.ask('{ users(where: { meta: { created: { gt: "yesterday" } } }) { totalCount } }');
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/^DateTime: expected/), locations: [{ line: 1, column: 41 }] },
    ]);
  });

  test('a SCIM filter that is wrong says where, and which name may have been meant', async () => {
    const { errors } = await gateway.ask('{ users(filter: "userNam eq \\"x\\"") { nodes { id } } }');
    expect(errors).toEqual([
      expect.objectContaining({
        extensions: { code: 'INVALID_FILTER' },
        path: ['users'],
        message: expect.stringContaining('at 0'),
      }),
    ]);
    expect(errors?.[0]?.message).toMatch(/did you mean userName\?$/);
  });

  test('a password can be neither asked for nor filtered by', async () => {
    const asked = await gateway.ask('{ users(filter: "password pr") { nodes { id } } }');
    expect(asked.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
    for (const query of [
      '{ users { nodes { password } } }',
      '{ users(where: { password: { present: true } }) { nodes { id } } }',
    ]) {
      expect((await gateway.ask(query)).errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
    }
  });
});
