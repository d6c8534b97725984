import { describe, expect, onTestFinished, test } from 'vitest';
import { openAdminGateway } from '#test/admin/gateway.ts';
import { expectRefusal } from '#test/scim/expect-refusal.ts';
import { createGroup, createUser, GROUP, USER } from '#test/scim/people.ts';
import type { Body } from '#test/support/scim-client.ts';
import { type GatewayOptions, openScimGateway } from '#test/support/scim-gateway.ts';

async function open(options: GatewayOptions) {
  const gateway = await openScimGateway(options);
  onTestFinished(() => gateway.close());
  return gateway.client();
}

function at(...addresses: readonly string[]): Body {
  return { emails: addresses.map((value, index) => ({ value, type: `t${index}` })) };
}

function taken(attribute: string, holder: string) {
  return {
    status: 409,
    scimType: 'uniqueness',
    detail: new RegExp(`^${attribute} is already taken by \\w+ ${holder};`),
  };
}

describe('unique e-mail addresses', () => {
  test('belong to one user, regardless of case, by POST, PUT and PATCH', async () => {
    const client = await open({ uniqueEmails: true });
    const ada = await createUser(client, 'ada', at('ada@example.com', 'lovelace@example.com'));
    const eve = await createUser(client, 'eve', at('eve@example.com'));
    const refusal = taken('emails.value', ada);
    expectRefusal(await client.post('/Users', { schemas: [USER], userName: 'x', ...at('ADA@Example.com') }), refusal);
    expectRefusal(
      await client.put(`/Users/${eve}`, {
        schemas: [USER],
        userName: 'eve',
        ...at('x@example.com', 'Lovelace@example.com'),
      }),
      refusal,
    );
    const add = [{ op: 'add', path: 'emails', value: [{ value: 'ada@example.com' }] }];
    expectRefusal(await client.patch(`/Users/${eve}`, add), refusal);
    expect((await client.get(`/Users/${eve}`)).body).toMatchObject(at('eve@example.com'));
    expect((await client.get('/Users')).body).toMatchObject({ totalResults: 2 });
  });

  test('may stand in one user twice, and are free once he gives them up', async () => {
    const client = await open({ uniqueEmails: true });
    const ada = await createUser(client, 'ada', at('ada@example.com', 'Ada@example.com'));
    expect((await client.patch(`/Users/${ada}`, [{ op: 'add', path: 'title', value: 'T' }])).status).toBe(200);
    await client.patch(`/Users/${ada}`, [{ op: 'remove', path: 'emails[type eq "t0"]' }]);
    const eve = { schemas: [USER], userName: 'eve', ...at('ada@example.com') };
    expect((await client.post('/Users', eve)).status).toBe(409);
    await client.patch(`/Users/${ada}`, [{ op: 'remove', path: 'emails' }]);
    expect((await client.post('/Users', eve)).status).toBe(201);
  });

  test('of 50 creates with one address at once one wins', async () => {
    const client = await open({ uniqueEmails: true });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        client.post('/Users', {
          schemas: [USER],
          userName: `u${index}`,
          ...at(`own${index}@example.com`, 'Shared@example.com'),
        }),
      ),
    );
    const [winner, ...more] = answers.filter(({ status }) => status === 201);
    expect(more).toEqual([]);
    const losers = answers.filter((answer) => answer !== winner);
    for (const loser of losers) expectRefusal(loser, taken('emails.value', String(winner?.body['id'])));
    const loser = answers.findIndex((answer) => answer !== winner);
    await createUser(client, 'heir', at(`own${loser}@example.com`));
    expect((await client.get('/Users?filter=emails.value%20eq%20%22shared@example.com%22')).body).toMatchObject({
      totalResults: 1,
    });
  });

  test('are a setting of each tenant: others share addresses, and the same address may be in two tenants', async () => {
    const shared = await open({});
    await createUser(shared, 'ada', at('office@example.com'));
    await createUser(shared, 'eve', at('office@example.com'));
    const gateway = await openScimGateway({ uniqueEmails: true, tenants: ['acme', 'zeta'] });
    onTestFinished(() => gateway.close());
    await createUser(gateway.client('acme'), 'ada', at('office@example.com'));
    await createUser(gateway.client('zeta'), 'ada', at('office@example.com'));
  });

  test('are announced by /Schemas', async () => {
    const uniqueness = async (options: GatewayOptions) => {
      const { body } = await (await open(options)).get(`/Schemas/${USER}`);
      const emails = (body['attributes'] as Body[]).find(({ name }) => name === 'emails');
      const subs = emails?.['subAttributes'] as Body[] | undefined;
      return subs?.find(({ name }) => name === 'value')?.['uniqueness'];
    };
    expect(await uniqueness({})).toBe('none');
    expect(await uniqueness({ uniqueEmails: true })).toBe('server');
  });
});

describe('unique external ids', () => {
  test('belong to one resource of a type, case-exact (RFC 7643 §3.1)', async () => {
    const client = await open({ uniqueExternalIds: true });
    const ada = await createUser(client, 'ada', { externalId: 'X1' });
    expectRefusal(
      await client.post('/Users', { schemas: [USER], userName: 'x', externalId: 'X1' }),
      taken('externalId', ada),
    );
    const eve = await createUser(client, 'eve', { externalId: 'x1' });
    const put = { schemas: [USER], userName: 'eve', externalId: 'X1' };
    expectRefusal(await client.put(`/Users/${eve}`, put), taken('externalId', ada));
    expectRefusal(
      await client.patch(`/Users/${eve}`, [{ op: 'replace', path: 'externalId', value: 'X1' }]),
      taken('externalId', ada),
    );
    const group = await client.post('/Groups', { schemas: [GROUP], displayName: 'G', externalId: 'X1' });
    expect(group.status).toBe(201);
    const other = { schemas: [GROUP], displayName: 'H', externalId: 'X1' };
    expectRefusal(await client.post('/Groups', other), taken('externalId', String(group.body['id'])));
  });

  test('are shared where the setting is off', async () => {
    const client = await open({});
    await createUser(client, 'ada', { externalId: 'X1' });
    await createUser(client, 'eve', { externalId: 'X1' });
  });
});

test('group names are unique in default, entra and okta, and not in rfc and strict', async () => {
  for (const profile of ['default', 'entra', 'okta', 'rfc', 'strict'] as const) {
    const client = await open({ profile });
    const staff = await createGroup(client, 'Staff');
    const second = await client.post('/Groups', { schemas: [GROUP], displayName: 'staff' });
    if (profile === 'rfc' || profile === 'strict') expect(second.status, profile).toBe(201);
    else expectRefusal(second, taken('displayName', staff));
  }
});

test('GraphQL looks a user up by what is unique as by what is not', async () => {
  for (const lifeCycle of ['{}', '{ uniqueEmails: true, uniqueExternalIds: true }']) {
    const gateway = await openAdminGateway({ acme: `{ lifeCycle: ${lifeCycle} }` });
    const id = await createUser(gateway.scim(), 'ada', { externalId: 'X1', ...at('ada@example.com') });
    const query = '{ a: user(by: { externalId: "X1" }) { id } b: user(by: { email: "ADA@example.com" }) { id } }';
    expect(await gateway.query(query)).toEqual({ data: { a: { id }, b: { id } } });
    await gateway.close();
  }
});
