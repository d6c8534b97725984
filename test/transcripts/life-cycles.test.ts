import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import { scimClient } from '#test/support/scim-client.ts';
import { ADAPTERS, NOT_RUN, type StartedBackend, type TestedAdapter } from './adapters.ts';
import { lifeCycle } from './runner.ts';
import { type LifeCycle, loadLifeCycles, type Transcript } from './transcript.ts';

const LIFE_CYCLES = loadLifeCycles();
const SCOPES = ['scim:read', 'scim:write', 'graphql:read', 'admin'];

/** Each identity provider has a tenant of its own on each backend and for each profile, and all of them one server. */
const RUNS = ADAPTERS.flatMap((adapter) =>
  LIFE_CYCLES.filter((cycle) => reasonAgainst(adapter, cycle) === undefined).flatMap((cycle) =>
    cycle.profiles.map((profile) => ({ adapter, cycle, profile, tenant: tenantOf(cycle.folder, profile, adapter) })),
  ),
);

const configOf = (backends: { readonly [name: string]: StartedBackend['backend'] }) =>
  JSON.stringify({
    server: { port: 0, drainSeconds: 0, trustedProxies: ['127.0.0.1'] },
    backends,
    tenants: Object.fromEntries(
      RUNS.map(({ adapter, cycle, profile, tenant }) => [tenant, { profile, ...cycle.tenant, backend: adapter.name }]),
    ),
    auth: {
      tokens: RUNS.map(({ tenant }) => ({
        name: tenant,
        tenant,
        scopes: SCOPES,
        sha256: hash('sha256', tokenOf(tenant)),
      })),
    },
  });

let portico: PorticoProcess;
let started: readonly StartedBackend[] = [];
beforeAll(async () => {
  started = await Promise.all(ADAPTERS.map(({ name, start }) => start(tenantsOn(name))));
  portico = await startPortico(
    configOf(Object.fromEntries(started.map(({ backend }, i) => [ADAPTERS[i]?.name, backend]))),
  );
}, 300_000);
afterAll(async () => {
  expect(await portico.stop()).toBe(0);
  await Promise.all(started.map((backend) => backend.stop()));
}, 30_000);

describe.each(RUNS)(
  'the life cycle of $cycle.folder over HTTP, profile $profile, backend $adapter.name',
  ({ adapter, cycle, tenant }) => {
    let replay: (transcript: Transcript) => Promise<void>;
    beforeAll(() => {
      const token = tokenOf(tenant);
      replay = lifeCycle(scimClient(`${portico.url}/scim/v2`, token), token, adapter.supports);
      return () => started[ADAPTERS.indexOf(adapter)]?.clear?.();
    });

    for (const step of cycle.steps) {
      test(`${step.file} (${step.shapes.join(', ')}): ${step.step}`, () => replay(step));
    }
  },
);

for (const adapter of ADAPTERS) {
  for (const cycle of LIFE_CYCLES) {
    const reason = reasonAgainst(adapter, cycle);
    if (reason === undefined) continue;
    test(`the life cycle of ${cycle.folder}, backend ${adapter.name}`, ({ skip }) => {
      process.stderr.write(`not over ${adapter.name}: "${cycle.folder}": the backend ${reason}\n`);
      skip(reason);
    });
  }
}

for (const { name, missing } of NOT_RUN) {
  test(`life cycles, backend ${name}`, ({ skip }) => {
    process.stderr.write(`life cycles over ${name}: not run, ${missing}\n`);
    skip(missing);
  });
}

/** Why the backend does not have what the life cycle needs; undefined where it does. */
function reasonAgainst({ lacks }: TestedAdapter, { needs }: LifeCycle): string | undefined {
  const [missing] = needs.filter((need) => lacks[need] !== undefined);
  return missing && lacks[missing];
}

function tenantsOn(backend: string): readonly string[] {
  return RUNS.filter(({ adapter }) => adapter.name === backend).map(({ tenant }) => tenant);
}

function tenantOf(folder: string, profile: string, { name }: TestedAdapter): string {
  return `${folder}-${profile}-${name}`;
}

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
    const tenant = `${folder}-default-memory`;
    const [first, before] = [await adapterCalls(tenant), await adapterCalls(tenant)];
    const headers = { authorization: `Bearer ${tokenOf(tenant)}`, 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) };
    const answer = await fetch(`${portico.url}/graphql`, request);
    expect(await answer.json()).toStrictEqual({ data: { users: { nodes } } });
    const countingCosts = before - first;
    expect((await adapterCalls(tenant)) - before - countingCosts).toBe(calls);
  });
});

/** As `/metrics` counts them, whatever the method; counting resources for the same page costs some of its own. */
async function adapterCalls(tenant: string): Promise<number> {
  const headers = { authorization: `Bearer ${tokenOf(tenant)}` };
  const text = await (await fetch(`${portico.url}/metrics`, { headers })).text();
  const counts = [...text.matchAll(/^portico_adapter_calls_total\{.*method="(\w+)".*\} (\d+)$/gm)];
  expect(counts.length).toBeGreaterThan(0);
  return counts.reduce((sum, [, , count]) => sum + Number(count), 0);
}

function tokenOf(tenant: string): string {
  return `token-of-the-tests-for-${tenant}`;
}
