import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '#http/server.ts';

async function serving(listener: Parameters<typeof listen>[0]) {
  const bugs: unknown[] = [];
  const listening = await listen(listener, '127.0.0.1', 0, (error) => bugs.push(error));
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
