import { expect, onTestFinished, test } from 'vitest';
import type { Notice } from '#core/notice.ts';
import { expectRefusal } from '#test/scim/expect-refusal.ts';
import { createUser, USER } from '#test/scim/people.ts';
import { type GatewayOptions, openScimGateway } from '#test/support/scim-gateway.ts';

async function open(options: GatewayOptions) {
  const notices: Notice[] = [];
  const gateway = await openScimGateway({ ...options, notify: (notice) => notices.push(notice) });
  onTestFinished(() => gateway.close());
  return { client: gateway.client(), notices };
}

test('what is no e-mail address is a 400 with the value where the tenant refuses it', async () => {
  const { client, notices } = await open({ switches: { malformedEmails: 'refuse' } });
  const ada = await createUser(client, 'ada', { emails: [{ value: 'ada@example.com', type: 'work' }] });
  const refusal = {
    status: 400,
    scimType: 'invalidValue',
    detail: /^emails.*value: expected an e-mail address.*"not one"/,
  };
  const emails = [{ value: 'fine@example.com' }, { value: 'not one' }];
  const body = { schemas: [USER], userName: 'eve', emails };
  expectRefusal(await client.post('/Users', body), { ...refusal, detail: /^emails\[1\]\.value: expected an e-mail/ });
  expectRefusal(await client.put(`/Users/${ada}`, body), refusal);
  for (const operation of [
    { op: 'add', path: 'emails', value: emails },
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'not one' },
    { op: 'add', path: 'emails[type eq "home"].value', value: 'not one' },
    { op: 'replace', value: { 'emails[type eq "work"].value': 'not one' } },
  ]) {
    expectRefusal(await client.patch(`/Users/${ada}`, [operation]), refusal);
  }
  expect((await client.get(`/Users/${ada}`)).body['emails']).toEqual([{ value: 'ada@example.com', type: 'work' }]);
  expect(notices).toEqual([]);
});

test('it is stored and noted where the tenant accepts it, once, and without the address', async () => {
  const { client, notices } = await open({});
  const emails = [{ value: 'fine@example.com' }, { value: 'secret person', type: 'work' }];
  const ada = await createUser(client, 'ada', { emails });
  expect((await client.get(`/Users/${ada}`)).body).toMatchObject({ emails });
  expect(notices).toEqual([
    {
      tenant: 'acme',
      actor: 'token of acme',
      requestId: expect.any(String),
      kind: 'malformed e-mail accepted',
      resourceType: 'User',
      id: ada,
      paths: ['emails[1].value'],
      count: 1,
    },
  ]);
  expect(JSON.stringify(notices)).not.toContain('secret');
  await client.put(`/Users/${ada}`, { schemas: [USER], userName: 'ada', title: 'T', emails });
  await client.patch(`/Users/${ada}`, [{ op: 'add', path: 'emails', value: [{ value: 'more@example.com' }] }]);
  expect(notices).toHaveLength(1);
  await client.patch(`/Users/${ada}`, [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'another' }]);
  expect(notices).toHaveLength(2);
});

test('what is refused for another reason is not noted', async () => {
  const { client, notices } = await open({});
  await createUser(client, 'ada');
  expect((await client.post('/Users', { schemas: [USER], userName: 'ada', emails: [{ value: 'none' }] })).status).toBe(
    409,
  );
  expect(notices).toEqual([]);
});

test('the profile strict refuses, the others accept', async () => {
  for (const profile of ['default', 'rfc', 'entra', 'okta', 'strict'] as const) {
    const { client } = await open({ profile });
    const { status } = await client.post('/Users', { schemas: [USER], userName: 'ada', emails: [{ value: 'none' }] });
    expect(status, profile).toBe(profile === 'strict' ? 400 : 201);
  }
});
