import type { Config, TenantConfig } from '#config/config.ts';
import { loadConfig } from '#config/load-config.ts';
import { nearestName } from '#model/nearest-name.ts';
import type { TenantId } from '#model/resource.ts';
import { checkOptions } from './check-options.ts';
import { type Command, EXIT, type Flags, textFlag, UsageError } from './command.ts';
import { connectionOf } from './connect/connection.ts';
import type { IdentityProvider } from './connect/identity-provider.ts';
import { IDENTITY_PROVIDERS } from './connect/identity-providers.ts';
import { printConnection } from './connect/print-connection.ts';

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
    const tenant = tenantNamed(config, flags);
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

function tenantNamed({ tenants }: Config, flags: Flags): TenantConfig {
  const name = textFlag(flags, 'tenant');
  const [only, ...others] = tenants.values();
  if (name === undefined && only !== undefined && others.length === 0) return only;
  const names = [...tenants.keys()];
  if (name === undefined) throw new UsageError(`connect needs --tenant, one of ${names.join(', ')}`);
  const tenant = tenants.get(name as TenantId);
  if (tenant !== undefined) return tenant;
  const elsewhere = textFlag(flags, 'config') === undefined ? ', or name its configuration by --config' : '';
  throw new UsageError(`there is no tenant "${name}"; ${remedyFor(name, names)}${elsewhere}`);
}

function remedyFor(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? `choose one of ${known.join(', ')}` : `did you mean "${nearest}"?`;
}
