import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '#http/server.ts';

async function serving(listener: Parameters<typeof listen>[0]) {
  const bugs: unknown[] = [];
  const listening = await listen(listener, '127.0.0.1', 0, {
    reportBug: (error) => bugs.push(error),
    refusalBody: (status, detail) => ({ type: 'text/plain', text: `${status}: ${detail}` }),
  });
  onTestFinished(() => listening.drain(0));
  return { port: listening.port, bugs };
}

test('what a listener throws is reported, cuts that connection off and leaves the others served', async () => {
  const { port, bugs } = await serving(({ url }, response) => {
    if (url === '/bug') throw new TypeError('a bug');
    response.end('well');
  });
  const failed = new Promise((resolve) => {
    request({ port, path: '/bug' }).once('error', resolve).end();
  });
  expect(await failed).toBeInstanceOf(Error);
  expect(bugs).toEqual([new TypeError('a bug')]);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('well');
});

test.each([
  ['http://example.com/scim/v2/Users?count=1', '/scim/v2/Users?count=1'],
  ['http://example.com', '/'],
  ['http://example.com?a=b', '/?a=b'],
  ['/scim/v2', '/scim/v2'],
])('the request target %s is served as %s (RFC 9112 §3.2.2)', async (target, served) => {
  const { port } = await serving(({ url }, response) => {
    response.end(`<${url}>`);
  });
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text;
  });
  socket.write(`GET ${target} HTTP/1.1\r\nHost: example.com\r\n\r\n`);
  await expect.poll(() => answer).toContain(`<${served}>`);
});

describe('what is no request is told so, in the body that the server was given for it', () => {
  /** Everything that comes back until the connection ends. */
  function answerTo(port: number, bytes: string): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (text) => {
      answer += text;
    });
    socket.once('close', () => resolve(answer));
    socket.on('error', () => undefined);
    socket.write(bytes);
    return promise;
  }

  const head = 'GET / HTTP/1.1\r\nHost: example.com\r\n';
  test.each([
    ['a line that is none', 'nonsense\r\n\r\n', 400, /HTTP\/1\.1/],
    ['a method that is none', 'get / HTTP/1.1\r\nHost: example.com\r\n\r\n', 400, /HTTP\/1\.1/],
    ['two lengths', `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400, /HTTP\/1\.1/],
    ['a length and chunks', `${head}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`, 400, /HTTP\/1\.1/],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400, /no Host header/],
    ['headers of 20 KB', `${head}X-Much: ${'a'.repeat(20_000)}\r\n\r\n`, 431, /16384 bytes/],
    ['headers of 2 MB', `${head}X-Much: ${'a'.repeat(2_000_000)}\r\n\r\n`, 431, /16384 bytes/],
    ['a URL of 20 KB', `GET /?${'a'.repeat(20_000)} HTTP/1.1\r\nHost: example.com\r\n\r\n`, 431, /\.search/],
  ])('%s', async (_, bytes, status, detail) => {
    const { port, bugs } = await serving((_request, response) => response.end('well'));
    const answer = await answerTo(port, bytes);
    const [first = '', ...lines] = answer.split('\r\n');
    expect(first).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Z]`));
    expect(lines).toContain('Content-Type: text/plain');
    expect(lines).toContain('Connection: close');
    const body = lines.at(-1) ?? '';
    expect(lines).toContain(`Content-Length: ${body.length}`);
    expect(body).toMatch(detail);
    expect(bugs).toStrictEqual([]);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('well');
  });

  test('within an answer that has begun nothing is added, and the connection ends', async () => {
    const { port } = await serving((_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half');
    });
    const answer = await answerTo(port, `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`);
    expect(answer).not.toContain('400');
  });

  test('an unknown expectation is ignored', async () => {
    const { port } = await serving((_request, response) => response.end('well'));
    expect(await answerTo(port, `${head}Expect: a-miracle\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200/);
  });
});
