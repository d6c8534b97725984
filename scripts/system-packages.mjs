// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/** What the tests use beside npm's packages: a command, and the Debian packages that bring it. */
const NEEDED = [
  { command: 'wrk', packages: ['wrk'] },
  { command: 'chromium', packages: ['chromium'] },
  { command: 'slapd', packages: ['slapd'] },
  { command: 'ldapsearch', packages: ['ldap-utils'] },
  { command: 'redis-server', packages: ['redis-server'] },
];

/** Its ports are below 1024, so that who is not root does without. */
const NEEDED_BY_ROOT = [
  { command: 'samba', packages: ['samba', 'samba-ad-provision', 'samba-dsdb-modules', 'samba-vfs-modules'] },
];

/** Where Debian puts servers, which is not on everybody's path. */
const SERVERS = '/usr/sbin';

/** Installs what is missing, as root on Debian. @throws {Error} elsewhere, naming what to install */
export async function installSystemPackages() {
  const needed = process.getuid?.() === 0 ? [...NEEDED, ...NEEDED_BY_ROOT] : NEEDED;
  const missing = needed.filter(({ command }) => !isOnPath(command)).flatMap(({ packages }) => packages);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw new Error(
      `the tests need ${missing.join(' and ')}; on Debian, as root: apt-get install ${missing.join(' ')}`,
    );
  }
  process.stderr.write(`Installing ${missing.join(' and ')} by apt ...\n`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('debconf-set-selections', { input: NO_SERVICE });
  const installed = await withoutServices(
    async () =>
      (await run('apt-get', ['update', '-qq'], quiet)) &&
      (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet)),
  );
  if (!installed) throw new Error(`apt-get could not install ${missing.join(' and ')}`);
}

/** Without a configuration of its own Debian's slapd serves nothing; each test starts one with its own. */
const NO_SERVICE = 'slapd slapd/no_configuration boolean true\n';

/** Debian starts the services of a package that is installed, unless this answers 101: Samba would serve files to the network. */
const POLICY = '/usr/sbin/policy-rc.d';

/** @template T @param {() => Promise<T>} install */
async function withoutServices(install) {
  if (existsSync(POLICY)) return install();
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await install();
  } finally {
    rmSync(POLICY);
  }
}

/** @param {string} command */
function isOnPath(command) {
  return [...(process.env['PATH'] ?? '').split(delimiter), SERVERS].some((folder) => existsSync(join(folder, command)));
}
