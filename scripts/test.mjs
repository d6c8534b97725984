// @ts-check
/** `npm test`: brings what the tests need, runs them all, or those that the arguments name, and ends with one line of counts. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install } from './install.mjs';
import { finish, run } from './run.mjs';
import { installSystemPackages } from './system-packages.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portico-test-'));
try {
  install('all');
  await installSystemPackages();
  finish(await runVitest(join(folder, 'counts.json')));
} catch (error) {
  process.stderr.write(`npm test: ${error instanceof Error ? error.message : error}\n`);
  finish({ passed: 0, failed: 1, skipped: 0 });
} finally {
  rmSync(folder, { recursive: true });
}

/** A run that ends badly without a failed test, or without counts, has failed all the same. @param {string} file */
async function runVitest(file) {
  const well = await run('vitest', ['run', ...process.argv.slice(2)], { PORTICO_TEST_COUNTS: file });
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  return well || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}
