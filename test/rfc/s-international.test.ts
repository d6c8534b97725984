import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createUser, USER } from '../scim/people.ts';
import { found, shown } from './answers.ts';
import { openRows } from './rows.ts';

const INVALID_VALUE = { status: 400, scimType: 'invalidValue' };
const UNIQUENESS = { status: 409, scimType: 'uniqueness' };
const row = openRows();
const rowInTurkish = openRows({ env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } });

function user(userName: string) {
  return { schemas: [USER], userName };
}

row('S1', async ({ scim }) => {
  await createUser(scim, 'bjensen');
  for (const same of ['ＢＪＥＮＳＥＮ', 'ｂｊｅｎｓｅｎ', 'BJensen']) {
    expectRefusal(await scim.post('/Users', user(same)), UNIQUENESS);
    expect(await found(scim, `userName eq "${same}"`)).toEqual(['bjensen']);
  }
  await createUser(scim, 'ﾃﾚｻ');
  expectRefusal(await scim.post('/Users', user('テレサ')), UNIQUENESS);
});

row('S2', async ({ scim }) => {
  const [composed, decomposed] = ['ren\u00e9@example.com', 'rene\u0301@example.com'];
  expect(shown(await scim.post('/Users', user(composed))).userName).toBe(composed);
  expectRefusal(await scim.post('/Users', user(decomposed)), UNIQUENESS);
  expect(await found(scim, `userName eq "${decomposed.toUpperCase()}"`)).toEqual([composed]);
});

row('S3', { identifier: { switches: { userNameCharacters: 'identifier' } } }, async ({ scim, client }) => {
  for (const name of [
    '',
    ' ',
    '\u3000',
    'a\u0007b',
    'a\u200bb',
    '\u00a0ann',
    'ann ',
    'a\u2028b',
    'a\u0000b',
    'a\u{e000}b',
  ]) {
    expectRefusal(await scim.post('/Users', user(name)), INVALID_VALUE);
  }
  for (const name of ['ann@example.com', "o'neil+tag@example.com", 'DOMAIN\\ann', 'zoë', 'Ann Lee']) {
    expect((await scim.post('/Users', user(name))).status, name).toBe(201);
  }
  const identifier = client('identifier');
  for (const name of ['ann lee', 'ann♥', 'שלa1'])
    expectRefusal(await identifier.post('/Users', user(name)), INVALID_VALUE);
  for (const name of ['ann@example.com', 'zoë']) expect((await identifier.post('/Users', user(name))).status).toBe(201);
});

row('S4', async ({ scim }) => {
  const { id } = shown(await scim.post('/Users', { ...user('ann'), password: 'Two words\u00a0and é 👍 CASE' }));
  const set = (password: string) => scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'password', value: password }]);
  expect((await set('mot\u3000de passe')).status).toBe(200);
  for (const password of ['', 'bell\u0007', 'nul\u0000']) expectRefusal(await set(password), INVALID_VALUE);
  expectRefusal(await scim.post('/Users', { ...user('ben'), password: '' }), INVALID_VALUE);
  expect(await found(scim, 'userName pr')).toEqual(['ann']);
});

row('S5', async ({ scim }) => {
  const pairs = [
    ['Straße', 'STRAßE'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['Ａｎｎ', 'ann'],
    ['Å', 'A\u030a'],
    ['ÉCOLE', 'e\u0301cole'],
  ] as const;
  for (const [kept, asked] of pairs) {
    await createUser(scim, kept);
    expectRefusal(await scim.post('/Users', user(asked)), UNIQUENESS);
    expect(await found(scim, `userName eq "${asked}"`), asked).toEqual([kept]);
    expect(await found(scim, `userName sw "${asked}"`), asked).toContain(kept);
  }
});

rowInTurkish('S6', async ({ scim }) => {
  await createUser(scim, 'straße');
  expect((await scim.post('/Users', user('strasse'))).status).toBe(201);
  await createUser(scim, 'ISTANBUL');
  expectRefusal(await scim.post('/Users', user('istanbul')), UNIQUENESS);
  expect((await scim.post('/Users', user('ıstanbul'))).status).toBe(201);
  expect((await scim.post('/Users', user('İstanbul'))).status).toBe(201);
  expect(await found(scim, 'userName eq "İSTANBUL"')).toEqual(['İstanbul']);
});
