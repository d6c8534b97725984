import { stringify } from 'yaml';
import { effectiveConfig } from '#config/effective-config.ts';
import { loadConfig } from '#config/load-config.ts';
import { loadSchemas } from '../load-schemas.ts';
import { checkTrustedDocuments } from '../load-trusted-documents.ts';
import { checkOptions } from './check-options.ts';
import { type Command, textFlag, UsageError } from './command.ts';

export const check: Command = {
  help: `Usage: portico check --config FILE [--connect]

Tells every fault of a configuration and of the schemas and trusted documents it names, what a tenant asks of a backend that it
cannot do among them, or else prints what it comes to, secrets as ***.

  --config FILE   the configuration, see docs/configuration.md
  --connect       also ask every backend whether it can serve, and its server what it lacks
`,
  options: { config: { type: 'string' }, connect: { type: 'boolean' } },
  async run(flags) {
    const file = textFlag(flags, 'config');
    if (file === undefined) throw new UsageError('check needs --config');
    const config = await loadConfig({ file, checkOptions });
    await checkTrustedDocuments(config, await loadSchemas(config));
    const { checkTenants } = await import('./check-tenants.ts');
    return checkTenants(config, flags['connect'] === true, () => {
      process.stdout.write(stringify(effectiveConfig(config), { lineWidth: 0 }));
    });
  },
};
