import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROFILES, SWITCHES, type Switches, type SwitchName } from '#config/profiles.ts';
import { tokenSha256 } from '#config/token.ts';
import type { Json } from '#model/resource.ts';
import { start } from '#src/compose.ts';
import { type ScimAnswer, type ScimClient, scimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { load } from '../config/configured.ts';
import { expectRefusal } from './expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE, USER } from './people.ts';

/** Sends what the switch is about, and tells by the answer how it is set. */
type Probe<Name extends SwitchName> = (client: ScimClient) => Promise<Switches[Name]>;

const PROBES: { readonly [name in SwitchName]: Probe<name> } = {
  async unknownAttributes(client) {
    const answer = await postUser(client, { shoeSize: 43 });
    expect(answer.body).not.toHaveProperty('shoeSize');
    return told(answer, 'ignore', 'refuse', 'invalidSyntax');
  },
  async unknownSchemas(client) {
    return told(await postUser(client, { schemas: [USER, 'urn:example:Other'] }), 'ignore', 'refuse', 'invalidSyntax');
  },
  async missingSchemas(client) {
    return told(await client.post('/Users', { userName: 'babs' }), 'accept', 'refuse', 'invalidSyntax');
  },
  async undeclaredExtensions(client) {
    const answer = await postUser(client, { [ENTERPRISE]: { department: 'Sales' } });
    if (answer.status === 201) expect(answer.body).toMatchObject({ [ENTERPRISE]: { department: 'Sales' } });
    return told(answer, 'accept', 'refuse', 'invalidSyntax');
  },
  async secondPrimary(client) {
    const emails = [
      { value: 'a@example.com', primary: true },
      { value: 'b@example.com', primary: true },
    ];
    const answer = await postUser(client, { emails });
    if (answer.status === 201) expect(answer.body).toMatchObject({ emails: [{ primary: true }, { primary: false }] });
    return told(answer, 'clear', 'refuse', 'invalidValue');
  },
  async unknownFilterAttributes(client) {
    await createUser(client, 'babs');
    const answer = await client.get(`/Users?filter=${encodeURIComponent('shoeSize eq 43')}`);
    if (answer.status === 200) expect(answer.body).toMatchObject({ totalResults: 0, Resources: [] });
    return told(answer, 'absent', 'refuse', 'invalidFilter');
  },
  async missingTarget(client) {
    const operation = { op: 'replace', path: 'emails[type eq "work"].value', value: 'babs@example.com' };
    const { answer, after } = await patchUser(client, operation);
    if (answer.status === 200) expect(after).toMatchObject({ emails: [{ type: 'work', value: 'babs@example.com' }] });
    return told(answer, 'create', 'refuse', 'noTarget');
  },
  async booleanStrings(client) {
    const answer = await postUser(client, { active: 'False' });
    if (answer.status === 201) expect(answer.body).toMatchObject({ active: false });
    const found = await client.get(`/Users?filter=${encodeURIComponent('active eq "False"')}`);
    expect(told(found, 'coerce', 'refuse', 'invalidFilter')).toBe(told(answer, 'coerce', 'refuse', 'invalidValue'));
    return told(answer, 'coerce', 'refuse', 'invalidValue');
  },
  async emptyStrings(client) {
    const { answer } = await patchUser(client, { op: 'replace', path: 'title', value: '' });
    expect(answer.status, answer.text).toBeLessThan(300);
    const { body } = await client.get(`/Users?filter=${encodeURIComponent('userName eq "babs"')}`);
    const { answer: manager } = await patchUser(client, { op: 'replace', path: `${ENTERPRISE}:manager`, value: '' });
    const [user] = body['Resources'] as readonly { readonly title?: string }[];
    expect(told(manager, 'clear', 'keep', 'invalidValue')).toBe(user?.title === undefined ? 'clear' : 'keep');
    return user?.title === undefined ? 'clear' : 'keep';
  },
  async userNameCharacters(client) {
    return told(await postUser(client, { userName: 'Babs Jensen' }), 'freeform', 'identifier', 'invalidValue');
  },
  async countryNames(client) {
    const answer = await postUser(client, { addresses: [{ type: 'work', country: 'Sweden' }] });
    if (answer.status === 201) expect(answer.body).toMatchObject({ addresses: [{ country: 'Sweden' }] });
    return told(answer, 'accept', 'refuse', 'invalidValue');
  },
  async malformedEmails(client) {
    const answer = await postUser(client, { emails: [{ value: 'babs at example' }] });
    if (answer.status === 201) expect(answer.body).toMatchObject({ emails: [{ value: 'babs at example' }] });
    return told(answer, 'accept', 'refuse', 'invalidValue');
  },
  async canonicalForms(client) {
    const { body } = await postUser(client, { emails: [{ value: 'Babs@Example.COM' }] });
    const [email] = body['emails'] as readonly { readonly value: string }[];
    return email?.value === 'Babs@example.com' ? 'write' : 'keep';
  },
  async unqualifiedNames(client) {
    const { answer } = await patchUser(client, { op: 'add', path: 'department', value: 'Sales' });
    const posted = await client.post('/Users', { schemas: [USER], userName: 'other', costCenter: '7' });
    const found = await client.get(`/Users?filter=${encodeURIComponent('department eq "Sales"')}`);
    const setting = told(answer, 'find', 'refuse', 'invalidPath');
    expect(told(posted, 'find', 'refuse', 'invalidSyntax')).toBe(setting);
    expect(told(found, 'find', 'refuse', 'invalidFilter')).toBe(setting);
    return setting;
  },
  async pathlessPatch(client) {
    const { answer, after } = await patchUser(client, { op: 'replace', value: { title: 'Vice President' } });
    if (answer.status === 200) expect(after).toMatchObject({ title: 'Vice President' });
    return told(answer, 'accept', 'refuse', 'invalidPath');
  },
  async keysAsPaths(client) {
    const value = { [`${ENTERPRISE}:department`]: 'Sales' };
    const { answer, after } = await patchUser(client, { op: 'add', path: ENTERPRISE, value });
    if (answer.status === 200) expect(after).toMatchObject({ [ENTERPRISE]: { department: 'Sales' } });
    return told(answer, 'expand', 'refuse', 'invalidSyntax');
  },
  async valueOfRemove(client) {
    const { answer, after } = await patchUser(client, { op: 'remove', path: 'ims', value: [{ value: 'one' }] });
    const left = answer.status === 200 ? [{ value: 'two' }] : [{ value: 'one' }, { value: 'two' }];
    expect(after).toMatchObject({ ims: left });
    return told(answer, 'select', 'refuse', 'invalidValue');
  },
  async replaceByOneMember(client) {
    const [first, second] = [await createUser(client, 'first'), await createUser(client, 'second')];
    const group = await createGroup(client, 'Staff', [first]);
    await client.patch(`/Groups/${group}`, [{ op: 'replace', path: 'members', value: [{ value: second }] }]);
    const count = await memberCount(client, group);
    await client.patch(`/Groups/${group}`, [{ op: 'replace', path: 'members', value: [] }]);
    expect(await memberCount(client, group)).toBe(0);
    return count === 1 ? 'replace' : 'add';
  },
  async readOnlyInPatchValue(client) {
    const { answer, after } = await patchUser(client, { op: 'replace', value: { id: 'other', title: 'Director' } });
    expect(after).toMatchObject({ title: answer.status === 200 ? 'Director' : 'Engineer' });
    return answer.status === 200 ? 'ignore' : 'refuse';
  },
  async bareComplexValues(client) {
    const value = await createUser(client, 'boss');
    const { answer } = await patchUser(client, { op: 'add', path: `${ENTERPRISE}:manager`, value });
    const { answer: listed } = await patchUser(client, {
      op: 'add',
      path: `${ENTERPRISE}:manager`,
      value: [{ value }],
    });
    expect(listed.status).toBe(answer.status);
    return told(answer, 'wrap', 'refuse', 'invalidValue');
  },
  async displayNameOfValues(client) {
    const { status, body } = await postUser(client, { roles: [{ value: 'Reader', displayName: 'Can read' }] });
    if (status !== 201) return 'unknown';
    const [role] = body['roles'] as readonly { readonly display?: string }[];
    return role?.display === 'Can read' ? 'display' : 'unknown';
  },
  async barewordLiterals(client) {
    await createUser(client, 'babs');
    const answer = await client.get(`/Users?filter=${encodeURIComponent('userName eq babs')}`);
    if (answer.status === 200) expect(answer.body).toMatchObject({ totalResults: 1 });
    return told(answer, 'accept', 'refuse', 'invalidFilter');
  },
  async missingMessageSchema(client) {
    const id = await createUser(client, 'babs');
    const body = { Operations: [{ op: 'replace', path: 'title', value: 'x' }] };
    return told(await client.send('PATCH', `/Users/${id}`, { body }), 'accept', 'refuse', 'invalidSyntax');
  },
  async capitalOperations(client) {
    const { answer } = await patchUser(client, { op: 'Replace', path: 'title', value: 'x' });
    return told(answer, 'accept', 'refuse', 'invalidSyntax');
  },
  async emptyOperations(client) {
    const id = await createUser(client, 'babs');
    return told(await client.patch(`/Users/${id}`, []), 'accept', 'refuse', 'invalidSyntax');
  },
  async groupPatchAnswer(client) {
    const group = await createGroup(client, 'Staff');
    const { status } = await client.patch(`/Groups/${group}`, [{ op: 'replace', path: 'displayName', value: 'All' }]);
    return status as 200 | 204;
  },
  async userPatchAnswer(client) {
    const { answer } = await patchUser(client, { op: 'replace', path: 'title', value: 'x' });
    return answer.status as 200 | 204;
  },
  async uniqueGroupNames(client) {
    await createGroup(client, 'Staff');
    const answer = await client.post('/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'staff',
    });
    if (answer.status !== 201) expectRefusal(answer, { status: 409, scimType: 'uniqueness' });
    return answer.status !== 201;
  },
};

const NAMES = Object.keys(SWITCHES) as readonly SwitchName[];

describe.each(PROFILES)('the profile %s', (profile) => {
  test.each(NAMES)('answers as %s says', async (name) => {
    const gateway = await openScimGateway({ profile });
    expect(await PROBES[name](gateway.client())).toBe(SWITCHES[name].in[profile]);
    await gateway.close();
  });
});

describe('a switch is set whatever the profile', () => {
  const cases = NAMES.flatMap((name) => SWITCHES[name].values.map((value) => ({ name, value })));
  test.each(cases)('$name: $value', async ({ name, value }) => {
    const gateway = await openScimGateway({ profile: 'default', switches: { [name]: value } });
    expect(await PROBES[name](gateway.client())).toBe(value);
    await gateway.close();
  });
});

describe('the profile strict', () => {
  let gateway: ScimGateway;
  beforeAll(async () => {
    gateway = await openScimGateway({ profile: 'strict' });
  });
  afterAll(() => gateway.close());

  test('tells all that is wrong with a body at once', async () => {
    const body = { schemas: ['urn:example:Other'], userName: 'Babs Jensen', titel: 'x', active: 'yes' };
    const { status, body: refusal } = await gateway.client().post('/Users', body);
    expect(status).toBe(400);
    for (const word of ['schemas[0]', 'schemas:', 'did you mean title?'])
      expect(String(refusal['detail'])).toContain(word);
  });

  test('counts an attribute that one type lacks as absent in a search over all', async () => {
    const client = gateway.client();
    await createUser(client, 'babs');
    expect((await client.get(`/?filter=${encodeURIComponent('userName pr')}`)).body).toMatchObject({ totalResults: 1 });
    const unknown = await client.get(`/?filter=${encodeURIComponent('shoeSize pr')}`);
    expectRefusal(unknown, { status: 400, scimType: 'invalidFilter' });
  });
});

test('under the profile rfc an attribute that no type has matches nothing, by itself or negated', async () => {
  const gateway = await openScimGateway({ profile: 'rfc' });
  const client = gateway.client();
  await createUser(client, 'babs');
  const totals = await Promise.all(
    [
      '/Users?filter=shoeSize pr',
      '/Users?filter=shoeSize[value eq 1]',
      '/Users?filter=not (shoeSize pr)',
      '/Users?filter=userName eq "babs" or shoeSize gt 40',
      '/?filter=shoeSize pr',
    ].map(async (path) => (await client.get(path.replaceAll(' ', '%20'))).body['totalResults']),
  );
  expect(totals).toEqual([0, 0, 1, 1, 0]);
  const inside = await client.get(`/Users?filter=${encodeURIComponent('emails[shoeSize eq 1]')}`);
  expectRefusal(inside, { status: 400, scimType: 'invalidFilter' });
  await gateway.close();
});

test('a configuration names a profile and sets single switches of it otherwise', async () => {
  const tenants = '{ acme: { profile: strict, switches: { booleanStrings: coerce }, userPatchAnswer: 204 } }';
  const token = `{ name: idp, tenant: acme, scopes: ['scim:read', 'scim:write'], sha256: ${tokenSha256('test')} }`;
  const yaml = `server: { port: 0, drainSeconds: 0 }\ntenants: ${tenants}\nauth: { tokens: [${token}] }`;
  const started = await start(await load(yaml));
  const client = scimClient(`${started.url}/scim/v2`, 'test');
  const probe = (name: SwitchName) => PROBES[name](client);
  expect(await probe('missingSchemas')).toBe('refuse');
  expect(await probe('booleanStrings')).toBe('coerce');
  await started.close();
});

function postUser(client: ScimClient, more: { readonly [name: string]: Json }): Promise<ScimAnswer> {
  return client.post('/Users', { schemas: [USER], userName: 'babs', ...more });
}

/** An engineer with two addresses for messages, patched; and what is left afterwards. */
async function patchUser(client: ScimClient, operation: Json) {
  const existing = await client.get(`/Users?filter=${encodeURIComponent('userName eq "babs"')}`);
  const [found] = existing.body['Resources'] as readonly { readonly id: string }[];
  const ims = [{ value: 'one' }, { value: 'two' }];
  const id = found?.id ?? (await createUser(client, 'babs', { title: 'Engineer', ims }));
  const answer = await client.patch(`/Users/${id}`, [operation]);
  return { answer, after: (await client.get(`/Users/${id}`)).body };
}

async function memberCount(client: ScimClient, group: string): Promise<number> {
  const { members = [] } = (await client.get(`/Groups/${group}`)).body as { readonly members?: readonly Json[] };
  return members.length;
}

/** Which of two settings an answer shows; a refusal has to be one of RFC 7644 §3.12. */
function told<Taken extends string, Refused extends string>(
  answer: ScimAnswer,
  taken: Taken,
  refused: Refused,
  scimType: string,
): Taken | Refused {
  if (answer.status < 300) return taken;
  expectRefusal(answer, { status: 400, scimType });
  return refused;
}
