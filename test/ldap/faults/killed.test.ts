import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startDirectory, startGateway } from './gateway.ts';
import { Load, percentile } from './load.ts';

const ROUNDS = process.env['PORTICO_SOAK'] === undefined ? 2 : 20;
const DOWN_MS = 200;
const RECOVERY_MS = 2_000;
const SLACK_MS = 100;
/** What one operation of the directory may take, and a whole query. */
const [OPERATION_MS, QUERY_MS] = [4_000, 6_000];
/** What a request over SCIM may take. */
const SCIM_MS = 30_000;

test('slapd killed and restarted under load: no answer is wrong or late, nothing acknowledged is lost, nothing happens twice', {
  retry: 2,
  timeout: 120_000 + ROUNDS * 5_000,
}, async () => {
  const slapd = await startDirectory();
  await using gateway = await startGateway(slapd, { timeoutMs: OPERATION_MS }, { deadlineSeconds: QUERY_MS / 1_000 });
  const load = new Load(gateway, slapd);
  await load.start();
  const recoveries: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await load.served(performance.now());
    await slapd.kill();
    await wait(DOWN_MS);
    await slapd.start();
    recoveries.push(await load.served(performance.now()));
  }
  await load.stop();
  await slapd.stop();
  tell(load, recoveries);
  expect(load.wrong).toEqual([]);
  const late = load.samples.filter(({ kind, ms }) => ms > (kind === 'graphql' ? QUERY_MS : SCIM_MS) + SLACK_MS);
  expect(late).toEqual([]);
  expect(Math.max(...recoveries)).toBeLessThan(RECOVERY_MS);
});

function tell({ samples }: Load, recoveries: readonly number[]): void {
  const refused = samples.filter(({ status }) => status >= 300).map(({ ms }) => ms);
  const figures = {
    rounds: recoveries.length,
    served: samples.length - refused.length,
    refused: refused.length,
    'refusals, ms at p50 and p99': [percentile(refused, 0.5), percentile(refused, 0.99)].map(Math.round),
    'slowest request, ms': Math.round(Math.max(...samples.map(({ ms }) => ms))),
    'recovery, ms at p50 and most': [percentile(recoveries, 0.5), Math.max(...recoveries)].map(Math.round),
  };
  process.stderr.write(`slapd killed under load: ${JSON.stringify(figures)}\n`);
}
