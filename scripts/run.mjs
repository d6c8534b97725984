// @ts-check
import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a program of node_modules/.bin (or any other) in the repository's root with its output shown, and passes signals on to it.
 * @param {string} program @param {readonly string[]} args @param {Readonly<Record<string, string>>} env
 * @returns {Promise<boolean>} whether it ended well
 */
export function run(program, args, env = {}) {
  const path = [`${ROOT}node_modules/.bin`, dirname(process.execPath), process.env['PATH']].join(delimiter);
  const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, PATH: path, ...env } });
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on('SIGTERM', forward).on('SIGINT', forward);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${program}: ${error.message}\n`);
      resolve(false);
    });
    child.once('exit', (code) => resolve(code === 0));
  }).finally(() => process.off('SIGTERM', forward).off('SIGINT', forward));
}

/**
 * The last line of `npm test` and `npm run verify`, whatever became of them; whoever runs them reads nothing else.
 * @param {{ passed: number, failed: number, skipped: number }} counts
 */
export function finish({ passed, failed, skipped }) {
  process.exitCode = failed > 0 ? 1 : 0;
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
}
