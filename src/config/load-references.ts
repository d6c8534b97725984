import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DirectoryError, type Fault } from '#model/errors.ts';
import type { BackendConfig } from './config.ts';
import { printPath } from './faults.ts';
import { asList, asMapping, type Mapping } from './mapping.ts';
import { isReference, resolveSecret, resolveSecrets, type SecretSource } from './secret.ts';

export interface ReferenceSource extends SecretSource {
  /** Checks options as the adapter would; what it throws becomes faults of the backend. */
  readonly checkOptions?: ((adapter: string, options: object) => Promise<unknown>) | undefined;
}

export interface References {
  readonly secret: string | undefined;
  readonly backends: ReadonlyMap<string, BackendConfig>;
}

/** The shortest text that may sign cursors: 32 hex digits are 128 bits. */
const SECRET_LENGTH = 32;

/** Loads what a configuration names outside itself; whatever cannot be loaded is added to `source.faults`. */
export async function loadReferences(raw: Mapping, source: ReferenceSource): Promise<References> {
  await checkSchemaFiles(asMapping(raw['tenants']), source);
  await checkTrustedDocuments(raw, source);
  return {
    secret: await loadServerSecret(asMapping(raw['server'])['secret'], source),
    backends: await loadBackends(asMapping(raw['backends'] ?? { memory: { adapter: 'memory' } }), source),
  };
}

async function loadServerSecret(value: unknown, source: SecretSource): Promise<string | undefined> {
  if (typeof value !== 'string' && !isReference(value)) return undefined;
  const secret = await resolveSecret(value, ['server', 'secret'], source);
  if (secret !== undefined && secret.length < SECRET_LENGTH) {
    const remedy = '`openssl rand -hex 32` prints a good one';
    source.faults.push({ path: 'server.secret', expected: `at least ${SECRET_LENGTH} characters`, remedy });
  }
  return secret;
}

async function checkSchemaFiles(tenants: Mapping, { folder, faults }: SecretSource): Promise<void> {
  for (const [name, tenant] of Object.entries(tenants)) {
    for (const [index, file] of asList(asMapping(tenant)['schemas']).entries()) {
      if (typeof file !== 'string' || (await isReadable(resolve(folder, file)))) continue;
      const path = printPath(['tenants', name, 'schemas', index]);
      faults.push({ path, expected: 'a readable file', got: JSON.stringify(file) });
    }
  }
}

async function checkTrustedDocuments(raw: Mapping, { folder, faults }: SecretSource): Promise<void> {
  const tenants = Object.entries(asMapping(raw['tenants']));
  const places = [
    ['graphql', raw['graphql']],
    ...tenants.map(([name, tenant]) => [`tenants.${name}.graphql`, asMapping(tenant)['graphql']]),
  ];
  for (const [place, graphql] of places) {
    const file = asMapping(graphql)['trustedDocuments'];
    if (typeof file !== 'string' || (await isReadable(resolve(folder, file)))) continue;
    faults.push({ path: `${String(place)}.trustedDocuments`, expected: 'a readable file', got: JSON.stringify(file) });
  }
}

function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}

async function loadBackends(backends: Mapping, source: ReferenceSource): Promise<Map<string, BackendConfig>> {
  const loaded = new Map<string, BackendConfig>();
  for (const [name, backend] of Object.entries(backends)) {
    const { adapter: written, ...others } = asMapping(backend);
    if (typeof written !== 'string') continue;
    const adapter = /^\.{0,2}\//.test(written) ? resolve(source.folder, written) : written;
    const before = source.faults.length;
    const resolved = await resolveSecrets(others, ['backends', name], source);
    loaded.set(name, { name, adapter, ...resolved });
    if (source.faults.length === before) await checkOptions(name, adapter, resolved.options, source);
  }
  return loaded;
}

async function checkOptions(name: string, adapter: string, options: object, source: ReferenceSource): Promise<void> {
  const path = `backends.${name}`;
  try {
    await source.checkOptions?.(adapter, options);
  } catch (error) {
    source.faults.push(...optionFaults(error, path));
  }
}

function optionFaults(error: unknown, path: string): readonly Fault[] {
  if (!(error instanceof DirectoryError)) throw error;
  if (error.faults.length === 0)
    return [{ path: `${path}.adapter`, expected: 'an adapter that can be opened', got: error.message }];
  return error.faults.map((fault) => ({ ...fault, path: `${path}.${fault.path}` }));
}
