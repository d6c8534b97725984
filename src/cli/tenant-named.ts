import type { Config, TenantConfig } from '#config/config.ts';
import { nearestName } from '#model/nearest-name.ts';
import type { TenantId } from '#model/resource.ts';
import { type Flags, textFlag, UsageError } from './command.ts';

/** The tenant of `--tenant`, which may be left out where there is one only. @throws UsageError with the nearest known one */
export function tenantNamed({ tenants }: Config, flags: Flags, command: string): TenantConfig {
  const name = textFlag(flags, 'tenant');
  const [only, ...others] = tenants.values();
  if (name === undefined && only !== undefined && others.length === 0) return only;
  const names = [...tenants.keys()];
  if (name === undefined) throw new UsageError(`${command} needs --tenant, one of ${names.join(', ')}`);
  const tenant = tenants.get(name as TenantId);
  if (tenant !== undefined) return tenant;
  const elsewhere = textFlag(flags, 'config') === undefined ? ', or name its configuration by --config' : '';
  throw new UsageError(`there is no tenant "${name}"; ${remedyFor(name, names)}${elsewhere}`);
}

/** What to give instead of a name that is not known. */
export function remedyFor(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? `choose one of ${known.join(', ')}` : `did you mean "${nearest}"?`;
}
