import { loadConfig } from '#config/load-config.ts';
import { checkOptions } from './check-options.ts';
import { type Command, EXIT, textFlag, UsageError } from './command.ts';
import { connectionOf } from './connect/connection.ts';
import type { IdentityProvider } from './connect/identity-provider.ts';
import { IDENTITY_PROVIDERS } from './connect/identity-providers.ts';
import { printConnection } from './connect/print-connection.ts';
import { remedyFor, tenantNamed } from './tenant-named.ts';

const NAMES = [...IDENTITY_PROVIDERS.keys()];

export const connect: Command = {
  help: `Usage: portico connect IDP [--tenant T] [--config FILE]

Prints what to type into the administrator's pages of an identity provider: every field, the base URL and the profile of the
tenant. It prints no secret.

  IDP             one of ${NAMES.join(', ')}
  --tenant T      the tenant that it provisions; may be left out where there is one only
  --config FILE   the configuration, see docs/configuration.md; without one, what portico serves without a file
`,
  options: { tenant: { type: 'string' }, config: { type: 'string' } },
  async run(flags, operands = []) {
    const provider = providerNamed(operands);
    const file = textFlag(flags, 'config');
    const config = await loadConfig({ ...(file !== undefined && { file }), checkOptions });
    const tenant = tenantNamed(config, flags, 'connect');
    process.stdout.write(printConnection(provider, tenant, connectionOf(config, tenant)));
    return EXIT.ok;
  },
};

function providerNamed([name, ...more]: readonly string[]): IdentityProvider {
  if (name === undefined) throw new UsageError(`connect needs an identity provider: ${NAMES.join(', ')}`);
  if (more.length > 0) throw new UsageError(`connect takes one identity provider, got ${[name, ...more].join(', ')}`);
  const provider = IDENTITY_PROVIDERS.get(name);
  if (provider !== undefined) return provider;
  throw new UsageError(`unknown identity provider "${name}"; ${remedyFor(name, NAMES)}`);
}
