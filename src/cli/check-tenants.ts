import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { Config } from '#config/config.ts';
import { openSystemCall } from '#http/system-call.ts';
import { asDirectoryError, type Fault } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';
import { checkAbilities } from '../check-abilities.ts';
import { EXIT, type ExitCode } from './command.ts';
import { printFault } from './print-faults.ts';
import { withTenants } from './with-tenants.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** A name that no configuration can have, since asking whether a backend serves concerns no tenant. */
const NO_TENANT = '_system' as TenantId;

/**
 * What a start would refuse, then, where it shall connect, what every backend answers. `pass` is called between the two.
 * @throws {DirectoryError} INVALID_VALUE with the faults of all tenants at once
 */
export function checkTenants(config: Config, connect: boolean, pass: () => void): Promise<ExitCode> {
  return withTenants(config, async ({ tenants }, backends) => {
    checkAbilities(config, tenants);
    pass();
    if (!connect) return EXIT.ok;
    const answers = [...backends].map(([name, adapter]) => connectTo(name, adapter, tenantsOf(config, name)));
    return (await Promise.all(answers)).every(Boolean) ? EXIT.ok : EXIT.failed;
  });
}

function tenantsOf({ tenants }: Config, name: string): readonly TenantId[] {
  return [...tenants.values()].filter(({ backend }) => backend === name).map((tenant) => tenant.name);
}

async function connectTo(name: string, adapter: DirectoryAdapter, tenants: readonly TenantId[]): Promise<boolean> {
  try {
    await adapter.ping(openSystemCall(NO_TENANT, CONNECT_TIMEOUT_MS));
    const inspected = await Promise.all(tenants.map((tenant) => inspect(name, adapter, tenant)));
    if (!inspected.every(Boolean)) return false;
    process.stdout.write(`# backend ${name} can serve\n`);
    return true;
  } catch (error) {
    const known = asDirectoryError(error);
    if (known === undefined) throw error;
    process.stderr.write(`portico: backend ${name} cannot serve: ${known.message}\n`);
    return false;
  }
}

async function inspect(name: string, adapter: DirectoryAdapter, tenant: TenantId): Promise<boolean> {
  const found = await adapter.inspect?.(openSystemCall(tenant, CONNECT_TIMEOUT_MS));
  const { faults = [], notices = [] } = found ?? {};
  if (notices.length > 0)
    process.stdout.write(linesOf(`# backend ${name}, tenant ${tenant}: to be known`, '#', name, notices));
  const lack = `portico: backend ${name} lacks what tenant ${tenant} needs`;
  if (faults.length > 0) process.stderr.write(linesOf(lack, '', name, faults));
  return faults.length === 0;
}

/** Paths are those of the backend's options. */
function linesOf(opening: string, mark: string, backend: string, faults: readonly Fault[]): string {
  const lines = faults.map((fault) => mark + printFault({ ...fault, path: `backends.${backend}.${fault.path}` }));
  return [opening, ...lines, ''].join('\n');
}
