import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { adapterContract } from '#test/contract/adapter-contract.ts';
import { contractShape } from '#test/contract/sample.ts';
import { callOf } from '#test/contract/subject.ts';
import { adapter } from '#test/support/remote-backend/remote-adapter.ts';
import { type BackendProcess, openBackendPlace } from '#test/support/remote-backend/start-backend.ts';

const place = openBackendPlace();
let stores = 0;
const open = (): Promise<DirectoryAdapter> => {
  stores += 1;
  return adapter.open(adapter.options.parse({ socket: place.socket, store: `store ${stores}` }), contractShape);
};

describe('a backend in a process of its own', () => {
  let backend: BackendProcess;
  beforeAll(async () => {
    backend = await place.start();
  });
  afterAll(async () => {
    await backend.kill();
    place.remove();
  });

  describe('keeps the contract', async () => {
    await adapterContract('remote', open);
  });

  test('that was never there is unavailable', async () => {
    const nowhere = await adapter.open({ socket: `${place.socket}-of-nobody`, store: 'one' }, contractShape);
    await expect(nowhere.ping(callOf())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
