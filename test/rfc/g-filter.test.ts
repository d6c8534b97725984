import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE, USER } from '../scim/people.ts';
import { found, listed, namesOn, query, read, shown } from './answers.ts';
import { createProbed, PROBE, PROBED } from './extensions.ts';
import { openRows } from './rows.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const INVALID_FILTER = { status: 400, scimType: 'invalidFilter' };
const row = openRows();

row('G1', async ({ scim }) => {
  await createUser(scim, 'ann');
  const { body } = await scim.get('/Users');
  expect(body).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], totalResults: 1 });
  expect(body['Resources']).toMatchObject([{ userName: 'ann' }]);
});

row('G2', async ({ scim }) => {
  await createUser(scim, 'ann');
  const answer = await scim.get(query('/Users', 'userName eq "nobody"'));
  expect(answer).toMatchObject({ status: 200, body: { totalResults: 0, Resources: [] } });
});

row('G3', async ({ scim }) => {
  for (const name of ['a1', 'a2', 'a3', 'b1']) await createUser(scim, name);
  const list = listed(await scim.get(`${query('/Users', 'userName sw "a"')}&count=2`));
  expect(list).toMatchObject({ totalResults: 3, itemsPerPage: 2 });
  expect(list.Resources.every(({ userName }) => userName.startsWith('a'))).toBe(true);
});

row('G4', async ({ scim }) => {
  await createUser(scim, 'ann', { title: 'Lead' });
  await createUser(scim, 'ben', { title: 'lead engineer' });
  await createUser(scim, 'cat');
  const cases = [
    ['title eq "lead"', 'ann'],
    ['title ne "lead"', 'ben cat'],
    ['title co "AD e"', 'ben'],
    ['title sw "LEAD"', 'ann ben'],
    ['title ew "eer"', 'ben'],
    ['title pr', 'ann ben'],
    ['userName gt "ann"', 'ben cat'],
    ['userName ge "BEN"', 'ben cat'],
    ['userName lt "ben"', 'ann'],
    ['userName le "ben"', 'ann ben'],
    ['title EQ "lead" OR userName Eq "cat"', 'ann cat'],
    ['title Sw "lead" aNd NOT (userName eQ "ann")', 'ben'],
    ['title PR', 'ann ben'],
  ] as const;
  for (const [filter, names] of cases) expect((await found(scim, filter)).join(' '), filter).toBe(names);
});

row('G5', async ({ scim }) => {
  await createUser(scim, 'ann', { name: { familyName: 'Lee' }, [ENTERPRISE]: { department: 'Sales' } });
  const filters = [
    'USERNAME eq "ann"',
    'Name.FAMILYNAME eq "lee"',
    `${USER}:userName eq "ann"`,
    `${USER.toUpperCase()}:NAME.familyname eq "lee"`,
    `${ENTERPRISE}:department eq "sales"`,
    `${ENTERPRISE.toLowerCase()}:DEPARTMENT eq "sales"`,
    'META.resourceType eq "User"',
  ];
  for (const filter of filters) expect(await found(scim, filter), filter).toEqual(['ann']);
});

row('G6', async ({ scim }) => {
  const id = await createUser(scim, 'BJensen', { externalId: 'Key' });
  expect(await found(scim, 'userName eq "bjENSEN"')).toEqual(['BJensen']);
  expect(await found(scim, 'externalId eq "Key"')).toEqual(['BJensen']);
  expect(await found(scim, 'externalId eq "key"')).toEqual([]);
  expect(await found(scim, `id eq "${id}"`)).toEqual(['BJensen']);
  expect(await found(scim, `id eq "${id.toUpperCase()}"`)).toEqual([]);
});

row('G7', async ({ scim }) => {
  await createUser(scim, 'ann', { title: 'x' });
  await createUser(scim, 'ben', { nickName: 'n', title: 'y' });
  await createUser(scim, 'cat', { nickName: 'n' });
  const cases = [
    ['title eq "x" or nickName eq "n" and title eq "y"', 'ann ben'],
    ['(title eq "x" or nickName eq "n") and title eq "y"', 'ben'],
    ['not (title pr) or userName eq "ann" and title eq "z"', 'cat'],
    ['not (title eq "x") and not (nickName pr and title pr)', 'cat'],
  ] as const;
  for (const [filter, names] of cases) expect((await found(scim, filter)).join(' '), filter).toBe(names);
});

row('G8', async ({ scim }) => {
  await createUser(scim, 'ann');
  await createUser(scim, 'ben');
  for (const filter of ['not (userName eq "ann")', 'not(userName eq "ann")', 'NOT   ( ( userName eq "ann" ) )']) {
    expect(await found(scim, filter), filter).toEqual(['ben']);
  }
  expect(await found(scim, '(((userName eq "ann")))')).toEqual(['ann']);
});

row('G9', async ({ scim }) => {
  await createUser(scim, 'ann', {
    emails: [
      { type: 'work', value: 'a@x.example' },
      { type: 'home', value: 'a@y.example' },
    ],
  });
  await createUser(scim, 'ben', { emails: [{ type: 'home', value: 'b@x.example' }] });
  const cases = [
    ['emails[type eq "work" and value co "@x"]', 'ann'],
    ['emails[type eq "work" and value co "@y"]', ''],
    ['emails.type eq "work" and emails.value co "@y"', 'ann'],
    ['emails[(type eq "work" or type eq "home") and value co "@x"]', 'ann ben'],
    ['emails[not (type eq "home")]', 'ann'],
  ] as const;
  for (const [filter, names] of cases) expect((await found(scim, filter)).join(' '), filter).toBe(names);
  for (const filter of ['emails[emails[type eq "work"]]', 'emails[value[type eq "x"]]', 'emails[userName eq "ann"]']) {
    expectRefusal(await scim.get(query('/Users', filter)), INVALID_FILTER);
  }
  expect(await found(scim, 'emails[type eq "work"].value eq "A@x.example"')).toEqual(['ann']);
});

row('G10', async ({ scim }) => {
  await createUser(scim, 'ann', { emails: [{ value: 'one@x.example' }, { value: 'two@y.example', type: 'home' }] });
  await createUser(scim, 'ben');
  for (const filter of [
    'emails.value eq "two@y.example"',
    'emails co "one@"',
    'emails eq "ONE@X.example"',
    'emails.type pr',
  ]) {
    expect(await found(scim, filter), filter).toEqual(['ann']);
  }
  expect(await found(scim, 'emails.value ne "one@x.example"')).toEqual(['ann', 'ben']);
  const id = await createUser(scim, 'cat', { [ENTERPRISE]: { manager: { value: await createUser(scim, 'dan') } } });
  const manager = (await read(scim, `/Users/${id}`))[ENTERPRISE] as { readonly manager: { readonly value: string } };
  expect(await found(scim, `${ENTERPRISE}:manager eq "${manager.manager.value}"`)).toEqual(['cat']);
  const group = await createGroup(scim, 'g', [id]);
  for (const filter of [`members eq "${id}"`, `members.value eq "${id}"`, `members[value eq "${id}"]`]) {
    expect(await found(scim, filter, '/Groups'), filter).toEqual(['g']);
  }
  expect(await found(scim, `groups.value eq "${group}"`)).toEqual(['cat']);
});

row('G11', async ({ scim }) => {
  await createUser(scim, 'ann', { title: 'Dr', name: { givenName: 'A' }, emails: [{ value: 'a@x.example' }] });
  await createUser(scim, 'ben', { title: null, name: {}, emails: [] });
  for (const attribute of ['title', 'name', 'name.givenName', 'emails', 'emails.value']) {
    expect(await found(scim, `${attribute} pr`), attribute).toEqual(['ann']);
    expect(await found(scim, `not (${attribute} pr)`), attribute).toEqual(['ben']);
  }
});

row('G12', { main: PROBED }, async ({ scim }) => {
  await createProbed(scim, 'ann', { flag: true, key: 'YWJj' });
  for (const operator of ['gt', 'ge', 'lt', 'le']) {
    for (const filter of [
      `active ${operator} true`,
      `${PROBE}:key ${operator} "YWJj"`,
      `${PROBE}:flag ${operator} false`,
    ]) {
      expectRefusal(await scim.get(query('/Users', filter)), INVALID_FILTER);
    }
  }
});

row('G13', { main: PROBED }, async ({ scim }) => {
  await createProbed(scim, 'ann', { count: 9, at: '2024-01-01T00:30:00+01:00' });
  await createProbed(scim, 'ben', { count: 10, at: '2024-01-01T00:00:00Z' });
  await createProbed(scim, 'Cat', { count: -1, at: '2023-12-31T23:45:00.25Z' });
  const cases = [
    [`${PROBE}:count gt 9`, 'ben'],
    [`${PROBE}:count le 9`, 'Cat ann'],
    [`${PROBE}:at lt "2023-12-31T23:40:00Z"`, 'ann'],
    [`${PROBE}:at ge "2024-01-01T01:45:00.25+02:00"`, 'Cat ben'],
    ['userName gt "b"', 'Cat ben'],
    ['meta.created gt "2011-01-01T00:00:00-05:00"', 'Cat ann ben'],
    ['meta.lastModified lt "2011-01-01T00:00:00Z"', ''],
  ] as const;
  for (const [filter, names] of cases) expect((await found(scim, filter)).join(' '), filter).toBe(names);
});

row('G14', async ({ scim }) => {
  for (const operator of ['regex', '=', 'contains', 'eqq']) {
    const answer = await scim.get(query('/Users', `userName ${operator} "ann"`));
    expectRefusal(answer, { ...INVALID_FILTER, detail: /operator/ });
  }
});

row('G15', async ({ scim }) => {
  const broken = [
    '',
    ' ',
    'userName',
    'userName eq',
    'userName eq "ann',
    'emails[type eq "work"',
    '(userName pr',
    'userName pr)',
    'and',
    'userName pr and',
    'userName eq "a" "b"',
    'not userName pr',
    'userName pr junk',
    'emails[]',
    '"ann" eq userName',
  ];
  await createUser(scim, 'ann');
  for (const filter of broken) expectRefusal(await scim.get(query('/Users', filter)), INVALID_FILTER);
});

row('G16', { strict: { profile: 'strict' }, main: PROBED }, async ({ scim, client }) => {
  const strict = client('strict');
  await createProbed(scim, 'q"uo\\te é', { count: 5, flag: true });
  expect(await found(scim, 'userName eq "q\\"uo\\\\te \\u00e9"')).toHaveLength(1);
  expect(await found(scim, `${PROBE}:count eq 5 and ${PROBE}:flag eq true and title eq null`)).toHaveLength(1);
  for (const filter of [
    "userName eq 'ann'",
    'userName eq "a\\x"',
    'userName eq "a\nb"',
    'userName eq {}',
    'userName eq ["a"]',
  ]) {
    expectRefusal(await scim.get(query('/Users', filter)), INVALID_FILTER);
  }
  await createUser(strict, 'ann');
  expectRefusal(await strict.get(query('/Users', 'userName eq ann')), INVALID_FILTER);
  await createUser(scim, 'ann');
  expect(await found(scim, 'userName eq ann')).toEqual(['ann']);
});

row('G17', async ({ scim }) => {
  await createUser(scim, 'ann', { title: 'Dr' });
  await createUser(scim, 'ben');
  expect(await found(scim, 'title eq null')).toEqual(['ben']);
  expect(await found(scim, 'title ne null')).toEqual(['ann']);
  expect(await found(scim, 'not (title eq null)')).toEqual(['ann']);
});

row('G18', { rfc: { profile: 'rfc' } }, async ({ scim, client }) => {
  await createUser(scim, 'ann', { title: 'Dr' });
  await createGroup(scim, 'g');
  const all = async (filter: string) => namesOn(await scim.get(query('/', filter))).toSorted();
  expect(await all('userName eq "ann"')).toEqual(['ann']);
  expect(await all('displayName eq "g" or title eq "Dr"')).toEqual(['ann', 'g']);
  expect(await all('not (title pr)')).toEqual(['g']);
  expectRefusal(await scim.get(query('/Users', 'members pr')), INVALID_FILTER);
  expectRefusal(await scim.get(query('/Users', 'nothingLikeIt eq "x"')), INVALID_FILTER);
  const rfc = client('rfc');
  await createUser(rfc, 'ann');
  expect(await found(rfc, 'nothingLikeIt eq "x"')).toEqual([]);
  expect(await found(rfc, 'nothingLikeIt eq "x" or userName eq "ann"')).toEqual(['ann']);
});

row('G19', async ({ scim }) => {
  const user = shown(await scim.post('/Users', { schemas: [USER], userName: 'ann' }));
  expect(user['active']).toBe(true);
  expect(await found(scim, 'active eq true')).toEqual(['ann']);
  expect(await found(scim, `meta.created eq "${user.meta.created}"`)).toEqual(['ann']);
});

row('G20', async ({ scim }) => {
  await createUser(scim, 'ann', { [ENTERPRISE]: { division: 'x' } });
  await createUser(scim, 'ben');
  expect(await found(scim, `schemas eq "${ENTERPRISE}"`)).toEqual(['ann']);
  expect(await found(scim, `schemas eq "${USER}"`)).toEqual(['ann', 'ben']);
});

row('G21', async ({ scim }) => {
  await createUser(scim, 'ann');
  await createGroup(scim, 'g');
  const search = (filter?: string) => scim.post('/.search', { schemas: [SEARCH], ...(filter && { filter }) });
  for (const answer of [await scim.get('/'), await search()]) {
    expect(listed(answer).totalResults).toBe(2);
    expect(namesOn(answer).toSorted()).toEqual(['ann', 'g']);
  }
  for (const [type, name] of [
    ['User', 'ann'],
    ['Group', 'g'],
  ] as const) {
    const filter = `meta.resourceType eq "${type}"`;
    for (const answer of [await scim.get(query('/', filter)), await search(filter)])
      expect(namesOn(answer)).toEqual([name]);
  }
});

row('G22', { main: { limits: { maxMembers: 3 } } }, async ({ scim }) => {
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) ids.push(await createUser(scim, name));
  const members = ids.map((value) => ({ value }));
  await scim.post('/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'g', members });
  const tooMany = { status: 400, scimType: 'tooMany', detail: /excludedAttributes=members/ };
  expectRefusal(await scim.get('/Groups'), tooMany);
  expect((await scim.get('/Groups?excludedAttributes=members')).body).toMatchObject({ totalResults: 1 });
});

row('G23', { main: { sensitiveFilters: ['emails', 'name.familyName'] } }, async ({ scim }) => {
  await createUser(scim, 'ann', { emails: [{ value: 'a@x.example' }], name: { familyName: 'Lee', givenName: 'Ann' } });
  const sensitive = { status: 403, scimType: 'sensitive' };
  for (const filter of [
    'emails.value eq "a@x.example"',
    'emails[value sw "a"]',
    'name.familyName eq "Lee"',
    'userName pr and EMAILS pr',
  ]) {
    expectRefusal(await scim.get(query('/Users', filter)), sensitive);
    const searched = await scim.post('/Users/.search', { schemas: [SEARCH], filter });
    expect(namesOn(searched)).toEqual(['ann']);
  }
  expect(await found(scim, 'name.givenName eq "Ann"')).toEqual(['ann']);
});

row('G24', async ({ scim }) => {
  for (const name of ['a&b=c', 'a+b', '100%41', 'zoë', 'a b']) {
    const id = await createUser(scim, name);
    const { Resources } = listed(await scim.get(query('/Users', `userName eq "${name}"`)));
    expect(
      Resources.map((user) => user.id),
      name,
    ).toEqual([id]);
  }
  const plus = listed(await scim.get('/Users?filter=userName+eq+%22a%2Bb%22'));
  expect(plus.Resources.map(({ userName }) => userName)).toEqual(['a+b']);
});

row('G25', async ({ scim }) => {
  const titles = ['Dr', 'dr', 'Prof', undefined];
  const types = ['work', 'home', undefined];
  const people = titles.flatMap((title) =>
    types.map((type) => ({
      userName: `u${title ?? 'none'}-${type ?? 'none'}`.replace('udr', 'u2dr'),
      ...(title && { title }),
      ...(type && { emails: [{ type, value: `${title ?? 'x'}@x.example` }] }),
    })),
  );
  for (const { userName, ...more } of people) await createUser(scim, userName, more);
  type Person = (typeof people)[number];
  const title = (person: Person) => person.title?.toLowerCase();
  const mail = (person: Person, type: string) => person.emails?.some((email) => email.type === type) === true;
  const terms: readonly (readonly [string, (person: Person) => boolean])[] = [
    ['title eq "DR"', (person) => title(person) === 'dr'],
    ['title pr', (person) => title(person) !== undefined],
    ['title gt "e"', (person) => (title(person) ?? '') > 'e'],
    ['emails[type eq "work" and value sw "d"]', (person) => mail(person, 'work') && title(person) === 'dr'],
    ['emails.type eq "home"', (person) => mail(person, 'home')],
    ['userName ew "-none"', ({ userName }) => userName.endsWith('-none')],
  ];
  for (const [one, holdsOne] of terms) {
    for (const [two, holdsTwo] of terms) {
      const expected = (holds: (person: Person) => boolean) =>
        people
          .filter(holds)
          .map(({ userName }) => userName)
          .toSorted();
      expect(await found(scim, `${one} and ${two}`)).toEqual(
        expected((person) => holdsOne(person) && holdsTwo(person)),
      );
      expect(await found(scim, `${one} or not (${two})`)).toEqual(
        expected((person) => holdsOne(person) || !holdsTwo(person)),
      );
    }
  }
});

row('G26', async ({ scim }) => {
  await createUser(scim, 'ann');
  const deep = `${'('.repeat(5_000)}userName pr${')'.repeat(5_000)}`;
  const wide = Array.from({ length: 20_000 }, () => 'userName eq "x"').join(' or ');
  const long = `userName eq "${'x'.repeat(1_000_000)}"`;
  for (const filter of [deep, wide, long]) {
    const answer = await scim.post('/Users/.search', { schemas: [SEARCH], filter });
    expect(answer.status, answer.text).toBe(400);
    expect(answer.body['scimType']).toMatch(/^(invalidFilter|tooMany)$/);
  }
  expect(await found(scim, 'userName pr')).toEqual(['ann']);
  expect((await read(scim, '/ServiceProviderConfig')).schemas).toHaveLength(1);
});
