import type { SecureContextOptions } from 'node:tls';
import type { RedisOptions } from 'ioredis';
import { Cluster, Redis } from 'ioredis';

/** How Redis is reached: by `url` where it is one server, by some of the `nodes` of a cluster, which names the others. */
export interface ConnectionSettings {
  readonly url?: string;
  readonly nodes?: readonly string[];
  readonly username?: string;
  readonly password?: string;
  /** Undefined: as the URL says (`rediss:`). */
  readonly tls?: Pick<SecureContextOptions, 'ca' | 'cert' | 'key'> & { readonly servername?: string };
  readonly connectTimeoutMs: number;
}

export type Client = Redis | Cluster;

const LONGEST_PAUSE_MS = 500;
/** Each waits a tenth of a second where a slot is being moved. */
const REDIRECTIONS = 6;
const pause = (attempt: number): number => Math.min(attempt * 25, LONGEST_PAUSE_MS);

/**
 * A client that connects at once and again after every loss, and that never sends a command a second time: whether a write has
 * happened is for its caller to find out.
 */
export function openClient(settings: ConnectionSettings): Client {
  const { url, nodes } = settings;
  const common = {
    ...credentials(settings),
    connectTimeout: settings.connectTimeoutMs,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    // What was under way when a connection broke would otherwise never be answered.
    maxRetriesPerRequest: 0,
    retryStrategy: pause,
    disableClientInfo: true,
  };
  if (nodes !== undefined) return openCluster(nodes, common);
  return new Redis(url as string, common);
}

function openCluster(nodes: readonly string[], common: RedisOptions): Client {
  const { connectTimeout, username, password, disableClientInfo, tls } = common;
  const { autoResendUnfulfilledCommands, maxRetriesPerRequest } = common;
  const encrypted = nodes.some((node) => node.startsWith('rediss:')) ? { tls: tls ?? {} } : {};
  return new Cluster([...nodes], {
    redisOptions: {
      connectTimeout,
      username,
      password,
      disableClientInfo,
      autoResendUnfulfilledCommands,
      maxRetriesPerRequest,
      ...encrypted,
    },
    // A node is connected to when it is first asked, which would otherwise be refused.
    enableOfflineQueue: true,
    clusterRetryStrategy: pause,
    maxRedirections: REDIRECTIONS,
    // It would send again what was under way on a connection that broke.
    retryDelayOnFailover: 0,
    // Addresses of a cluster behind TLS are names that its certificates bear.
    dnsLookup: (address, callback) => callback(null, address),
    slotsRefreshTimeout: connectTimeout,
  });
}

function credentials({ username, password, tls }: ConnectionSettings) {
  return { ...(username && { username }), ...(password && { password }), ...(tls && { tls }) };
}
