/** `npm run check:cache -- [--operations 1000000] [--seed N] [--fault killed] [--plant no-lease]`: whether what the cache answers can be explained. */
import { parseArgs } from 'node:util';
import { checkUnder } from './check-under.ts';
import { FAULTS, type Fault } from './faults.ts';
import { PLANTS, type Plant } from './plants.ts';

const AT_ONCE = 20_000;

const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '1000000' },
    seed: { type: 'string' },
    fault: { type: 'string' },
    plant: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const operations = Number(values.operations);
const fault = FAULTS.find((each) => each === values.fault);
const plant = PLANTS.find((each) => each === values.plant);
if (!(operations >= 1) || !Number.isInteger(seed) || values.fault !== fault || values.plant !== plant) {
  process.stderr.write(
    `npm run check:cache -- [--operations 1000000] [--seed N] [--fault ${FAULTS.join(' | ')}] [--plant ${PLANTS.join(' | ')}]\n`,
  );
  process.exit(2);
}
process.stdout.write(`seed ${seed}\n`);
const total = { operations: 0, violations: 0 };
for (let round = 0; total.operations < operations; round++) {
  await checkRound(fault ?? (FAULTS[round % FAULTS.length] as Fault), seed + round, plant);
}
process.stdout.write(`${total.operations} operations, ${total.violations} violations\n`);
process.exitCode = total.violations === 0 ? 0 : 1;

async function checkRound(harm: Fault, own: number, planted: Plant | undefined): Promise<void> {
  const options = { seed: own, operations: Math.min(AT_ONCE, operations), onMarkFailure: 'refuse' } as const;
  const checked = await checkUnder(harm, planted === undefined ? options : { ...options, plant: planted });
  const { violations, refused, unknown, events } = checked;
  const counts = Object.entries({ ...events, refused, unknown }).map(([name, count]) => `${name} ${count}`);
  process.stdout.write(`${harm} (seed ${own}): ${checked.operations} operations, ${counts.join(', ')}\n`);
  for (const { key, because } of violations.slice(0, 5)) process.stdout.write(`  ${key}: ${because}\n`);
  total.operations += checked.operations;
  total.violations += violations.length;
}
