import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startPortico } from '../support/portico-process.ts';

const run = promisify(execFile);
const TOKEN = 'drain-me';
/** printf drain-me | sha256sum */
const SHA256 = 'd30163cf174dd2b97b7d122dbb1360af9e2056b18bbb41f0138de22206070253';

function configuration(drainSeconds: number): string {
  return `
server: { port: 0, drainSeconds: ${drainSeconds} }
auth:
  tokens: [{ name: t, tenant: default, scopes: [scim:read, scim:write], sha256: '${SHA256}' }]
`;
}

test('a SIGTERM under load loses no request: wrk goes on through the drain without an error', async () => {
  const portico = await startPortico(configuration(6));
  const load = run('wrk', [
    ...['-t1', '-c16', '-d4s', '-H', `Authorization: Bearer ${TOKEN}`],
    `${portico.url}/scim/v2/Users?filter=userName%20eq%20%22x%22`,
  ]);
  await setTimeout(1_500);
  const stopped = portico.stop();
  const { stdout } = await load;
  expect(stdout).toMatch(/[1-9]\d* requests in/);
  expect(stdout).not.toMatch(/Non-2xx|Socket errors/);
  expect(await stopped).toBe(0);
}, 30_000);

test('a request that is in flight when listening ends is answered', async () => {
  const portico = await startPortico(configuration(0));
  const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'late' });
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/scim+json' };
  const sending = request(`${portico.url}/scim/v2/Users`, { method: 'POST', headers });
  onTestFinished(() => {
    sending.destroy();
  });
  const status = new Promise((resolve, reject) => {
    sending.once('response', ({ statusCode }) => resolve(statusCode)).once('error', reject);
  });
  sending.write(body.slice(0, 10));
  await expect.poll(async () => (await fetch(`${portico.url}/livez`)).status).toBe(200);
  const stopped = portico.stop();
  await expect
    .poll(() =>
      fetch(`${portico.url}/livez`).then(
        () => 'listening',
        () => 'closed',
      ),
    )
    .toBe('closed');
  sending.end(body.slice(10));
  expect(await status).toBe(201);
  expect(await stopped).toBe(0);
}, 30_000);
