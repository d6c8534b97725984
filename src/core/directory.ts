import type { Capabilities, DirectoryAdapter } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { Principal } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import { openSession } from './directory-session.ts';
import type { Leniency } from './leniency.ts';
import { type LifeCycle, USUAL_LIFE_CYCLE } from './life-cycle.ts';
import type { Notify } from './notice.ts';
import type { AttributePolicies } from './policy/attribute-policy.ts';
import { openOutlooks } from './policy/outlook.ts';
import { openVisibility, type Visibility } from './policy/visibility.ts';
import type { ResourceType } from './schema/attribute.ts';
import type { SchemaRegistry } from './schema/registry.ts';
import type { Cursors } from './search/cursor.ts';
import type { Session } from './session.ts';

/** One tenant's directory: its backend, its schemas, and what it tolerates. */
export interface Directory {
  readonly tenant: TenantId;
  readonly adapter: DirectoryAdapter;
  readonly registry: SchemaRegistry;
  readonly leniency: Leniency;
  readonly lifeCycle: LifeCycle;
  readonly cursors: Cursors;
  /** Told of what was let pass, once it is written. */
  readonly notify: Notify;
  /** Of every attribute policy of the tenant. */
  readonly visibilities: readonly Visibility[];
  /** What whoever asks sees; absent where that is everything. */
  readonly visibility?: Visibility;
  capabilities(type: ResourceType): Capabilities;
  /**
   * A view for one request; sessions share nothing but the directory.
   * @throws {DirectoryError} FORBIDDEN where the principal's policy is none of the tenant's
   */
  session(call: Call, principal: Principal): Session;
}

export type DirectoryOptions = Pick<Directory, 'tenant' | 'adapter' | 'registry' | 'leniency' | 'cursors'> & {
  readonly lifeCycle?: Partial<LifeCycle>;
  /** Absent, nobody wants to know. */
  readonly notify?: Notify;
  /** What the credentials that name them see. */
  readonly policies?: AttributePolicies;
};

export function openDirectory(options: DirectoryOptions): Directory {
  const { adapter, tenant, policies = new Map() } = options;
  const directory: Directory = {
    notify: () => undefined,
    ...options,
    lifeCycle: { ...USUAL_LIFE_CYCLE, ...options.lifeCycle },
    capabilities: (type) => adapter.capabilities(tenant, type.name),
    visibilities: [...policies].map(([name, policy]) => openVisibility(options.registry, name, policy)),
    session: (call, principal) => openSession(outlookOf(principal), call, principal),
  };
  const outlookOf = openOutlooks(directory);
  return directory;
}
