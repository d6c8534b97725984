/** `npm run fuzz -- [target ...] [--minutes 10] [--seed N] [--profile strict]`: requests that nobody should send, against a gateway of its own. */
import { hash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startPortico } from '#test/support/portico-process.ts';
import { scimClient } from '#test/support/scim-client.ts';
import { prepare, runTarget, TARGET_NAMES } from './campaign.ts';

const TOKEN = 'a token of the fuzzer';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    profile: { type: 'string', default: 'default' },
  },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const targets = positionals.length === 0 ? TARGET_NAMES : positionals;
const unknown = targets.filter((name) => !TARGET_NAMES.includes(name));
if (unknown.length > 0 || !Number.isInteger(seed) || !(Number(values.minutes) > 0)) {
  process.stderr.write(
    `npm run fuzz -- [${TARGET_NAMES.join(' | ')}]... [--minutes 10] [--seed N] [--profile strict]\n`,
  );
  process.exit(2);
}

const token = { name: 'fuzz', tenant: 'fuzz', scopes: ['scim:read', 'scim:write'], sha256: hash('sha256', TOKEN) };
const config = {
  server: { port: 0, drainSeconds: 0 },
  tenants: { fuzz: { profile: values.profile } },
  auth: { tokens: [token] },
};
const portico = await startPortico(JSON.stringify(config));
const judge = await prepare(scimClient(`${portico.url}/scim/v2`, TOKEN));
process.stdout.write(`seed ${seed}\n`);
for (const name of targets) {
  const milliseconds = (Number(values.minutes) * 60_000) / targets.length;
  const { cases, failure } = await runTarget(name, judge, { seed, milliseconds });
  process.stdout.write(`${name}: ${cases} cases, ${failure === undefined ? 'no finding' : `a finding\n${failure}`}\n`);
  if (failure !== undefined) process.exitCode = 1;
}
const exit = await portico.stop();
if (exit !== 0) {
  process.stdout.write(`the gateway ended with ${exit}\n`);
  process.exitCode = 1;
}
