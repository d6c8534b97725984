import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DirectoryError } from '#model/errors.ts';
import type { AdapterModule, DirectoryAdapter } from './adapter.ts';

type Load = () => Promise<AdapterModule<unknown>>;

/** Loaded when a configuration names them, so that nobody pays for a driver that he does not use. */
const BUILT_IN: ReadonlyMap<string, Load> = new Map<string, Load>([
  ['ldap', async () => (await import('./ldap/ldap-adapter.ts')).ldap],
  ['memory', async () => (await import('./memory/memory-adapter.ts')).memory],
  ['redis', async () => (await import('./redis/redis-adapter.ts')).redis],
]);

/** Exhaustive by its type, so that a method added to the contract is asked for here. */
const METHODS: Readonly<Record<Exclude<keyof DirectoryAdapter, 'name' | 'inspect'>, true>> = {
  capabilities: true,
  getMany: true,
  byKeys: true,
  find: true,
  linked: true,
  areLinked: true,
  write: true,
  secrets: true,
  changes: true,
  ping: true,
  close: true,
};

/**
 * Opens a backend by the name that a configuration gives it, as `loadAdapter` finds it.
 * @throws {DirectoryError} UNSUPPORTED where there is no such module or it does not fit; INVALID_VALUE with every fault of `options`
 */
export async function openAdapter(
  name: string,
  options: unknown,
  shape: Parameters<AdapterModule<unknown>['open']>[1],
  baseDir: string = process.cwd(),
): Promise<DirectoryAdapter> {
  const module = await loadAdapter(name, baseDir);
  const adapter = await module.open(module.options.parse(options), shape);
  checkMethods(name, adapter);
  return adapter;
}

/**
 * A built-in adapter, a path (`./my-adapter.ts`, from `baseDir` on), or a package; the latter two export `adapter`, an AdapterModule.
 * Opens nothing: `options.parse` of the result checks a configuration. @throws UNSUPPORTED
 */
export async function loadAdapter(name: string, baseDir: string = process.cwd()): Promise<AdapterModule<unknown>> {
  const load = BUILT_IN.get(name);
  return load ? load() : loadForeign(name, baseDir);
}

async function loadForeign(name: string, baseDir: string): Promise<AdapterModule<unknown>> {
  const isPath = name.startsWith('.') || isAbsolute(name);
  const specifier = isPath ? pathToFileURL(resolve(baseDir, name)).href : name;
  const { adapter }: { adapter?: unknown } = await import(specifier).catch((cause: unknown) => {
    throw notLoaded(name, isPath ? resolve(baseDir, name) : undefined, cause);
  });
  if (!isModule(adapter)) {
    throw unfit(name, 'must export `adapter` with `options.parse` and `open`, as docs/writing-an-adapter.md shows');
  }
  return adapter;
}

function isModule(value: unknown): value is AdapterModule<unknown> {
  return (
    hasFunction(value, 'open') &&
    'options' in value &&
    typeof value.options === 'object' &&
    hasFunction(value.options, 'parse')
  );
}

function hasFunction(value: unknown, name: string): value is object {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function';
}

function checkMethods(name: string, adapter: unknown): void {
  const missing = Object.keys(METHODS).filter((method) => !hasFunction(adapter, method));
  if (missing.length > 0) throw unfit(name, `opens something without ${missing.join(', ')}`);
}

function notLoaded(name: string, path: string | undefined, cause: unknown): DirectoryError {
  const where =
    path === undefined
      ? `is neither one of ${[...BUILT_IN.keys()].join(', ')} nor a package that loads`
      : `cannot be loaded from ${path}`;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DirectoryError('UNSUPPORTED', `adapter "${name}" ${where}: ${reason}`, { cause });
}

function unfit(name: string, reason: string): DirectoryError {
  return new DirectoryError('UNSUPPORTED', `adapter "${name}" ${reason}`);
}
