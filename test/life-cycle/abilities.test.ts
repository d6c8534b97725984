import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { start } from '#src/compose.ts';
import { faultsOf, load, TOKEN } from '../config/configured.ts';

const FOREIGN = fileURLToPath(new URL('../support/foreign-adapter/foreign-adapter.ts', import.meta.url));

test('a backend that retains nothing is not started for a tenant that retains', async () => {
  const yaml = (onDelete: string) => `
server: { port: 0, drainSeconds: 0 }
backends: { own: { adapter: ${FOREIGN} } }
tenants: { default: { lifeCycle: { onDelete: ${onDelete} } } }
${TOKEN}`;
  const starting = async () => {
    await start(await load(yaml('retain')));
    throw new Error('it started');
  };
  expect(await faultsOf(starting())).toEqual([
    {
      path: 'tenants.default.lifeCycle.onDelete',
      expected: 'remove or deactivate, since the backend "own" retains nothing',
      got: '"retain"',
    },
  ]);
  const started = await start(await load(yaml('deactivate')));
  await started.close();
});
