import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGroup, GROUP } from '#test/scim/people.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { type DirectoryGateway, startDirectory, startGateway } from './gateway.ts';

const PEOPLE = ['moved', 'remade', 'gone'].map(
  (uid) => `dn: uid=${uid},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: P\nsn: P\n`,
);
const ELSEWHERE = 'dn: ou=left,ou=people,dc=example,dc=com\nobjectClass: organizationalUnit\nou: left\n';

describe('a directory that others change', { timeout: 120_000 }, () => {
  let slapd: Slapd;
  let gateway: DirectoryGateway;
  beforeAll(async () => {
    slapd = await startDirectory({ ldif: [ELSEWHERE, ...PEOPLE].join('\n') });
    gateway = await startGateway(slapd);
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await slapd.stop();
  });

  const idOf = async (userName: string) => {
    const { body } = await gateway.scim.get(`/Users?filter=userName%20eq%20%22${userName}%22`);
    return (body['Resources'] as [{ id: string }])[0].id;
  };
  const setTitle = (id: string, value: string) =>
    gateway.scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value }]);

  test('an entry that was moved keeps its id, and is read, changed, made a member and deleted where it is now', async () => {
    const id = await idOf('moved');
    expect((await setTitle(id, 'before')).status).toBe(200);
    const move = `changetype: modrdn\nnewrdn: uid=moved\ndeleteoldrdn: 1\nnewsuperior: ou=left,${slapd.people}\n`;
    await slapd.ldapmodify(`dn: uid=moved,${slapd.people}\n${move}`);
    expect((await gateway.scim.get(`/Users/${id}`)).body).toMatchObject({ id, userName: 'moved', title: 'before' });
    expect((await setTitle(id, 'after')).body).toMatchObject({ id, title: 'after' });
    const group = await createGroup(gateway.scim, 'G', [id]);
    expect((await gateway.scim.get(`/Groups/${group}`)).body['members']).toMatchObject([{ value: id }]);
    expect((await gateway.scim.delete(`/Users/${id}`)).status).toBe(204);
    expect(await slapd.ldapsearch('(uid=moved)')).toBe('');
    expect((await gateway.scim.delete(`/Groups/${group}`)).status).toBe(204);
  });

  test('an entry that was deleted and made anew is another one, whatever it is called', async () => {
    const id = await idOf('remade');
    expect((await setTitle(id, 'old')).status).toBe(200);
    await slapd.ldapmodify(`dn: uid=remade,${slapd.people}\nchangetype: delete\n`);
    await slapd.ldapmodify(String(PEOPLE[1]));
    expect((await setTitle(id, 'mine')).status).toBe(404);
    expect((await gateway.scim.delete(`/Users/${id}`)).status).toBe(404);
    expect((await gateway.scim.get(`/Users/${id}`)).status).toBe(404);
    expect(await idOf('remade')).not.toBe(id);
    expect(await slapd.ldapsearch('(uid=remade)', 'title')).not.toContain('title');
  });

  test('an entry that is gone is not found, and no member', async () => {
    const id = await idOf('gone');
    expect((await setTitle(id, 'here')).status).toBe(200);
    await slapd.ldapmodify(`dn: uid=gone,${slapd.people}\nchangetype: delete\n`);
    expect((await setTitle(id, 'there')).status).toBe(404);
    const group = { schemas: [GROUP], displayName: 'H', members: [{ value: id }] };
    const refused = await gateway.scim.post('/Groups', group);
    expect([refused.status, refused.body['detail']]).toEqual([400, expect.stringContaining(id)]);
  });

  test('a base that is gone is an error that names it, and no empty list; it is served when it is back', async () => {
    await slapd.ldapmodify(`dn: ${slapd.groups}\nchangetype: delete\n`);
    const gone = await gateway.scim.get('/Groups');
    const detail = /^the directory has no entry at users.base or groups.base/;
    expect([gone.status, gone.body['detail']]).toEqual([503, expect.stringMatching(detail)]);
    expect((await gateway.scim.post('/Groups', { schemas: [GROUP], displayName: 'G' })).status).toBe(503);
    expect((await gateway.scim.get('/Users?count=0')).status).toBe(200);
    await slapd.ldapmodify(`dn: ${slapd.groups}\nobjectClass: organizationalUnit\nou: groups\n`);
    await createGroup(gateway.scim, 'G');
    expect((await gateway.scim.get('/Groups')).body['totalResults']).toBe(1);
  });
});
