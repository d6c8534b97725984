// @ts-check
/** `npm run verify`: every check of the sources, then the tests; the last line is that of `npm test`. */
import { install } from './install.mjs';
import { finish, run } from './run.mjs';

const CHECKS = ['check:types', 'check:lint', 'check:layers', 'check:generated', 'check:breaking'];

try {
  install('all');
  const failed = [];
  for (const check of CHECKS) if (!(await run('npm', ['run', '--silent', check]))) failed.push(check);
  if (failed.length === 0) await import('./test.mjs');
  else stop(`${failed.join(', ')} failed, so the tests were not run`, failed.length);
} catch (error) {
  stop(error instanceof Error ? error.message : String(error), 1);
}

/** @param {string} reason @param {number} failed */
function stop(reason, failed) {
  process.stderr.write(`npm run verify: ${reason}\n`);
  finish({ passed: 0, failed, skipped: 0 });
}
