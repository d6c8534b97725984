import { hash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { startPortico } from '#test/support/portico-process.ts';
import { fillCompany } from './company.ts';
import { Gateway } from './gateway.ts';

const TOKEN = 'a-token-of-the-tests';
const QUERY = '{"query":"{ user(by: { userName: \\"ada\\" }) { userName } }"}';

/** What is posted to `/graphql` is answered before Express, by another name it is Express that routes it. */
const BEFORE_EXPRESS = '/graphql';
const BY_EXPRESS = '/graphql/';

const CONFIG = JSON.stringify({
  server: { port: 0, drainSeconds: 1 },
  tenants: { acme: {} },
  auth: { tokens: [{ name: 't', tenant: 'acme', scopes: ['graphql:read'], sha256: hash('sha256', TOKEN) }] },
});

interface Sent {
  /** Names and values in turn, as they go out. */
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
  /** Each piece is a chunk of its own. */
  readonly pieces?: readonly (string | Buffer)[];
}

interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const JSON_TYPE = ['Content-Type', 'application/json'];
const BEARER = ['Authorization', `Bearer ${TOKEN}`];

async function send(url: string, { headers = [...JSON_TYPE, ...BEARER], body, pieces }: Sent): Promise<Got> {
  const length = body === undefined ? [] : ['Content-Length', String(Buffer.byteLength(body))];
  const framing = pieces === undefined ? length : ['Transfer-Encoding', 'chunked'];
  const host = ['Host', new URL(url).host];
  const client = httpRequest(url, { method: 'POST', headers: [...host, ...headers, ...framing] });
  const answered = once(client, 'response') as Promise<[IncomingMessage]>;
  for (const piece of pieces ?? []) await new Promise((resolve) => client.write(piece, resolve));
  client.end(body);
  const [response] = await answered;
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

/** All that two answers to the same request have to share. */
function comparable({ status, headers, text }: Got) {
  const { date, 'content-length': length, ...rest } = headers;
  return { status, headers: rest, body: JSON.parse(text) as unknown };
}

const id = (name: string) => ['X-Request-Id', name];
const code = (value: string) => ({ errors: [{ extensions: { code: value } }] });

/** Requests, and what both paths answer. */
const CASES: readonly (readonly [what: string, sent: Sent, status: number, body: object])[] = [
  ['a query', { body: QUERY }, 200, { data: { user: { userName: 'ada' } } }],
  ['a query in pieces', { pieces: QUERY.split('') }, 200, { data: { user: { userName: 'ada' } } }],
  ['a byte order mark', { body: `\ufeff${QUERY}` }, 200, { data: {} }],
  ['a media type in capitals, with a charset', typed('Application/JSON; Charset="UTF-8"'), 200, { data: {} }],
  ['graphql-response+json', accepting('application/graphql-response+json'), 200, { data: {} }],
  ['a type that no answer has', accepting('text/csv'), 406, code('NOT_ACCEPTABLE')],
  ['no credential', { headers: JSON_TYPE, body: QUERY }, 401, code('UNAUTHENTICATED')],
  ['an unknown token', { headers: [...JSON_TYPE, 'Authorization', 'Bearer x'] }, 401, code('UNAUTHENTICATED')],
  ['a token alone', { headers: [...JSON_TYPE, 'Authorization', TOKEN] }, 401, code('UNAUTHENTICATED')],
  ['two credentials', { headers: [...JSON_TYPE, ...BEARER, ...BEARER], body: QUERY }, 400, code('BAD_REQUEST')],
  ['no media type', { headers: BEARER, body: QUERY }, 415, code('UNSUPPORTED_MEDIA_TYPE')],
  ['what a form can send', typed('text/plain'), 415, code('UNSUPPORTED_MEDIA_TYPE')],
  [
    'a form, asked for on purpose',
    typed('text/plain', 'Apollo-Require-Preflight', 'y'),
    415,
    code('UNSUPPORTED_MEDIA_TYPE'),
  ],
  ['another type', typed('application/graphql'), 415, code('UNSUPPORTED_MEDIA_TYPE')],
  ['another charset', typed('application/json; charset=utf-16'), 415, code('UNSUPPORTED_MEDIA_TYPE')],
  ['a compressed body', compressed('gzip'), 415, code('UNSUPPORTED_MEDIA_TYPE')],
  ['no body', {}, 400, code('BAD_REQUEST')],
  ['an empty body', { body: '' }, 400, code('BAD_REQUEST')],
  ['half of a text', { body: QUERY.slice(0, 20) }, 400, code('BAD_REQUEST')],
  ['bytes that are no UTF-8', { body: Buffer.from('{"query":"{ \xff }"}', 'latin1') }, 400, code('BAD_REQUEST')],
  ['null', { body: 'null' }, 400, code('BAD_REQUEST')],
  ['a text', { body: '"{ users }"' }, 400, code('BAD_REQUEST')],
  ['a key twice', { body: `{"query":"{ a }",${QUERY.slice(1)}` }, 400, code('BAD_REQUEST')],
  ['several queries', { body: `[${QUERY}]` }, 400, code('BAD_REQUEST')],
  ['an object without a query', { body: '{}' }, 400, code('BAD_REQUEST')],
  ['variables as text', { body: '{"query":"{ __typename }","variables":"{}"}' }, 400, code('BAD_REQUEST')],
  ['exactly as much as there may be', { body: padded(102_400) }, 200, { data: {} }],
  ['a byte more', { body: padded(102_401) }, 413, code('TOO_LARGE')],
  ['much more', { body: padded(5_000_000) }, 413, code('TOO_LARGE')],
  ['much more in pieces', { pieces: piecesOf(padded(1_000_000)) }, 413, code('TOO_LARGE')],
  ['what is no GraphQL', { body: '{"query":"{"}' }, 400, code('GRAPHQL_PARSE_FAILED')],
  ['a field that there is not', { body: '{"query":"{ nobody }"}' }, 400, code('GRAPHQL_VALIDATION_FAILED')],
  ['a request id of its own', { headers: [...JSON_TYPE, ...BEARER, ...id('mine')], body: QUERY }, 200, { data: {} }],
];

function typed(type: string, ...more: string[]): Sent {
  return { headers: ['Content-Type', type, ...BEARER, ...more], body: QUERY };
}

function accepting(type: string): Sent {
  return { headers: [...JSON_TYPE, ...BEARER, 'Accept', type], body: QUERY };
}

function compressed(encoding: string): Sent {
  return { headers: [...JSON_TYPE, ...BEARER, 'Content-Encoding', encoding], body: gzipSync(QUERY) };
}

function padded(bytes: number): string {
  return QUERY + ' '.repeat(bytes - QUERY.length);
}

function piecesOf(text: string): readonly string[] {
  return text.match(/.{1,10000}/g) ?? [];
}

describe('what is posted to /graphql is answered before Express as it is by Express', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open({ token: TOKEN });
    await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test.each(CASES)('%s', async (_what, sent, status, body) => {
    // The same request id in both, unless the case has one.
    const headers = [...(sent.headers ?? [...JSON_TYPE, ...BEARER])];
    if (!headers.includes('X-Request-Id')) headers.push(...id('a-request'));
    const before = comparable(await send(gateway.url + BEFORE_EXPRESS, { ...sent, headers }));
    expect(before).toMatchObject({ status, body });
    expect(before.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(before.headers['x-request-id']).toBe(headers[headers.indexOf('X-Request-Id') + 1]);
    expect(comparable(await send(gateway.url + BY_EXPRESS, { ...sent, headers }))).toEqual(before);
  });

  test('the log has a line for each, and nothing was a bug', async () => {
    await expect.poll(() => gateway.log.length).toBe(CASES.length * 2);
    expect(new Set(gateway.log.map(({ face, path }) => `${face} ${path}`))).toEqual(
      new Set([`graphql ${BEFORE_EXPRESS}`, `graphql ${BY_EXPRESS}`]),
    );
    expect(gateway.log.filter(({ outcome }) => outcome.cause !== undefined)).toEqual([]);
    expect(gateway.bugs).toEqual([]);
  });

  test('a query string changes nothing', async () => {
    const answer = await send(`${gateway.url}/graphql?query=%7B`, { body: QUERY });
    expect(JSON.parse(answer.text)).toEqual({ data: { user: { userName: 'ada' } } });
  });

  test('a credential without the scope is told which it lacks', async () => {
    await using other = await Gateway.open({ token: TOKEN, scopes: new Set(['scim:read']) });
    const answers = await Promise.all(
      [BEFORE_EXPRESS, BY_EXPRESS].map((path) => send(other.url + path, { body: QUERY })),
    );
    for (const { status, headers, text } of answers) {
      expect([status, JSON.parse(text)]).toMatchObject([403, code('FORBIDDEN')]);
      expect(headers['www-authenticate']).toContain('scope="graphql:read"');
    }
  });
});

describe.each([BEFORE_EXPRESS, BY_EXPRESS])('a client that does not stay, at %s', (path) => {
  test('with half a body sent is answered nothing, and logged', async () => {
    await using gateway = await Gateway.open();
    const headers = { 'content-type': 'application/json', 'content-length': QUERY.length };
    const client = httpRequest(gateway.url + path, { method: 'POST', headers });
    client.on('error', () => undefined);
    await new Promise((resolve) => client.write(QUERY.slice(0, 10), resolve));
    setTimeout(() => client.destroy(), 50);
    await expect
      .poll(() => gateway.log.map(({ outcome }) => outcome.detail))
      .toEqual(['the body ended before it was complete']);
    expect(gateway.bugs).toEqual([]);
    expect((await gateway.ask('{ users { totalCount } }')).status).toBe(200);
  });

  test('in the middle of a backend call ends that call', async () => {
    const { promise: called, resolve: call } = Promise.withResolvers<AbortSignal>();
    await using gateway = await Gateway.open({ decorate: (adapter) => withoutEnd(adapter, call) });
    const headers = { 'content-type': 'application/json' };
    const client = httpRequest(gateway.url + path, { method: 'POST', headers });
    client.on('error', () => undefined);
    client.end('{"query":"{ users { totalCount } }"}');
    const signal = await called;
    expect(signal.aborted).toBe(false);
    client.destroy();
    await expect.poll(() => signal.aborted).toBe(true);
    await expect.poll(() => gateway.log.length).toBe(1);
    expect(gateway.bugs).toEqual([]);
  });
});

/** Its `find` tells the signal that it was given, and ends when that does. */
function withoutEnd(adapter: DirectoryAdapter, call: (signal: AbortSignal) => void): DirectoryAdapter {
  const find: DirectoryAdapter['find'] = async ({ signal }) => {
    call(signal);
    await once(signal, 'abort');
    throw new DirectoryError('TIMEOUT', 'the client has left');
  };
  return new Proxy(adapter, {
    get: (target, name) => (name === 'find' ? find : bound(target, name)),
  });
}

function bound(target: DirectoryAdapter, name: string | symbol): unknown {
  const member: unknown = Reflect.get(target, name);
  return typeof member === 'function' ? member.bind(target) : member;
}

test('what is in flight when the gateway is told to stop is answered, and the connection closed', async () => {
  const portico = await startPortico(CONFIG);
  const client = httpRequest(`${portico.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
  });
  const answered = once(client, 'response') as Promise<[IncomingMessage]>;
  await new Promise((resolve) => client.write('{"query":', resolve));
  const stopped = portico.stop();
  await new Promise((resolve) => setTimeout(resolve, 200));
  client.end('"{ users { totalCount } }"}');
  const [response] = await answered;
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  expect([response.statusCode, text]).toEqual([200, '{"data":{"users":{"totalCount":0}}}']);
  expect(await stopped).toBe(0);
});
