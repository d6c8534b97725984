import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { Fault } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';
import type { GraphqlTenant } from './graphql-face.ts';
import type { Served } from './served.ts';
import type { GraphqlSettings } from './settings.ts';

export interface ServingOptions {
  /** Told of errors that are nobody's refusal; the client learns the request id alone. */
  reportBug(error: unknown): void;
  /** Told of each schema that was made, and of the time from its names to its being served. */
  built?(tenant: TenantId, milliseconds: number): void;
  /** Told of trusted documents that the tenant's schema does not allow, whenever there is another schema. */
  unfit?(tenant: TenantId, faults: readonly Fault[]): void;
}

export interface Serving {
  /**
   * What answers under the tenant's registry: made once for each and its settings, however many ask at the same time; what failed is tried anew by
   * the next. @throws {DirectoryError} UNAVAILABLE as `openKeptNaming`
   */
  of(tenant: TenantId, parts: GraphqlTenant): Promise<Served>;
  close(): Promise<void>;
}

export function openServing(options: ServingOptions): Serving {
  // A registry that went is asked by the requests that began under it, and by no one after them.
  const byRegistry = new WeakMap<SchemaRegistry, WeakMap<GraphqlSettings, Promise<Served>>>();
  const latest = new Map<TenantId, Promise<Served>>();
  return {
    of(tenant, parts) {
      const { registry, settings } = parts;
      const bySettings = byRegistry.get(registry) ?? new WeakMap<GraphqlSettings, Promise<Served>>();
      byRegistry.set(registry, bySettings);
      const known = bySettings.get(settings);
      if (known !== undefined) return known;
      const served = openServed(tenant, parts, options);
      bySettings.set(settings, served);
      latest.set(tenant, served);
      served.catch(() => bySettings.delete(settings));
      return served;
    },
    async close() {
      const all = [...latest.values()];
      latest.clear();
      const opened = await Promise.allSettled(all);
      await Promise.all(opened.map((each) => (each.status === 'fulfilled' ? each.value.server.stop() : undefined)));
    },
  };
}

/** Apollo and graphql-js take longer to load than everything else together, so that listening does not wait for them. */
async function openServed(tenant: TenantId, parts: GraphqlTenant, options: ServingOptions): Promise<Served> {
  const { serveTenant } = await import('./served.ts');
  return serveTenant(parts, {
    reportBug: options.reportBug,
    built: (milliseconds) => options.built?.(tenant, milliseconds),
    unfit: (faults) => options.unfit?.(tenant, faults),
  });
}
