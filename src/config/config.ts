import type { Scope } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import type { ProfileName, Switches } from './profiles.ts';

/** A checked configuration: every reference resolves, every default is filled in, every secret is a value. */
export interface Config {
  readonly server: ServerConfig;
  readonly tenants: ReadonlyMap<TenantId, TenantConfig>;
  readonly backends: ReadonlyMap<string, BackendConfig>;
  readonly tokens: readonly TokenConfig[];
  readonly graphql: GraphqlConfig;
  readonly system: SystemConfig;
  /** Present where tenants are cached. */
  readonly cache?: CacheConfig;
  /** Present where the first tenant is to be filled before the first request. */
  readonly demo?: { readonly people: number; readonly seed: number };
  /** Present where Portico runs without a file: the one credential, in the clear, to be shown to whoever started it. */
  readonly development?: { readonly token: string };
}

export interface ServerConfig {
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Where health and metrics are served instead of `port`. */
  readonly adminPort?: number;
  /** Absolute, no trailing slash. */
  readonly publicUrl?: string;
  /** CIDR ranges and single addresses. */
  readonly trustedProxies: readonly string[];
  readonly bodyLimitBytes: number;
  readonly drainSeconds: number;
  /** Whether a client without a credential learns how to authenticate. */
  readonly publicServiceProviderConfig: boolean;
  /** Signs cursors. Drawn anew at each start where the configuration names none, which ends the cursors given out before. */
  readonly secret: string;
}

/** Where Portico keeps what it must remember for itself. */
export interface SystemConfig {
  /** A key of `Config.backends`. */
  readonly backend: string;
  /** How often what another gateway has stored is read, where the backend does not tell. */
  readonly refreshSeconds: number;
}

/** What all gateways share so that backends are asked less; docs/caching.md. */
export interface CacheConfig {
  /** A key of `Config.backends` whose adapter is `redis`. */
  readonly backend: string;
  /** How old an answer may be where nobody could tell of a change. */
  readonly lifetimeSeconds: number;
  /** What becomes of a write where Redis cannot be told of it. */
  readonly onMarkFailure: 'refuse' | 'accept';
  /** How long a reader waits for Redis before it asks the backend; a writer waits ten times as long. */
  readonly timeoutMs: number;
}

export interface TenantConfig {
  readonly name: TenantId;
  /** A key of `Config.backends`. */
  readonly backend: string;
  readonly profile: ProfileName;
  /** All of them: the profile's, and what the file sets otherwise. */
  readonly switches: Switches;
  /** Absolute paths of RFC 7643 §6 and §7 documents. */
  readonly schemas: readonly string[];
  /** Paths of attributes that a filter in a URL must not name. */
  readonly sensitiveFilters: readonly string[];
  /** What credentials that name them see of resources, by name. */
  readonly policies: { readonly [name: string]: PolicyConfig };
  /** Whether a token may stand in the Authorization header without "Bearer" before it. */
  readonly rawTokens: boolean;
  readonly lifeCycle: LifeCycleConfig;
  readonly limits: LimitsConfig;
  readonly graphql: TenantGraphqlConfig;
}

/** What becomes of resources and of the links between them; `core/life-cycle.ts` and `core/schema/registry.ts` say what each means. */
export interface LifeCycleConfig {
  readonly onDelete: 'remove' | 'retain' | 'deactivate';
  readonly userGroups: 'refuse' | 'existing' | 'create';
  readonly references: 'strict' | 'lenient';
  readonly uniqueEmails: boolean;
  readonly uniqueExternalIds: boolean;
}

/** What holds for GraphQL in all tenants. */
export interface GraphqlConfig {
  /** Who may read the schema: everybody who may query, nobody, or those whose credential has the scope. */
  readonly introspection: boolean | Scope;
  /** What turns loaded values into an answer; both give the same bytes. */
  readonly executor: 'plan' | 'graphql-js';
  /** Whether clients may send the hash of a document that they have sent before. */
  readonly persistedQueries: boolean;
  readonly limits: QueryLimitsConfig;
}

/** What one operation may ask for; `src/graphql/limits/query-limits.ts` says what each counts. */
export interface QueryLimitsConfig {
  readonly bodyBytes: number;
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly directivesPerField: number;
  readonly inputDepth: number;
  readonly cost: number;
  readonly edges: number;
  readonly responseBytes: number;
  readonly deadlineSeconds: number;
  readonly subscriptions: number;
  readonly subscriptionsPerCredential: number;
}

/** What the tenant's applications are offered over GraphQL. */
export interface TenantGraphqlConfig {
  /** The absolute path of the list of the only documents that are carried out; the tenant's own, or else the server's. */
  readonly trustedDocuments?: string;
  /** Those of `graphql.limits`, except what the tenant sets otherwise. */
  readonly limits: QueryLimitsConfig;
  /** Off where an identity provider owns the data: the tenant's schema then has no Mutation type. */
  readonly mutations: boolean;
}

/** Everything but `hide`, or nothing but `show`; paths of attributes. */
export type PolicyConfig = { readonly hide: readonly string[] } | { readonly show: readonly string[] };

/** What a client of the tenant may ask for at once. */
export interface LimitsConfig {
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
  /** Of all groups on a page together. */
  readonly maxMembers: number;
  readonly cursorTimeoutSeconds: number;
  readonly bulkMaxOperations: number;
  readonly bulkMaxPayloadBytes: number;
}

export interface BackendConfig {
  readonly name: string;
  /** A name that the adapter registry knows, a package, or an absolute path. */
  readonly adapter: string;
  /** The backend's other keys, secrets as values; the adapter's own `options.parse` gives them their types. */
  readonly options: object;
  /** Where in `options` a secret stands, each as a path of keys. */
  readonly secretPaths: readonly (readonly string[])[];
}

export interface TokenConfig {
  readonly name: string;
  readonly tenant: TenantId;
  readonly scopes: readonly Scope[];
  /** Lower-case hex SHA-256 of the token. */
  readonly sha256: string;
  readonly expires?: Date;
  /** The userName of the person whom the token stands for. */
  readonly user?: string;
  /** A key of the tenant's `policies`; absent, the token sees everything. */
  readonly policy?: string;
}
