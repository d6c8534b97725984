import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { scimClient } from '#test/support/scim-client.ts';
import { lifeCycle } from './runner.ts';
import { loadLifeCycle, type Transcript } from './transcript.ts';

/** Each identity provider has a tenant of its own on one server. */
const FOLDERS = ['entra', 'entra-aadoptscim062020', 'okta'];
const SCOPES = ['scim:read', 'scim:write', 'graphql:read', 'admin'];

const tokens = FOLDERS.map((name) => ({ name, tenant: name, scopes: SCOPES, sha256: hash('sha256', tokenOf(name)) }));
const config = JSON.stringify({
  server: { port: 0, drainSeconds: 0 },
  tenants: Object.fromEntries(FOLDERS.map((folder) => [folder, {}])),
  auth: { tokens },
});

let portico: PorticoProcess;
beforeAll(async () => {
  portico = await startPortico(config);
}, 30_000);
afterAll(async () => {
  expect(await portico.stop()).toBe(0);
}, 30_000);

describe.each(FOLDERS)('the life cycle of %s runs over HTTP', (folder) => {
  let replay: (transcript: Transcript) => Promise<void>;
  beforeAll(() => {
    replay = lifeCycle(scimClient(`${portico.url}/scim/v2`, tokenOf(folder)));
  });

  for (const transcript of loadLifeCycle(folder)) {
    test(`${transcript.file} (${transcript.shapes.join(', ')}): ${transcript.step}`, () => replay(transcript));
  }
});

const QUERY = `{
  users(first: 100, orderBy: [{ field: USER_NAME }]) {
    nodes { userName active manager { userName } memberOf(first: 10) { nodes { displayName } } }
  }
}`;
const staff = (displayName: string) => ({ nodes: [{ displayName }] });

describe('afterwards one GraphQL query returns the people with their groups and managers in one call each', () => {
  test.each([
    [
      'entra',
      3,
      [
        {
          userName: 'ada.king@contoso.com',
          active: true,
          manager: { userName: 'grace.hall@contoso.com' },
          memberOf: staff('Engineering'),
        },
        { userName: 'grace.hall@contoso.com', active: true, manager: null, memberOf: staff('Engineering') },
      ],
    ],
    [
      'okta',
      2,
      [
        { userName: 'other.user@okta.local', active: true, manager: null, memberOf: staff('Test SCIMv2') },
        { userName: 'test.user@okta.local', active: true, manager: null, memberOf: staff('Test SCIMv2') },
      ],
    ],
  ])('of %s', async (folder, calls, nodes) => {
    const [first, before] = [await adapterCalls(folder), await adapterCalls(folder)];
    const headers = { authorization: `Bearer ${tokenOf(folder)}`, 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) };
    const answer = await fetch(`${portico.url}/graphql`, request);
    expect(await answer.json()).toStrictEqual({ data: { users: { nodes } } });
    const countingCosts = before - first;
    expect((await adapterCalls(folder)) - before - countingCosts).toBe(calls);
  });
});

/** As `/metrics` counts them, whatever the method; counting resources for the same page costs some of its own. */
async function adapterCalls(folder: string): Promise<number> {
  const headers = { authorization: `Bearer ${tokenOf(folder)}` };
  const text = await (await fetch(`${portico.url}/metrics`, { headers })).text();
  const counts = [...text.matchAll(/^portico_adapter_calls_total\{.*method="(\w+)".*\} (\d+)$/gm)];
  expect(counts.length).toBeGreaterThan(0);
  return counts.reduce((sum, [, , count]) => sum + Number(count), 0);
}

function tokenOf(tenant: string): string {
  return `a token of the tests for ${tenant}`;
}
