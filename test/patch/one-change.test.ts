import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROFILES } from '#config/profiles.ts';
import type { PatchOperation } from '#core/patch/operation.ts';
import type { Session } from '#core/session.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Json, ResourceId } from '#model/resource.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';

const at = (text: string) => ({ path: { text, at: 0 } });

describe.each(PROFILES)('one change that a face drew up, in the profile %s', (profile) => {
  let gateway: ScimGateway;
  let session: Session;
  let ada: ResourceId;

  beforeEach(async () => {
    gateway = await openScimGateway({ profile, switches: { replaceByOneMember: 'add' } });
    session = gateway.session();
    ada = await create('User', {
      userName: 'ada',
      emails: [{ value: 'a@x.example', type: 'work' }, { value: 'b@x.example' }],
    });
  });
  afterEach(() => gateway.close());

  const typeNamed = (name: string) => {
    const type = session.registry.type(name);
    if (type === undefined) throw new Error(`no type ${name}`);
    return type;
  };
  const create = async (name: string, body: { readonly [name: string]: Json }) =>
    (await session.create(typeNamed(name), { schemas: [typeNamed(name).schema.id], ...body })).id;
  const change = (type: string, id: ResourceId, ...operations: readonly PatchOperation[]) =>
    session.patch(typeNamed(type), id, operations, { oneChange: true });

  test('means the same: values without a path, names as paths, what is listed is removed', async () => {
    const { attributes } = await change(
      'User',
      ada,
      { op: 'replace', value: { title: 'Head', 'name.givenName': 'Ada' } },
      { op: 'remove', path: at('emails'), value: [{ value: 'b@x.example' }] },
      { op: 'add', value: { emails: [{ value: 'c@x.example' }] } },
    );
    expect(attributes).toMatchObject({
      title: 'Head',
      name: { givenName: 'Ada' },
      emails: [{ value: 'a@x.example', type: 'work' }, { value: 'c@x.example' }],
    });
  });

  test('one member replaces all of them', async () => {
    const bob = await create('User', { userName: 'bob' });
    const group = await create('Group', { displayName: 'Staff', members: [{ value: ada }] });
    await change('Group', group, { op: 'replace', value: { members: [{ value: bob }] } });
    const [page] = await session.linked('members', 'out', [group], { page: { limit: 10, total: false } });
    expect(page?.items.map(({ id }) => id)).toEqual([bob]);
  });

  test('has all its faults told at once, without numbers, and changes nothing', async () => {
    const refused = await change(
      'User',
      ada,
      { op: 'replace', value: { userName: null, title: 'a\0b', phoneNumbers: [{ value: 'a\0b' }] } },
      { op: 'add', value: { x509Certificates: [{ value: 'AAAA' }] } },
    ).catch((error: unknown) => error);
    if (!(refused instanceof DirectoryError)) throw refused;
    expect(refused.code).toBe('INVALID_VALUE');
    expect(refused.message).not.toMatch(/operation/);
    expect(refused.faults.map(({ path }) => path).sort()).toEqual([
      'phoneNumbers[0].value',
      'title',
      'userName',
      'x509Certificates[0].value',
    ]);
    expect((await session.get(typeNamed('User'), ada))?.attributes['title']).toBeUndefined();
  });

  test('of members as well', async () => {
    const group = await create('Group', { displayName: 'Staff' });
    const many = Array.from({ length: 100_001 }, () => ({ value: ada }));
    const refused = await change(
      'Group',
      group,
      { op: 'add', value: { members: [{ value: '' }] } },
      { op: 'remove', path: at('members'), value: many },
    ).catch((error: unknown) => error);
    expect((refused as DirectoryError).faults.map(({ path }) => path)).toEqual(['members[0].value', 'members']);
  });
});
