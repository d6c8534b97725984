import { stringify } from 'yaml';
import { openAdapter } from '#adapters/registry.ts';
import type { BackendConfig, Config } from '#config/config.ts';
import { effectiveConfig } from '#config/effective-config.ts';
import { loadConfig } from '#config/load-config.ts';
import { loadSchemaSource } from '#config/schema-source.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { openSystemCall } from '#http/system-call.ts';
import { DirectoryError, type Fault } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';
import { checkOptions } from './check-options.ts';
import { type Command, EXIT, textFlag, UsageError } from './command.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** A name that no configuration can have, since asking whether a backend serves concerns no tenant. */
const NO_TENANT = '_system' as TenantId;

export const check: Command = {
  help: `Usage: portico check --config FILE [--connect]

Tells every fault of a configuration and of the schemas it names, or else prints what it comes to, secrets as ***.

  --config FILE   the configuration, see docs/configuration.md
  --connect       also ask every backend whether it can serve
`,
  options: { config: { type: 'string' }, connect: { type: 'boolean' } },
  async run(flags) {
    const file = textFlag(flags, 'config');
    if (file === undefined) throw new UsageError('check needs --config');
    const config = await loadConfig({ file, checkOptions });
    await checkSchemas(config, file);
    process.stdout.write(stringify(effectiveConfig(config), { lineWidth: 0 }));
    if (!flags['connect']) return EXIT.ok;
    const answers = await Promise.all([...config.backends.values()].map(connect));
    return answers.every(Boolean) ? EXIT.ok : EXIT.failed;
  },
};

async function checkSchemas(config: Config, file: string): Promise<void> {
  const faults: Fault[] = [];
  for (const { name, schemas, uniqueGroupNames } of config.tenants.values()) {
    try {
      openRegistry({ sources: await Promise.all(schemas.map(loadSchemaSource)), uniqueGroupNames });
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error;
      const path = `tenants.${name}.schemas`;
      const whole = { path, expected: 'documents of RFC 7643 §6 and §7', got: error.message };
      faults.push(
        ...(error.faults.length === 0
          ? [whole]
          : error.faults.map((fault) => ({ ...fault, path: `${path}: ${fault.path}` }))),
      );
    }
  }
  if (faults.length > 0) throw new DirectoryError('INVALID_VALUE', `${file} names schemas with faults`, { faults });
}

async function connect({ name, adapter, options }: BackendConfig): Promise<boolean> {
  const backend = await openAdapter(adapter, options, () => []);
  try {
    await backend.ping(openSystemCall(NO_TENANT, CONNECT_TIMEOUT_MS));
    process.stdout.write(`# backend ${name} can serve\n`);
    return true;
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    process.stderr.write(`portico: backend ${name} cannot serve: ${error.message}\n`);
    return false;
  } finally {
    await backend.close();
  }
}
