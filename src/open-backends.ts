import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { openAdapter } from '#adapters/registry.ts';
import type { Config } from '#config/config.ts';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import { shapeOf } from '#core/schema/shape.ts';
import type { TenantId } from '#model/resource.ts';
import { observed } from '#telemetry/observed-adapter.ts';

/** Told of each call: the backend's name in the configuration, and the code of an error. */
export type Observe = (backend: string, method: string, seconds: number, code?: string) => void;

/** Every backend of a configuration by its name; one that does not answer is opened all the same. */
export async function openBackends(
  { backends }: Config,
  registry: (tenant: TenantId) => SchemaRegistry | undefined,
  observe: Observe = () => undefined,
): Promise<ReadonlyMap<string, DirectoryAdapter>> {
  const shape = (tenant: TenantId, typeName: string) => {
    const type = registry(tenant)?.type(typeName);
    return type === undefined ? [] : shapeOf(type);
  };
  const opened = [...backends.values()].map(async ({ name, adapter, options }) => {
    const backend = await openAdapter(adapter, options, shape);
    return [name, observed(backend, (...called) => observe(name, ...called))] as const;
  });
  return new Map(await Promise.all(opened));
}

export async function closeBackends(backends: ReadonlyMap<string, DirectoryAdapter>): Promise<void> {
  await Promise.all([...backends.values()].map((backend) => backend.close()));
}
