import { RedisConnection } from '#adapters/redis/connection/connection.ts';
import { runOn } from '#src/open-cache.ts';
import { startTcpProxy } from '#test/support/tcp-proxy.ts';
import { type Checked, type CheckOptions, check } from './check.ts';
import { type Fault, harm, openStage, type Stage } from './faults.ts';

const GATEWAYS = 3;
const CLIENTS = 96;
const CONNECT_MS = 500;
/** Of a gateway, each time it is about to clear a mark. */
const DEATHS = 0.02;

export type UnderFault = Pick<CheckOptions, 'seed' | 'operations' | 'plant' | 'onMarkFailure'>;

/** The check with three gateways before a Redis of its own, to which a fault is done again and again. */
export async function checkUnder(fault: Fault, options: UnderFault): Promise<Checked> {
  const servers = await openStage();
  const proxies = await Promise.all(Array.from({ length: GATEWAYS }, () => startTcpProxy(servers.primary.port)));
  for (const proxy of proxies) proxy.keepsSent = false;
  const stage: Stage = { ...servers, proxies };
  const connections = proxies.map(
    ({ port }) => new RedisConnection({ url: `redis://127.0.0.1:${port}`, connectTimeoutMs: CONNECT_MS }),
  );
  const ended = new AbortController();
  const harming = harm(fault, stage, ended.signal);
  try {
    return await check({
      ...options,
      gateways: GATEWAYS,
      clients: CLIENTS,
      run: (gateway) => runOn(connections[gateway] as RedisConnection),
      dies: fault === 'gateways-killed' ? DEATHS : 0,
    });
  } finally {
    ended.abort();
    await harming;
    for (const connection of connections) connection.close();
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await Promise.all([stage.primary.stop(), stage.replica.stop()]);
  }
}
