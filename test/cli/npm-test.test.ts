import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ROOT, Running } from './portico.ts';

/** What `npm test` prints last, and ends with, where these are all the test files there are. */
async function lastLine(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly line: string; readonly code: number | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-npm-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'test'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(
      join(folder, 'test', name),
      `import { beforeAll, describe, expect, test } from 'vitest';\n${content}`,
    );
  }
  const args = [join(ROOT, 'scripts/test.mjs'), '--root', folder, '--config', join(ROOT, 'vitest.config.ts')];
  const { code, out } = await new Running(process.execPath, args, {}).ended();
  return { line: out.trimEnd().split('\n').at(-1) ?? '', code };
}

const PASSES = "test('passes', () => {});";
const FAILS = "test('fails', () => expect(1).toBe(2));";

describe('npm test ends with one line of counts, and with 0 only where nothing failed', () => {
  test('where all is well', async () => {
    const outcome = await lastLine({ 'a.test.ts': `${PASSES} test.skip('later', () => {});` });
    expect(outcome).toEqual({ line: '1 passed, 0 failed, 1 skipped', code: 0 });
  });

  test('where tests fail, files do not load, hooks throw and promises go astray', async () => {
    const outcome = await lastLine({
      'a.test.ts': `${PASSES} ${FAILS}`,
      'does-not-load.test.ts': "throw new Error('while loading');",
      'hook.test.ts': `describe('a suite', () => { beforeAll(() => { throw new Error('in a hook'); }); ${PASSES} });`,
      'stray.test.ts': "test('passes', () => { void Promise.reject(new Error('astray')); });",
    });
    expect(outcome).toEqual({ line: '2 passed, 4 failed, 1 skipped', code: 1 });
  });

  test('where there is no test at all', async () => {
    expect(await lastLine({})).toEqual({ line: '0 passed, 1 failed, 0 skipped', code: 1 });
  });
});
