import { loadConfig } from '#config/load-config.ts';
import { asDirectoryError } from '#model/errors.ts';
import { checkOptions } from './check-options.ts';
import { type Command, EXIT, textFlag } from './command.ts';
import { tenantNamed } from './tenant-named.ts';

export const schema: Command = {
  help: `Usage: portico schema [--tenant T] [--config FILE]

Prints the GraphQL schema of a tenant as SDL, the same text as GET /graphql/schema.graphql: with what was set at run time, where the
backend of _system keeps it. Names that it gives are kept, as a gateway would keep them.

  --tenant T      the tenant; may be left out where there is one only
  --config FILE   the configuration, see docs/configuration.md; without one, what portico serves without a file
`,
  options: { config: { type: 'string' }, tenant: { type: 'string' } },
  async run(flags) {
    const file = textFlag(flags, 'config');
    const config = await loadConfig({ ...(file !== undefined && { file }), checkOptions });
    const { name } = tenantNamed(config, flags, 'schema');
    const { readTenantSdl } = await import('./read-tenant-sdl.ts');
    process.stdout.once('error', endWithReader);
    try {
      process.stdout.write(await readTenantSdl(config, name));
      return EXIT.ok;
    } catch (error) {
      const known = asDirectoryError(error);
      if (known === undefined || known.code === 'INVALID_VALUE') throw error;
      process.stderr.write(`portico: ${known.message}\n`);
      return EXIT.failed;
    }
  },
};

/** `portico schema | head` has read enough. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
