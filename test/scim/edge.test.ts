import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScimAnswer, type SentHeaders, scimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { expectRefusal } from './expect-refusal.ts';
import { createUser, USER } from './people.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';

let gateway: ScimGateway;
let id: string;
beforeAll(async () => {
  gateway = await openScimGateway({ tenants: ['acme', 'other'] });
  id = await createUser(gateway.client(), 'ada');
});
afterAll(() => gateway.close());

/** `path` is everything behind the host. */
function send(method: string, path: string, headers: SentHeaders = {}, to = gateway): Promise<ScimAnswer> {
  return scimClient(to.origin, to.token()).send(method, path, { headers });
}

describe('the base address (RFC 7644 §3.13)', () => {
  test.each(['/scim/v2', '/tenants/acme/scim/v2'])('%s moves every address in an answer with it', async (base) => {
    const created = await scimClient(gateway.origin + base, gateway.token()).post('/Users', {
      schemas: [USER],
      userName: `of ${base}`,
    });
    const location = `${gateway.origin}${base}/Users/${String(created.body['id'])}`;
    expect(created.headers['location']).toBe(location);
    expect(created.body['meta']).toMatchObject({ location });
    const config = await send('GET', `${base}/ServiceProviderConfig`);
    expect(config.body['meta']).toMatchObject({ location: `${gateway.origin}${base}/ServiceProviderConfig` });
  });

  test.each([
    ['/scim', '/scim/v2'],
    ['/tenants/acme/scim', '/tenants/acme/scim/v2'],
  ])('%s without a version is the newest one, and answers name it', async (base, newest) => {
    const answer = await send('GET', `${base}/Users/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.body['meta']).toMatchObject({ location: `${gateway.origin}${newest}/Users/${id}` });
    expect((await send('GET', base)).body).toStrictEqual((await send('GET', newest)).body);
    expect((await send('GET', `${base}/?count=1`)).body['itemsPerPage']).toBe(1);
  });

  test.each(['/scim/v9/Users', '/scim/v1/Users', '/scim/v2.1/Users', '/scim/V1', '/tenants/acme/scim/v9/Users'])(
    '%s asks for a version that is not there',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE']) {
        expectRefusal(await send(method, path), { status: 404, detail: /SCIM 2\.0, at \/.*scim\/v2$/ });
      }
    },
  );

  test.each(['/scim/Widgets', '/scim/v2/Widgets', '/scim/v2x/Users', '/scim/vital', '/scim/v2/v2/Users'])(
    '%s is nothing, and says so as SCIM does',
    async (path) => {
      expectRefusal(await send('GET', path), { status: 404, detail: /ResourceTypes lists the endpoints/ });
    },
  );

  test.each(['/scimitar/Users', '/tenants/acme/Users', '/tenants/scim', '/tenants'])(
    '%s is not under SCIM at all',
    async (path) => {
      expect((await send('GET', path)).headers['content-type']).toBeUndefined();
    },
  );
});

describe('a credential (RFC 6750 §3)', () => {
  const authorization = (header: string | readonly string[] | null, to = gateway) =>
    send('GET', `/scim/v2/Users/${id}`, { authorization: header }, to);

  test.each([null, 'Basic YWRhOnNlY3JldA=='])(
    'none, or one of another scheme, is told no error code: %s',
    async (header) => {
      const answer = await authorization(header);
      expectRefusal(answer, { status: 401, detail: /Bearer <token>/ });
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="portico"');
    },
  );

  test.each(['Bearer nobody', 'nobody', 'Bearer'])('one that is not known is an invalid_token: %s', async (header) => {
    const answer = await authorization(header);
    expectRefusal(answer, { status: 401 });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="portico", error="invalid_token", error_desc/);
  });

  test('one in the query is not read', async () => {
    const answer = await send('GET', `/scim/v2/Users?access_token=${gateway.token()}`, { authorization: null });
    expectRefusal(answer, { status: 401 });
  });

  test.each([
    ['the same twice', () => [`Bearer ${gateway.token()}`, `Bearer ${gateway.token()}`]],
    ['two', () => [`Bearer ${gateway.token()}`, `Bearer ${gateway.token('other')}`]],
    ['a good one behind a bad one', () => ['Bearer nobody', `Bearer ${gateway.token()}`]],
  ])('%s is an invalid_request', async (_, headers) => {
    const answer = await authorization(headers());
    expectRefusal(answer, { status: 400, detail: /more than one Authorization/ });
    expect(answer.headers['www-authenticate']).toContain('error="invalid_request"');
  });

  test('a scope that is missing is named, in the body and in the challenge', async () => {
    const reader = gateway.client('acme', ['scim:read']);
    const answer = await reader.delete(`/Users/${id}`);
    expectRefusal(answer, { status: 403, detail: /scim:write.*token of acme/ });
    expect(answer.headers['www-authenticate']).toMatch(
      /^Bearer realm="portico", error="insufficient_scope", scope="scim:write", error_description="[^"]+"$/,
    );
  });

  test('for another tenant than the URL says it is refused, whether or not that tenant exists', async () => {
    const answers = [
      await send('GET', '/tenants/other/scim/v2/Users'),
      await send('GET', '/tenants/nowhere/scim/v2/Users'),
      await send('GET', '/tenants/_system/scim/v2/Users'),
      await send('GET', '/tenants//scim/v2/Users'),
    ];
    for (const answer of answers) expectRefusal(answer, { status: 403, detail: /tenant URL/ });
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  test('alone in the header it is taken where the tenant allows that, and nowhere else', async () => {
    const refused = await authorization(gateway.token());
    expectRefusal(refused, { status: 401, detail: /tenants\.acme\.rawTokens/ });
    const raw = await openScimGateway({ rawTokens: true });
    const own = await createUser(raw.client(), 'bob');
    expect((await send('GET', `/scim/v2/Users/${own}`, { authorization: raw.token() }, raw)).status).toBe(200);
    expect((await send('GET', `/scim/v2/Users/${own}`, {}, raw)).status).toBe(200);
    for (const header of ['nobody', `Token ${raw.token()}`, `${raw.token()} x`]) {
      expectRefusal(await send('GET', '/scim/v2/Users', { authorization: header }, raw), { status: 401 });
    }
    await raw.close();
  });
});

describe('what anybody may know (RFC 7643 §5)', () => {
  const open = (path: string, method = 'GET', headers: SentHeaders = {}, to = gateway) =>
    send(method, path, { authorization: null, ...headers }, to);

  test('ServiceProviderConfig tells how to authenticate, and nothing about the tenant', async () => {
    const whole = await send('GET', '/scim/v2/ServiceProviderConfig');
    const answer = await open('/scim/v2/ServiceProviderConfig');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/scim+json');
    expect(answer.body).toStrictEqual({
      schemas: [`${CORE}:ServiceProviderConfig`],
      authenticationSchemes: whole.body['authenticationSchemes'],
      meta: whole.body['meta'],
    });
  });

  test('it is the same for every tenant, whether there is one or not', async () => {
    const bodies = await Promise.all(
      ['acme', 'nowhere'].map(async (tenant) => (await open(`/tenants/${tenant}/scim/v2/ServiceProviderConfig`)).text),
    );
    expect(bodies[0]).toBe(bodies[1]?.replace('nowhere', 'acme'));
    expect((await open('/tenants/a%22b/scim/v2/ServiceProviderConfig')).status).toBe(200);
  });

  test.each([
    '/scim/ServiceProviderConfig',
    '/scim/v2//ServiceProviderConfig/',
    '/scim/v2/ServiceProviderConfig?foo=bar',
  ])('%s is the same address', async (path) => {
    expect((await open(path)).status).toBe(200);
  });

  test('HEAD, Accept and a filter are treated as with a credential', async () => {
    const head = await open('/scim/v2/ServiceProviderConfig', 'HEAD');
    expect([head.status, head.text]).toStrictEqual([200, '']);
    expectRefusal(await open('/scim/v2/ServiceProviderConfig', 'GET', { accept: 'text/html' }), { status: 406 });
    expectRefusal(await open('/scim/v2/ServiceProviderConfig?filter=id%20pr'), { status: 403 });
  });

  test.each([
    ['POST', '/scim/v2/ServiceProviderConfig'],
    ['GET', '/scim/v2/Schemas'],
    ['GET', '/scim/v2/ResourceTypes'],
    ['GET', '/scim/v2/ResourceTypes/User'],
    ['GET', '/scim/v2/'],
    ['GET', '/scim/v2/Users/../ServiceProviderConfig'],
    ['GET', '/scim/v2/ServiceProviderConfig/x'],
  ])('%s %s needs a credential', async (method, path) => {
    expectRefusal(await open(path, method), { status: 401 });
  });

  test('a credential that is wrong is refused there as well', async () => {
    const answer = await send('GET', '/scim/v2/ServiceProviderConfig', { authorization: 'Bearer nobody' });
    expectRefusal(answer, { status: 401 });
  });

  test('it can be switched off', async () => {
    const shut = await openScimGateway({ publicServiceProviderConfig: false });
    expectRefusal(await open('/scim/v2/ServiceProviderConfig', 'GET', {}, shut), { status: 401 });
    expect((await send('GET', '/scim/v2/ServiceProviderConfig', {}, shut)).status).toBe(200);
    await shut.close();
  });
});
