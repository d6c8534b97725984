// @ts-check
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/** What the tests use beside npm's packages: a command, and the Debian package that brings it. */
const NEEDED = [
  { command: 'wrk', package: 'wrk' },
  { command: 'chromium', package: 'chromium' },
];

/** Installs what is missing, as root on Debian. @throws {Error} elsewhere, naming what to install */
export async function installSystemPackages() {
  const missing = NEEDED.filter(({ command }) => !isOnPath(command)).map((needed) => needed.package);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw new Error(
      `the tests need ${missing.join(' and ')}; on Debian, as root: apt-get install ${missing.join(' ')}`,
    );
  }
  process.stderr.write(`Installing ${missing.join(' and ')} by apt ...\n`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  const installed =
    (await run('apt-get', ['update', '-qq'], quiet)) &&
    (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet));
  if (!installed) throw new Error(`apt-get could not install ${missing.join(' and ')}`);
}

/** @param {string} command */
function isOnPath(command) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}
