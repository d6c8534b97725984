// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/** What the tests use beside npm's packages: a command, and the Debian package that brings it. */
const NEEDED = [
  { command: 'wrk', package: 'wrk' },
  { command: 'chromium', package: 'chromium' },
  { command: 'slapd', package: 'slapd' },
  { command: 'ldapsearch', package: 'ldap-utils' },
];

/** Where Debian puts servers, which is not on everybody's path. */
const SERVERS = '/usr/sbin';

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
  spawnSync('debconf-set-selections', { input: NO_SERVICE });
  const installed =
    (await run('apt-get', ['update', '-qq'], quiet)) &&
    (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet));
  if (!installed) throw new Error(`apt-get could not install ${missing.join(' and ')}`);
}

/** Without a configuration of its own Debian's slapd serves nothing; each test starts one with its own. */
const NO_SERVICE = 'slapd slapd/no_configuration boolean true\n';

/** @param {string} command */
function isOnPath(command) {
  return [...(process.env['PATH'] ?? '').split(delimiter), SERVERS].some((folder) => existsSync(join(folder, command)));
}
