import { memory } from '#adapters/memory/memory-adapter.ts';
import { observed } from '#telemetry/observed-adapter.ts';
import { adapterContract } from '#test/contract/adapter-contract.ts';
import { contractShape } from '#test/contract/sample.ts';
import { faultInjecting } from '#test/support/fault-injecting-adapter.ts';

const open = () => memory.open(memory.options.parse({}), contractShape);

await adapterContract('memory', open);
await adapterContract('memory, observed', async () => observed(await open(), () => {}));
await adapterContract('memory, behind a fault injector with no fault armed', async () =>
  faultInjecting(await open(), null),
);
