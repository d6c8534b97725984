import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, HASH } from '../config/configured.ts';
import { portico, Running, serving } from './portico.ts';

const ADDRESS = /http:\/\/[^\s/]+/;

function configuration(server: string): string {
  const entry = `{ name: idp, tenant: default, scopes: [scim:read], sha256: ${HASH} }`;
  return join(folderWith({ 'portico.yaml': `server: ${server}\nauth: { tokens: [${entry}] }` }), 'portico.yaml');
}

describe('portico serve', () => {
  test('prints its address, the token, that memory forgets, and two lines that work as printed', async () => {
    const server = serving(['--demo', '20', '--seed', '7']);
    const words = await server.says(/Portico[\s\S]+To try:\n(?:.+\n)+\n/);
    expect(words).toMatch(/token +portico_[\w-]{38}\n/);
    expect(words).toContain('forgotten when Portico ends');
    const [scim = '', graphql = ''] = words.slice(words.indexOf('  curl')).split(/\n(?= {2}curl)/);
    expect(await shell(scim)).toMatchObject({ totalResults: 20, itemsPerPage: 2 });
    expect(await shell(graphql)).toMatchObject({ data: { users: { nodes: [{}, {}] } } });
  });

  test('with a file it shows no token, and the address of the administrators', async () => {
    const server = serving(['--config', configuration('{ adminPort: 0, drainSeconds: 0 }')]);
    const words = await server.says(/Portico[\s\S]+To try:\n(?:.+\n)+\n/);
    expect(words).not.toContain('  token ');
    expect(words).toContain('Authorization: Bearer $TOKEN');
    const health = /health +(\S+)/.exec(words)?.[1] ?? '';
    expect(new URL(health).port).not.toBe(new URL(ADDRESS.exec(words)?.[0] ?? '').port);
    expect((await fetch(health)).status).toBe(200);
  });

  test('the log of a refused schema says what to change, as the answer does', async () => {
    const token = 'an-administrator-of-the-tests';
    const file = `auth: { tokens: [{ name: root, tenant: default, scopes: [admin], sha256: ${hash('sha256', token)} }] }`;
    const server = serving(['--config', join(folderWith({ 'portico.yaml': file }), 'portico.yaml')]);
    const url = ADDRESS.exec(await server.says(/serves at \S+/))?.[0];
    const answer = await fetch(`${url}/admin/schemas/urn:acme:badge`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ name: 'Badge', attributes: [{ name: 'a', type: 'text' }] }),
    });
    expect(answer.status).toBe(400);
    const line = await server.says(/"operation":"putSchema".*\n/);
    expect(line).toContain('the schemas have faults: attributes[0].type: expected one of string');
  });

  test('behind a proxy it shows where it listens as well', async () => {
    const server = serving(['--config', configuration('{ publicUrl: "https://id.example.com", drainSeconds: 0 }')]);
    const words = await server.says(/Portico[\s\S]+To try:/);
    expect(words).toContain('serves at https://id.example.com\n');
    const listening = /listens on (http:\/\/[\d.:]+)/.exec(words)?.[1];
    expect((await fetch(`${listening}/readyz`)).status).toBe(200);
  });

  test('what the file says of credentials holds: raw tokens, whom a token stands for, what is public', async () => {
    const token = 'a-token-of-the-tests';
    const entry = `{ name: idp, tenant: default, scopes: ['scim:read', 'scim:write'], user: ada, sha256: ${hash('sha256', token)} }`;
    const file = `server: { publicServiceProviderConfig: false }
tenants: { default: { rawTokens: true, sensitiveFilters: [emails] } }
auth: { tokens: [${entry}] }`;
    const server = serving(['--config', join(folderWith({ 'portico.yaml': file }), 'portico.yaml')]);
    const url = `${ADDRESS.exec(await server.says(/serves at \S+/))?.[0]}/scim`;
    const ask = (path: string, authorization?: string, init: RequestInit = {}) =>
      fetch(url + path, {
        ...init,
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      });
    const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'Ada' });
    expect((await ask('/Users', token, { method: 'POST', body })).status).toBe(201);
    const self = await ask('/Me', `Bearer ${token}`);
    expect(await self.json()).toMatchObject({ userName: 'Ada' });
    expect(self.headers.get('location')).toMatch(/\/scim\/v2\/Users\/./);
    expect((await ask('/ServiceProviderConfig')).status).toBe(401);
    expect((await ask('/Users?filter=emails%20pr', token)).status).toBe(403);
    const long = await ask(`/Users?filter=${'a'.repeat(20_000)}`, token);
    expect([long.status, long.headers.get('content-type')]).toEqual([431, 'application/scim+json']);
    expect(await long.json()).toMatchObject({ status: '431' });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it well once it has drained', async (signal) => {
    const server = serving(['--config', configuration('{ drainSeconds: 0 }')]);
    await server.says(/To try/);
    server.child.kill(signal);
    expect(await server.ended()).toMatchObject({ code: 0, err: '' });
  });

  test('a second signal ends it at once, though not two that come together, as npm sends them', async () => {
    const server = serving(['--config', configuration('{ drainSeconds: 60 }')]);
    const url = ADDRESS.exec(await server.says(/serves at \S+/))?.[0];
    server.child.kill('SIGINT');
    server.child.kill('SIGINT');
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 5_000 }).toBe(503);
    await expect
      .poll(
        () => {
          server.child.kill('SIGTERM');
          return server.child.exitCode;
        },
        { timeout: 5_000 },
      )
      .toBe(1);
  });

  test('a port that is taken is named, with what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { code, out, err } = await serving([], { PORTICO_PORT: `${port}` }).ended();
    other.close();
    expect(err).toMatch(new RegExp(`^portico: 127\\.0\\.0\\.1:${port} is taken: .*PORTICO_PORT`));
    expect({ code, out }).toEqual({ code: 1, out: '' });
  });

  test('a configuration with faults is not served', async () => {
    const { code, out, err } = await portico('serve', '--config', configuration('{ prot: 1 }'));
    expect(err).toContain('server.prot: expected a known key; did you mean "port"?');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('npm start', () => {
  test('passes its flags on, and a SIGTERM to it ends the server', async () => {
    const npm = new Running('npm', ['start', '--', '--config', configuration('{ drainSeconds: 0 }')], {
      PORTICO_PORT: '0',
    });
    const url = ADDRESS.exec(await npm.says(/serves at \S+/))?.[0];
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    npm.child.kill('SIGTERM');
    expect((await npm.ended()).code).toBe(0);
    await expect(fetch(`${url}/livez`)).rejects.toThrow('fetch failed');
  });
});

async function shell(command: string): Promise<unknown> {
  const { code, out, err } = await new Running('sh', ['-c', command.replace('curl', 'curl -sS')], {}).ended();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}
