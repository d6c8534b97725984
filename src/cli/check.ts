import { stringify } from 'yaml';
import { openAdapter } from '#adapters/registry.ts';
import type { BackendConfig } from '#config/config.ts';
import { effectiveConfig } from '#config/effective-config.ts';
import { loadConfig } from '#config/load-config.ts';
import { openSystemCall } from '#http/system-call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';
import { loadSchemas } from '../load-schemas.ts';
import { checkTrustedDocuments } from '../load-trusted-documents.ts';
import { checkOptions } from './check-options.ts';
import { type Command, EXIT, textFlag, UsageError } from './command.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** A name that no configuration can have, since asking whether a backend serves concerns no tenant. */
const NO_TENANT = '_system' as TenantId;

export const check: Command = {
  help: `Usage: portico check --config FILE [--connect]

Tells every fault of a configuration and of the schemas and trusted documents it names, or else prints what it comes to, secrets as ***.

  --config FILE   the configuration, see docs/configuration.md
  --connect       also ask every backend whether it can serve
`,
  options: { config: { type: 'string' }, connect: { type: 'boolean' } },
  async run(flags) {
    const file = textFlag(flags, 'config');
    if (file === undefined) throw new UsageError('check needs --config');
    const config = await loadConfig({ file, checkOptions });
    await checkTrustedDocuments(config, await loadSchemas(config));
    process.stdout.write(stringify(effectiveConfig(config), { lineWidth: 0 }));
    if (!flags['connect']) return EXIT.ok;
    const answers = await Promise.all([...config.backends.values()].map(connect));
    return answers.every(Boolean) ? EXIT.ok : EXIT.failed;
  },
};

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
