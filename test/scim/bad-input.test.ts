import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScimClient, SendOptions } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { expectRefusal, type Refused } from './expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, USER } from './people.ts';

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const LIMIT = 64 * 1024;

let gateway: ScimGateway;
let client: ScimClient;
let ada: string;
let bob: string;
let group: string;

beforeAll(async () => {
  gateway = await openScimGateway({ bodyLimitBytes: LIMIT });
  client = gateway.client();
  ada = await createUser(client, 'ada', {
    emails: [{ type: 'work', value: 'ada@example.com' }],
    password: 'Tr0ub4dor&3',
  });
  bob = await createUser(client, 'bob');
  group = await createGroup(client, 'Staff', [ada]);
});
afterAll(() => gateway.close());

/** Everything there is, to show that a refusal wrote nothing. */
async function state(): Promise<readonly string[]> {
  const lists = await Promise.all(['/Users', '/Groups'].map((path) => client.get(path)));
  return lists.map(({ text }) => text);
}

function refuses(what: string, request: () => readonly [string, string, SendOptions?], refused: Refused): void {
  test(what, async () => {
    const before = await state();
    const [method, path, options] = request();
    expectRefusal(await client.send(method, path, options), refused);
    expect(await state()).toStrictEqual(before);
  });
}

const post =
  (body: SendOptions['body'], headers = {}) =>
  () =>
    ['POST', '/Users', { headers, ...(body === undefined ? {} : { body }) }] as const;
const userWith = (more: { readonly [name: string]: unknown }) =>
  post(JSON.stringify({ schemas: [USER], userName: 'new', ...more }));
const get =
  (path: string, headers = {}) =>
  () =>
    ['GET', path, { headers }] as const;
const find = (filter: string) => get(`/Users?filter=${encodeURIComponent(filter)}`);
const patch = (operation: unknown) => () =>
  ['PATCH', `/Users/${ada}`, { body: JSON.stringify({ schemas: [PATCH], Operations: [operation] }) }] as const;
const replace = (path: string, value: unknown) => patch({ op: 'replace', path, value });

describe('a body that is no SCIM message is refused (RFC 7644 §3.12)', () => {
  const syntax = { status: 400, scimType: 'invalidSyntax' };
  refuses('broken JSON, with its position', post('{"userName": "x",}'), {
    ...syntax,
    detail: /expected a key in double quotes at position 17 \(line 1, column 18\), found "}"/,
  });
  refuses('text cut off', post('{"userName": "x'), { ...syntax, detail: /a closed string/ });
  refuses('a literal that JSON lacks', post('{"active": True}'), { ...syntax, detail: /a value at position 11/ });
  refuses('text behind the object', post('{} {}'), { ...syntax, detail: /end of the text/ });
  refuses('a key given twice', post('{"userName": "a", "userName": "b"}'), {
    ...syntax,
    detail: /"userName" came before/,
  });
  refuses('__proto__ as a key', post('{"__proto__": {"admin": true}, "userName": "x"}'), {
    ...syntax,
    detail: /position 1 /,
  });
  refuses('more depth than any resource has', post(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`), {
    ...syntax,
    detail: /at most 32/,
  });
  refuses('a body of a million brackets', () => ['POST', '/Users', { body: '['.repeat(LIMIT - 10) }], {
    ...syntax,
    detail: /at most 32/,
  });
  refuses('no body', post(''), { ...syntax, detail: /empty/ });
  refuses('an array', post('[]'), { ...syntax, detail: /must be a JSON object/ });
  refuses('a text', post('"userName"'), { ...syntax, detail: /must be a JSON object/ });
  refuses('bytes that are not UTF-8', post(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), {
    ...syntax,
    detail: /not UTF-8/,
  });
  refuses('a search without its schema', () => ['POST', '/Users/.search', { body: { filter: 'userName pr' } }], {
    ...syntax,
    detail: /SearchRequest/,
  });
  refuses(
    'a search whose schema is no text',
    () => ['POST', '/Users/.search', { body: { schemas: [{ toString: 1, valueOf: 1 }] } }],
    syntax,
  );
  refuses(
    'a search that names the schema of a patch',
    () => ['POST', '/Users/.search', { body: { schemas: [PATCH] } }],
    syntax,
  );
  refuses(
    'a patch that names the schema of a search',
    () => ['PATCH', `/Users/${ada}`, { body: { schemas: [SEARCH], Operations: [] } }],
    syntax,
  );
});

describe('a media type or size that is not offered is refused', () => {
  const xml = { 'content-type': 'text/xml' };
  refuses('XML', post('<user/>', xml), { status: 415, detail: /application\/scim\+json/ });
  refuses('a form', post('userName=x', { 'content-type': 'application/x-www-form-urlencoded' }), { status: 415 });
  refuses('no Content-Type', post('{}', { 'content-type': '' }), { status: 415 });
  refuses('a compressed body', post('{}', { 'content-encoding': 'gzip' }), { status: 415, detail: /gzip/ });
  refuses('an answer as HTML alone', get('/Users', { accept: 'text/html' }), { status: 406 });
  refuses('JSON ruled out by q=0', get('/Users', { accept: 'application/json;q=0, text/html' }), { status: 406 });
  refuses('a body over the limit by its Content-Length', post('x'.repeat(LIMIT + 1)), {
    status: 413,
    detail: /65536 bytes/,
  });
  refuses(
    'a body over the limit in chunks',
    () => [
      'POST',
      '/Users',
      { headers: { 'transfer-encoding': 'chunked' }, body: `{"userName":"${'x'.repeat(2 * LIMIT)}"}` },
    ],
    { status: 413 },
  );

  test('a wrong media type is answered with those that are read', async () => {
    const answer = await client.send('POST', '/Users', { headers: xml, body: '<user/>' });
    expect(answer.headers['accept']).toBe('application/scim+json, application/json');
  });

  test.each(['application/json', 'application/scim+json;charset=utf-8', 'APPLICATION/JSON', 'text/json'])(
    '%s is read',
    async (type) => {
      const answer = await client.put(`/Users/${bob}`, { schemas: [USER], userName: 'bob' }, { 'content-type': type });
      expect(answer.status).toBe(200);
    },
  );

  test.each([
    ['*/*', 'application/scim+json'],
    ['application/scim+json; charset=utf-8', 'application/scim+json'],
    ['text/html, */*;q=0.1', 'application/scim+json'],
    ['application/json', 'application/json'],
  ])('Accept: %s is answered by %s (RFC 7644 §3.8)', async (accept, type) => {
    const answer = await client.get(`/Users/${bob}`, { accept });
    expect(answer.headers['content-type']).toBe(type);
  });
});

describe('an endpoint, id or method that is not there is refused', () => {
  refuses('an unknown endpoint', get('/Widgets'), { status: 404, detail: /\/Widgets/ });
  refuses('an endpoint in the wrong case', get('/users'), { status: 404 });
  refuses('a path below a resource', get('/Users/1/emails'), { status: 404 });
  refuses('an id that is not there', get('/Users/00000000-0000-4000-8000-000000000000'), {
    status: 404,
    detail: /User 0+-/,
  });
  refuses('the id of a resource of another type', () => ['GET', `/Groups/${ada}`], { status: 404 });
  refuses('an id in the wrong case (RFC 7643 §3.1)', () => ['GET', `/Users/${ada.toUpperCase()}`], { status: 404 });
  refuses('an encoded slash', () => ['GET', `/Groups/..%2FUsers%2F${ada}`], { status: 404 });
  refuses('dots', () => ['GET', `/Groups/../Users/${ada}`], { status: 404 });
  refuses('encoded dots', get('/Users/%2e%2e'), { status: 404 });
  refuses('a null byte', () => ['GET', `/Users/${ada}%00`], { status: 404 });
  refuses('a broken escape', get('/Users/%zz'), { status: 404 });
  refuses('an id encoded twice', () => ['GET', `/Users/%25${ada.charCodeAt(0).toString(16)}${ada.slice(1)}`], {
    status: 404,
  });
  refuses('PUT on an endpoint', () => ['PUT', '/Users', { body: {} }], { status: 405, detail: /use GET, HEAD, POST/ });
  refuses('POST on a resource', () => ['POST', `/Users/${ada}`, { body: {} }], { status: 405 });
  refuses('GET on a search', get('/Users/.search'), { status: 405, detail: /use POST/ });
  refuses('an unknown method', () => ['PROPFIND', '/Users'], { status: 405 });
  refuses(
    'a change to a resource that is not there',
    () => ['PUT', '/Users/nobody', { body: { schemas: [USER], userName: 'x' } }],
    { status: 404 },
  );
  refuses(
    'a patch of a resource that is not there',
    () => [
      'PATCH',
      '/Users/nobody',
      { body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value: 'x' }] } },
    ],
    { status: 404 },
  );
  refuses('a deletion of a resource that is not there', () => ['DELETE', '/Users/nobody'], { status: 404 });

  test('405 says what is allowed', async () => {
    expect((await client.send('DELETE', '/Users')).headers['allow']).toBe('GET, HEAD, POST');
  });
});

describe('a query that cannot be understood is refused', () => {
  const filter = { status: 400, scimType: 'invalidFilter' };
  const value = { status: 400, scimType: 'invalidValue' };
  refuses('an unknown operator', find('userName like "a"'), { ...filter, detail: /operator/ });
  refuses('a missing value', find('userName eq'), filter);
  refuses('an empty filter', find(''), filter);
  refuses('an open bracket', find('emails[type eq "work"'), filter);
  refuses('an open quote', find('userName eq "a'), filter);
  refuses('single quotes', find("userName eq 'a'"), filter);
  refuses('text behind the filter', find('userName pr userName'), filter);
  refuses('an order of booleans', find('active gt true'), filter);
  refuses('__proto__ as a path', find('__proto__.x eq "a"'), filter);
  refuses('a password (RFC 7643 §7)', find('password eq "Tr0ub4dor&3"'), { status: 403, scimType: 'sensitive' });
  refuses('brackets without end', find('('.repeat(1_000)), filter);
  refuses('a filter on discovery', get('/Schemas?filter=id%20pr'), { status: 403 });
  refuses('a count that is no number', get('/Users?count=ten'), { ...value, detail: /count: expected an integer/ });
  refuses('a fraction of a start index', get('/Users?startIndex=1.5'), value);
  refuses('an unknown order', get('/Users?sortBy=userName&sortOrder=random'), value);
  refuses('an unknown attribute to sort by', get('/Users?sortBy=shoeSize'), { status: 400, scimType: 'invalidPath' });
  refuses('a misspelt attribute to sort by', get('/Users?sortBy=name.famlyName'), {
    status: 400,
    scimType: 'invalidPath',
    detail: /did you mean name\.familyName\?/,
  });
  refuses('attributes and excludedAttributes', get('/Users?attributes=userName&excludedAttributes=emails'), value);
  refuses('a parameter with two values', get('/Users?count=1&count=2'), value);
  refuses(
    'a search with a count that is a text',
    () => ['POST', '/Users/.search', { body: { schemas: [SEARCH], count: 'ten' } }],
    value,
  );
  refuses(
    'a search with a filter that is an object',
    () => ['POST', '/Users/.search', { body: { schemas: [SEARCH], filter: {} } }],
    value,
  );
});

describe('a resource that breaks its schema is refused', () => {
  const value = { status: 400, scimType: 'invalidValue' };
  refuses('no userName', post(JSON.stringify({ schemas: [USER] })), { ...value, detail: /userName/ });
  refuses('an empty userName', userWith({ userName: '' }), { ...value, detail: /userName/ });
  refuses('a number as a name', userWith({ displayName: 7 }), { ...value, detail: /displayName/ });
  refuses('a text as a complex attribute', userWith({ name: 'Ada' }), value);
  refuses('a number as a list', userWith({ emails: 7 }), value);
  refuses('a boolean that is none', userWith({ active: 'perhaps' }), { ...value, detail: /active/ });
  refuses('a group without a name', () => ['POST', '/Groups', { body: { schemas: [GROUP] } }], {
    ...value,
    detail: /displayName/,
  });
  refuses(
    'a member who is not there',
    () => ['POST', '/Groups', { body: { schemas: [GROUP], displayName: 'New', members: [{ value: 'nobody' }] } }],
    { ...value, detail: /nobody/ },
  );
  refuses('a manager who is not there', userWith({ [ENTERPRISE]: { manager: { value: 'nobody' } } }), {
    ...value,
    detail: /nobody/,
  });
  refuses('a name that is taken, in other letters', userWith({ userName: 'ADA' }), {
    status: 409,
    scimType: 'uniqueness',
    detail: /userName/,
  });

  test('all faults of a body are told at once', async () => {
    const answer = await client.post('/Users', {
      schemas: [USER],
      displayName: 7,
      active: 'perhaps',
      name: 'Ada',
      emails: 7,
    });
    expectRefusal(answer, value);
    for (const path of ['userName', 'displayName', 'active', 'name', 'emails']) expect(answer.text).toContain(path);
  });

  test('409 names the attribute and the resource that has the value', async () => {
    const answer = await client.post('/Users', { schemas: [USER], userName: 'ada' });
    expect(answer.body['detail']).toBe(
      `userName is already taken by User ${ada}; choose another value, or update that resource`,
    );
  });

  test('a refusal never tells a password', async () => {
    const answer = await client.post('/Users', { schemas: [USER], password: ['s3cret-canary'] });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('s3cret-canary');
  });
});

describe('a patch that cannot be applied is refused as a whole', () => {
  const syntax = { status: 400, scimType: 'invalidSyntax' };
  refuses('an unknown operation', patch({ op: 'move', path: 'title', value: 'x' }), {
    ...syntax,
    detail: /add, remove or replace/,
  });
  refuses('no operation', patch({ path: 'title', value: 'x' }), syntax);
  refuses('an operation that is a text', patch('replace'), syntax);
  refuses(
    'a bare operation without Operations',
    () => ['PATCH', `/Users/${ada}`, { body: { op: 'replace', path: 'title', value: 'x' } }],
    syntax,
  );
  refuses(
    'Operations as an object',
    () => ['PATCH', `/Users/${ada}`, { body: { schemas: [PATCH], Operations: {} } }],
    syntax,
  );
  refuses('an array index', replace('emails[0].value', 'x'), { status: 400, scimType: 'invalidPath' });
  refuses('a JSON pointer', replace('/emails', []), { status: 400, scimType: 'invalidPath' });
  refuses('an open bracket', replace('emails[type eq "work"', 'x'), { status: 400, scimType: 'invalidPath' });
  refuses('an unknown attribute', replace('shoeSize', 44), { status: 400, scimType: 'invalidPath' });
  refuses('__proto__ as a path', replace('__proto__.admin', true), { status: 400, scimType: 'invalidPath' });
  refuses('constructor as a path', replace('constructor.prototype.admin', true), {
    status: 400,
    scimType: 'invalidPath',
  });
  refuses('a read-only attribute', replace('groups', []), { status: 400, scimType: 'mutability' });
  refuses('the id', replace('id', 'mine'), { status: 400, scimType: 'mutability' });
  refuses('the removal of a required attribute', patch({ op: 'remove', path: 'userName' }), {
    status: 400,
    scimType: 'mutability',
  });
  refuses('a removal without a path', patch({ op: 'remove' }), { status: 400, scimType: 'noTarget' });
  refuses('an addition without a value', patch({ op: 'add', path: 'title' }), {
    status: 400,
    scimType: 'invalidValue',
  });
  refuses('a value of the wrong type', replace('active', { not: 'a boolean' }), {
    status: 400,
    scimType: 'invalidValue',
  });
  refuses('a name that is taken', replace('userName', 'bob'), { status: 409, scimType: 'uniqueness' });
  refuses(
    'a last operation that fails (RFC 7644 §3.5.2)',
    () => [
      'PATCH',
      `/Users/${ada}`,
      {
        body: {
          schemas: [PATCH],
          Operations: [
            { op: 'replace', path: 'title', value: 'x' },
            { op: 'replace', path: 'id', value: 'mine' },
          ],
        },
      },
    ],
    { status: 400, scimType: 'mutability' },
  );
  refuses(
    'an unknown member',
    () => [
      'PATCH',
      `/Groups/${group}`,
      { body: { schemas: [PATCH], Operations: [{ op: 'add', path: 'members', value: [{ value: 'nobody' }] }] } },
    ],
    { status: 400, scimType: 'invalidValue', detail: /nobody/ },
  );
  refuses(
    'a group within itself',
    () => [
      'PATCH',
      `/Groups/${group}`,
      { body: { schemas: [PATCH], Operations: [{ op: 'add', path: 'members', value: [{ value: group }] }] } },
    ],
    { status: 409 },
  );
});

test('nothing of all this has touched the prototype of objects', () => {
  expect('admin' in {}).toBe(false);
});
