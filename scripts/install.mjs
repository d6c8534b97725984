// @ts-check
/**
 * Installs what package-lock.json asks for and node_modules lacks, and nothing where it lacks nothing. Runs under the Node that
 * the system has (20 or newer), with no package at hand. `node scripts/install.mjs runtime|all` prints the path of a Node 24.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RUNTIME_MAJOR = 24;

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }} Locked
 * @typedef {Readonly<Record<string, Locked>>} Lock
 */

/** @param {string} file @returns {Lock | undefined} */
function readLock(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/**
 * The packages of the lock file that are not installed as it says. Optional ones, which other platforms need, count only where
 * another version of them is there. @param {boolean} withDev
 */
function findMissing(withDev) {
  const wanted = Object.entries(readLock(join(ROOT, 'package-lock.json')) ?? {});
  const installed = readLock(join(ROOT, 'node_modules/.package-lock.json')) ?? {};
  return wanted
    .filter(([path, { dev }]) => path !== '' && (withDev || !dev))
    .filter(([path, { version, optional, devOptional }]) => {
      const present = installed[path];
      if (present === undefined) return !optional && !devOptional;
      return present.version !== version || !existsSync(join(ROOT, path, 'package.json'));
    })
    .map(([path]) => path);
}

/** Whether an earlier `npm test` has installed packages that a runtime installation would take away. */
function hasDevPackages() {
  return Object.values(readLock(join(ROOT, 'node_modules/.package-lock.json')) ?? {}).some(({ dev }) => dev);
}

/**
 * @param {'runtime' | 'all'} what
 * @returns {string} the path of a Node that runs TypeScript
 * @throws {Error} with what stands in the way, for whoever typed the command
 */
export function install(what) {
  const withDev = what === 'all';
  const missing = findMissing(withDev);
  if (missing.length > 0) {
    process.stderr.write(`Installing ${missing.length} packages from package-lock.json ...\n`);
    const omit = withDev || hasDevPackages() ? '--include=dev' : '--omit=dev';
    const flags = [omit, '--no-audit', '--no-fund', '--loglevel=error'];
    const { status, error } = spawnSync('npm', ['ci', ...flags], { cwd: ROOT, stdio: ['ignore', 2, 2] });
    if (status !== 0)
      throw new Error(`npm ci failed${error ? `: ${error.message}` : ''}; packages come from npm's registry`);
  }
  return findNode();
}

function findNode() {
  const packaged = join(ROOT, 'node_modules/.bin/node');
  if (existsSync(packaged)) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= RUNTIME_MAJOR) return process.execPath;
  throw new Error(
    `Node ${RUNTIME_MAJOR} is needed: npm brought none for ${process.platform}-${process.arch}, so install it yourself`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(install(process.argv[2] === 'all' ? 'all' : 'runtime'));
  } catch (error) {
    process.stderr.write(`portico: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
