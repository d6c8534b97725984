import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { createUser, USER } from '../scim/people.ts';
import { shown } from './answers.ts';
import { openRows } from './rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'portico-heap-'));
afterAll(() => rmSync(folder, { recursive: true }));
const row = openRows({ env: { NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${folder}` } });

/** Every string that the gateway's process holds, once it has written them down. */
async function strings(signal: (name: NodeJS.Signals) => void): Promise<string> {
  signal('SIGUSR2');
  let text = '';
  await expect
    .poll(
      () => {
        const [name] = readdirSync(folder);
        text = name === undefined ? '' : readFileSync(join(folder, name), 'utf8');
        return text.trimEnd().endsWith(']}');
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBe(true);
  return text.slice(text.lastIndexOf('"strings"'));
}

row('D14', async ({ scim, root, output, signal }) => {
  const secrets = ['Canary-Created-1', 'Canary-Put-2', 'Canary-Patched-3'];
  const [created = '', put = '', patched = ''] = secrets;
  const body = { schemas: [USER], userName: 'kept-in-memory' };
  const { id } = shown(await scim.post('/Users', { ...body, password: created }));
  await scim.put(`/Users/${id}`, { ...body, password: put });
  await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'password', value: patched }]);
  for (let index = 0; index < 50; index += 1) await createUser(scim, `after${index}`);
  const metrics = await root.get('/metrics');
  expect(metrics.status).toBe(200);
  const kept = await strings(signal);
  expect(kept).toContain('kept-in-memory');
  expect(kept).toContain('$argon2id$');
  for (const secret of secrets) {
    for (const text of [kept, metrics.text, output()]) expect(text.includes(secret), secret).toBe(false);
  }
});
