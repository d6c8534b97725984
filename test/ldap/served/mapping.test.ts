import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import { run } from '#test/support/run-command.ts';
import type { ScimClient } from '#test/support/scim-client.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { ACME, ACME_SCHEMA, ACME_SCIM } from './acme-schema.ts';
import { type DirectoryGateway, startDirectoryGateway } from './gateway.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

let folder: string;
let slapd: Slapd;
let gateway: DirectoryGateway;
let scim: ScimClient;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portico-acme-'));
  writeFileSync(join(folder, 'acme.json'), JSON.stringify(ACME_SCIM));
  slapd = await startSlapd({ global: ACME_SCHEMA });
  gateway = await startDirectoryGateway(slapd, {
    acme: {
      tenant: { schemas: [join(folder, 'acme.json')] },
      users: {
        base: slapd.people,
        objectClasses: ['inetOrgPerson', 'acmePerson'],
        without: '*',
        attributes: {
          userType: { constant: 'Employee' },
          photos: 'jpegPhoto',
          x509Certificates: 'userCertificate',
          [`${ACME}:vip`]: { attribute: 'acmeVip', as: 'boolean' },
          [`${ACME}:level`]: { attribute: 'acmeLevel', as: 'integer' },
          [`${ACME}:hired`]: { attribute: 'acmeHired', as: 'time' },
          [`${ACME}:badge`]: { attribute: 'acmeBadge', as: 'binary' },
          [`${ACME}:germanTitle`]: 'title;lang-de',
          [`${ACME}:secretary`]: { attribute: 'secretary', as: 'dn' },
          [`${ACME}:seeAlso`]: [{ attribute: 'seeAlso', as: 'dn' }],
        },
        templates: { cn: '{name.givenName} {name.familyName|userName}', description: 'Made for {userName}' },
      },
      groups: { base: slapd.groups, without: '*' },
    },
  });
  scim = gateway.scim('acme');
});
afterAll(async () => {
  await gateway.stop();
  await slapd.stop();
  rmSync(folder, { recursive: true });
});

async function created(userName: string, more: { readonly [name: string]: Json } = {}) {
  const answer = await scim.post('/Users', { schemas: [USER, ACME], userName, ...more });
  expect([answer.status, answer.body['detail']]).toEqual([201, undefined]);
  return String(answer.body['id']);
}

/** What a client and an application see of a user, whose values must be the same. */
async function seen(id: string) {
  const { body } = await scim.get(`/Users/${id}`);
  const fields = 'title userType badge { vip level hired badge germanTitle }';
  const { data } = await gateway.graphql('acme', `{ user(by: { id: "${id}" }) { ${fields} } }`);
  return { body, acme: body[ACME], graphql: data?.user };
}

function line(uid: string, attribute: string): Promise<string> {
  return slapd.ldapsearch(`(uid=${uid})`, attribute);
}

describe('values that are no text', () => {
  test('come back as they were sent, and are in the directory what its syntaxes say', async () => {
    const given = { vip: true, level: -7, hired: '2026-05-01T10:30:00.250Z', badge: 'AP8Q', germanTitle: 'Gräfin' };
    const id = await created('ada', { title: 'Countess', [ACME]: given });
    const { acme, graphql } = await seen(id);
    expect(acme).toEqual(given);
    expect(graphql).toEqual({ title: 'Countess', userType: 'Employee', badge: given });
    const entry = await line('ada', '*');
    for (const text of ['acmeVip: TRUE', 'acmeLevel: -7', 'acmeHired: 20260501103000.250Z', 'acmeBadge:: AP8Q']) {
      expect(entry).toContain(text);
    }
    expect(entry).toContain('title;lang-de:: ');
    expect(entry).toContain('description: Made for ada');
    await scim.patch(`/Users/${id}`, [
      { op: 'replace', value: { [ACME]: { vip: false, level: 9_007_199_254_740_991, germanTitle: 'Frau' } } },
      { op: 'remove', path: `${ACME}:badge` },
    ]);
    expect((await seen(id)).acme).toEqual({
      vip: false,
      level: 9_007_199_254_740_991,
      hired: given.hired,
      germanTitle: 'Frau',
    });
    expect(await line('ada', 'title')).toContain('title: Countess');
  });

  test('are times whatever offset they are sent with, and instants to a filter', async () => {
    const id = await created('bob', { [ACME]: { hired: '2026-05-01T12:30:00+02:00' } });
    expect((await seen(id)).acme).toEqual({ hired: '2026-05-01T10:30:00.000Z' });
    const filter = encodeURIComponent(`${ACME}:hired eq "2026-05-01T06:30:00-04:00"`);
    expect((await scim.get(`/Users?filter=${filter}`)).body).toMatchObject({ totalResults: 1 });
    const fine = await scim.patch(`/Users/${id}`, [
      { op: 'replace', value: { [ACME]: { hired: '2026-05-01T10:30:00.000001Z' } } },
    ]);
    expect(fine).toMatchObject({ status: 400, body: { detail: expect.stringContaining('hired') } });
  });

  test.each([
    ['20260501123000+0200', '2026-05-01T10:30:00.000Z'],
    ['20260501103000,5Z', '2026-05-01T10:30:00.500Z'],
    ['202605011030Z', '2026-05-01T10:30:00.000Z'],
    ['2026050110.5Z', '2026-05-01T10:30:00.000Z'],
    ['20260501-08Z', undefined],
  ])('are times in whatever form others wrote them: %s', async (text, expected) => {
    const uid = `t${createHash('sha1').update(text).digest('hex').slice(0, 8)}`;
    const add = slapd.ldapmodify(
      `dn: uid=${uid},${slapd.people}\nobjectClass: inetOrgPerson\nobjectClass: acmePerson\nuid: ${uid}\ncn: t\nsn: t\nacmeHired: ${text}\n`,
    );
    if (expected === undefined) return expect(add).rejects.toThrow('Invalid syntax');
    await add;
    const { body } = await scim.get(`/Users?filter=${encodeURIComponent(`userName eq "${uid}"`)}`);
    expect(body).toMatchObject({ Resources: [{ [ACME]: { hired: expected } }] });
  });
});

describe('a photo and a certificate', () => {
  const jpegOf = (bytes: number) => Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), randomBytes(bytes)]);
  const urlOf = (jpeg: Buffer) => `data:image/jpeg;base64,${jpeg.toString('base64')}`;

  test('are bytes in the directory, and come back bit by bit', async () => {
    const pem = await run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-subj', '/CN=cyd', '-days', '2', '-keyout', '/dev/null'],
    ]);
    const certificate = pem.replace(/-----[A-Z ]+-----|\s/g, '');
    const jpeg = jpegOf(45_000);
    const photo = urlOf(jpeg);
    const id = await created('cyd', { photos: [{ value: photo }], x509Certificates: [{ value: certificate }] });
    const { body } = await scim.get(`/Users/${id}`);
    expect(body['x509Certificates']).toEqual([{ value: certificate }]);
    expect(JSON.stringify(body['photos']) === JSON.stringify([{ value: photo }])).toBe(true);
    const [, stored = ''] = /^jpegPhoto:: (.+)$/m.exec(await line('cyd', 'jpegPhoto')) ?? [];
    expect(Buffer.from(stored, 'base64').equals(jpeg)).toBe(true);
    expect(await line('cyd', 'userCertificate')).toContain(`userCertificate;binary:: ${certificate}`);
    const gone = await scim.patch(`/Users/${id}`, [
      { op: 'remove', path: 'photos' },
      { op: 'remove', path: 'x509Certificates' },
    ]);
    expect(gone).toMatchObject({ status: 200 });
    expect(await line('cyd', '*')).not.toMatch(/jpegPhoto|userCertificate/);
  });

  test('are served whatever their size, and outlive a change of what is beside them', async () => {
    const id = await created('ivy');
    const jpeg = jpegOf(100_000);
    await slapd.ldapmodify(
      `dn: uid=ivy,${slapd.people}\nchangetype: modify\nadd: jpegPhoto\njpegPhoto:: ${jpeg.toString('base64')}\n`,
    );
    const patched = await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { title: 'Botanist' } }]);
    expect(patched.status).toBe(200);
    expect(JSON.stringify(patched.body['photos']) === JSON.stringify([{ value: urlOf(jpeg) }])).toBe(true);
  });

  test('that is elsewhere has no place in the directory, and is refused by name', async () => {
    const answer = await scim.post('/Users', {
      schemas: [USER],
      userName: 'dan',
      photos: [{ value: 'https://example.com/dan.jpg', type: 'photo' }],
    });
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining('photos') } });
  });
});

describe('references to others', () => {
  test('are DNs in the directory and ids to clients, follow a new name, and go with whom they name', async () => {
    const [zoe, yan] = [await created('zoe'), await created('yan')];
    const references = { secretary: zoe, seeAlso: [{ value: zoe }, { value: yan }] };
    const id = await created('xia', { [ACME]: references });
    expect(await line('xia', 'secretary')).toContain(`secretary: uid=zoe,${slapd.people}`);
    expect((await seen(id)).acme).toEqual(references);
    const { data } = await gateway.graphql(
      'acme',
      `{ user(by: { id: "${id}" }) { badge { secretary seeAlso { value } } } }`,
    );
    expect(data.user.badge).toEqual(references);
    await scim.patch(`/Users/${zoe}`, [{ op: 'replace', value: { userName: 'zora', title: 'Clerk' } }]);
    expect(await line('xia', '*')).not.toContain('uid=zoe');
    // Values have no order, and the new name came last.
    const seeAlso = expect.arrayContaining([...references.seeAlso]);
    expect((await seen(id)).acme).toEqual({ secretary: zoe, seeAlso });
    await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { [ACME]: { secretary: yan } } }]);
    expect((await seen(id)).acme).toEqual({ secretary: yan, seeAlso });
    expect((await scim.delete(`/Users/${yan}`)).status).toBe(204);
    expect((await seen(id)).acme).toEqual({ seeAlso: [{ value: zoe }] });
    expect(await line('xia', '*')).not.toContain('uid=yan');
  });

  test('to nobody are refused by name, and those to strangers are neither shown nor lost', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    const wrong = await scim.post('/Users', {
      schemas: [USER, ACME],
      userName: 'wim',
      [ACME]: { secretary: nobody },
    });
    expect(wrong).toMatchObject({ status: 400, body: { detail: expect.stringContaining('secretary') } });
    const [id, una] = [await created('vic'), await created('una')];
    await slapd.ldapmodify(
      `dn: uid=vic,${slapd.people}\nchangetype: modify\nadd: seeAlso\nseeAlso: cn=far,o=away\nseeAlso: uid=una,${slapd.people}\n`,
    );
    expect((await seen(id)).acme).toEqual({ seeAlso: [{ value: una }] });
    const cleared = await scim.patch(`/Users/${id}`, [{ op: 'remove', path: `${ACME}:seeAlso` }]);
    expect(cleared.body[ACME]).toBeUndefined();
    expect(await line('vic', 'seeAlso')).toContain('seeAlso: cn=far,o=away\n\n');
  });

  test('of a whole list are looked up in one search', async () => {
    const filter = encodeURIComponent('userName sw "vic" or userName sw "xia"');
    const counts = await slapd.countOperations(() => scim.get(`/Users?filter=${filter}&attributes=${ACME}:seeAlso`));
    expect(counts['SRCH']).toBeLessThanOrEqual(3);
  });
});

test('typed telephone numbers live in attributes of their own, and what others add shows', async () => {
  const phoneNumbers = [
    { value: '+49 30 1', type: 'mobile' },
    { value: '+49 30 2', type: 'home' },
    { value: '+49 30 3' },
  ];
  const id = await created('eve', { phoneNumbers });
  expect(await line('eve', '*')).toMatch(/mobile: \+49 30 1[\s\S]*|telephoneNumber: \+49 30 3/);
  await slapd.ldapmodify(`dn: uid=eve,${slapd.people}\nchangetype: modify\nadd: mobile\nmobile: +49 30 4\n`);
  const { body } = await scim.get(`/Users/${id}`);
  expect(body['phoneNumbers']).toHaveLength(4);
  expect(body['phoneNumbers']).toEqual(
    expect.arrayContaining([...phoneNumbers, { value: '+49 30 4', type: 'mobile' }]),
  );
});

test('a constant takes no other value, and a value that a syntax refuses is refused by its name', async () => {
  const other = await scim.post('/Users', { schemas: [USER], userName: 'fay', userType: 'Contractor' });
  expect(other).toMatchObject({ status: 400, body: { detail: expect.stringContaining('userType') } });
  const id = await created('gus');
  const big = await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { preferredLanguage: 'dé' } }]);
  expect(big).toMatchObject({ status: 400, body: { detail: expect.stringContaining('preferredLanguage') } });
});
