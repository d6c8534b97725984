/** `npm run fuzz -- [target ...] [--minutes 10] [--cases 20000] [--seed N] [--profile strict]`: requests that nobody should send, against a gateway of its own. */
import { hash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startPortico } from '#test/support/portico-process.ts';
import { scimClient } from '#test/support/scim-client.ts';
import { prepare, runTarget, TARGET_NAMES } from './campaign.ts';
import { fuzzGraphql } from './graphql/fuzz-graphql.ts';

const GRAPHQL = 'graphql';
const TOKEN = 'a token of the fuzzer';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '10' },
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    profile: { type: 'string', default: 'default' },
  },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const names = [...TARGET_NAMES, GRAPHQL];
const targets = positionals.length === 0 ? names : positionals;
const unknown = targets.filter((name) => !names.includes(name));
const cases = Number(values.cases);
if (unknown.length > 0 || !Number.isInteger(seed) || !(Number(values.minutes) > 0) || !(cases >= 1)) {
  process.stderr.write(
    `npm run fuzz -- [${names.join(' | ')}]... [--minutes 10] [--cases 20000] [--seed N] [--profile strict]\n` +
      '--minutes are for all targets but graphql together; --cases are for graphql: so many valid documents, and so many that are mutated\n',
  );
  process.exit(2);
}

const scopes = ['scim:read', 'scim:write', 'graphql:read', 'graphql:write'];
const token = { name: 'fuzz', tenant: 'fuzz', scopes, sha256: hash('sha256', TOKEN) };
const config = {
  server: { port: 0, drainSeconds: 0 },
  tenants: { fuzz: { profile: values.profile } },
  auth: { tokens: [token] },
};
const env = { NODE_ENV: 'production', NODE_OPTIONS: '--inspect=127.0.0.1:0' };
const portico = await startPortico(JSON.stringify(config), env);
const judge = await prepare(scimClient(`${portico.url}/scim/v2`, TOKEN));
process.stdout.write(`seed ${seed}\n`);
const timed = targets.filter((name) => name !== GRAPHQL);
for (const name of timed) {
  const milliseconds = (Number(values.minutes) * 60_000) / timed.length;
  const { cases: count, failure } = await runTarget(name, judge, { seed, milliseconds });
  process.stdout.write(`${name}: ${count} cases, ${failure === undefined ? 'no finding' : `a finding\n${failure}`}\n`);
  if (failure !== undefined) process.exitCode = 1;
}
if (targets.includes(GRAPHQL)) {
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  if (!(await fuzzGraphql(portico, { token: TOKEN, seed, cases, print }))) process.exitCode = 1;
}
const exit = await portico.stop();
if (exit !== 0) {
  process.stdout.write(`the gateway ended with ${exit}\n`);
  process.exitCode = 1;
}
