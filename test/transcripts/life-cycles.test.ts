import { afterAll, beforeAll, describe, test } from 'vitest';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { lifeCycle } from './runner.ts';
import { loadLifeCycle, type Transcript } from './transcript.ts';

const FOLDERS = ['entra', 'entra-aadoptscim062020', 'okta'];

let gateway: ScimGateway;
beforeAll(async () => {
  gateway = await openScimGateway({ tenants: FOLDERS });
});
afterAll(() => gateway.close());

describe.each(FOLDERS)('the life cycle of %s runs over HTTP', (folder) => {
  let replay: (transcript: Transcript) => Promise<void>;
  beforeAll(() => {
    replay = lifeCycle(gateway.client(folder));
  });

  for (const transcript of loadLifeCycle(folder)) {
    test(`${transcript.file} (${transcript.shapes.join(', ')}): ${transcript.step}`, () => replay(transcript));
  }
});
