import { fileURLToPath } from 'node:url';

/** A backend that every life cycle runs over. A further one is a further line of `ADAPTERS`. */
export interface TestedAdapter {
  /** Fit for a tenant's name. */
  readonly name: string;
  /** The keys of a backend of the configuration. */
  readonly backend: { readonly adapter: string };
  /**
   * What `/ServiceProviderConfig` announces of it. Where it decides no versions by itself there is neither ETag nor
   * `meta.version`, RFC 7644 §3.14.
   */
  readonly supports: { readonly [ability in 'etag' | 'sort' | 'changePassword']: boolean };
  /** What a tenant's settings may ask of it beyond that. */
  readonly can: readonly 'retain'[];
}

const FOREIGN = fileURLToPath(new URL('../support/foreign-adapter/foreign-adapter.ts', import.meta.url));

// biome-ignore format: a table reads by column
export const ADAPTERS: readonly TestedAdapter[] = [
  { name: 'memory',  backend: { adapter: 'memory' }, supports: { etag: true,  sort: true,  changePassword: true },  can: ['retain'] },
  { name: 'foreign', backend: { adapter: FOREIGN },  supports: { etag: false, sort: false, changePassword: false }, can: [] },
];
