import { dirname, resolve } from 'node:path';
import { DirectoryError, type Fault } from '#model/errors.ts';
import { assembleConfig } from './assemble-config.ts';
import { checkMeaning } from './check-meaning.ts';
import type { Config } from './config.ts';
import { developmentConfig } from './development-config.ts';
import { applyEnvironment, blameEnvironment, checkTokenVariable } from './environment.ts';
import { issueToFaults } from './faults.ts';
import { loadReferences } from './load-references.ts';
import type { Mapping } from './mapping.ts';
import { configSchema } from './schema.ts';
import type { Environment } from './secret.ts';

export interface ConfigSource {
  /** Path of a YAML file; absent for the development configuration. */
  readonly file?: string;
  readonly flags?: { readonly demo?: { readonly people: number; readonly seed: number } };
  /** The process's own environment where absent; nothing outside this folder reads that. */
  readonly env?: Environment;
  /** Checks a backend's options as its adapter would, so that their faults are told with all others. */
  readonly checkOptions?: (adapter: string, options: object) => Promise<unknown>;
}

/**
 * Reads, checks and completes a configuration. @throws {DirectoryError} INVALID_VALUE with every fault at once: the path of the key
 * (or the name of the variable, or a line), what was expected, what came unless that may be a secret, and what to do
 */
export async function loadConfig(source: ConfigSource): Promise<Config> {
  const { file, flags = {}, env = process.env } = source;
  const faults: Fault[] = [...checkTokenVariable(env, file)];
  const { raw: written, token } = file === undefined ? developmentConfig(env) : { raw: await readFrom(file) };
  const raw = applyEnvironment(written, env);
  const parsed = configSchema.safeParse(raw);
  const issues = parsed.error?.issues ?? [];
  faults.push(...issues.flatMap((issue) => issueToFaults(issue, raw)));
  if (file !== undefined) faults.push(...checkMeaning(raw));
  const folder = file === undefined ? process.cwd() : dirname(resolve(file));
  const references = await loadReferences(raw, { env, folder, faults, checkOptions: source.checkOptions });
  if (!parsed.success || faults.length > 0) throw invalid(file, blameEnvironment(faults, env));
  const config = assembleConfig(parsed.data, references, folder);
  const demoFaults = flags.demo ? checkDemo(config) : [];
  if (demoFaults.length > 0) throw invalid(file, demoFaults);
  return {
    ...config,
    ...(flags.demo && { demo: flags.demo }),
    ...(token !== undefined && { development: { token } }),
  };
}

/** The YAML parser is loaded for those alone who have a file. */
async function readFrom(file: string): Promise<Mapping> {
  const { readConfigFile } = await import('./read-config-file.ts');
  return readConfigFile(file);
}

/** Invented people belong into no directory that outlives the process. */
function checkDemo({ tenants, backends }: Config): readonly Fault[] {
  const [first] = tenants.values();
  const backend = backends.get(first?.backend ?? '');
  if (backend?.adapter === 'memory') return [];
  return [
    { path: '--demo', expected: 'the first tenant to have a memory backend', got: JSON.stringify(backend?.adapter) },
  ];
}

function invalid(file: string | undefined, faults: readonly Fault[]): DirectoryError {
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
  return new DirectoryError('INVALID_VALUE', `${file ?? 'the configuration'} has ${count}`, { faults });
}
