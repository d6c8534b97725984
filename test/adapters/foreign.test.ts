import { openAdapter } from '#adapters/registry.ts';
import { adapterContract } from '#test/contract/adapter-contract.ts';
import { contractShape } from '#test/contract/sample.ts';

const PATH = '../support/foreign-adapter/foreign-adapter.ts';

await adapterContract("a third party's adapter, loaded by path", () =>
  openAdapter(PATH, {}, contractShape, import.meta.dirname),
);
