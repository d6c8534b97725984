import { setTimeout } from 'node:timers/promises';
import { type RedisServer, startRedis } from '#test/support/redis.ts';
import type { TcpProxy } from '#test/support/tcp-proxy.ts';

/** What is done to Redis, or to the way to it, while it is asked. */
export const FAULTS = ['none', 'killed', 'failed-over', 'cut-off', 'slow', 'gateways-killed'] as const;
export type Fault = (typeof FAULTS)[number];

/** A primary with a replica, and a proxy for each gateway between it and the primary. */
export interface Stage {
  primary: RedisServer;
  replica: RedisServer;
  readonly proxies: readonly TcpProxy[];
}

const EVERY_MS = 2_500;
const FOR_MS = 250;
/** Longer than a reader waits. */
const LATE_MS = 200;

/** Harms until the signal aborts, and leaves all as it should be. */
export async function harm(fault: Fault, stage: Stage, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await setTimeout(EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await harmOnce(fault, stage);
  }
}

async function harmOnce(fault: Fault, stage: Stage): Promise<void> {
  const { primary, proxies } = stage;
  const [first] = proxies;
  switch (fault) {
    case 'none':
    case 'gateways-killed':
      return;
    case 'killed':
      await primary.kill();
      await setTimeout(FOR_MS);
      await primary.start();
      return;
    case 'failed-over':
      return failOver(stage);
    case 'cut-off':
      if (first !== undefined)
        await during(
          () => (first.cut = true),
          () => (first.cut = false),
        );
      return first?.reset();
    case 'slow':
      return during(
        () => delay(proxies, LATE_MS),
        () => delay(proxies, 0),
      );
  }
}

function delay(proxies: readonly TcpProxy[], ms: number): void {
  for (const proxy of proxies) proxy.delayMs = ms;
}

async function during(begin: () => unknown, end: () => unknown): Promise<void> {
  begin();
  await setTimeout(FOR_MS);
  end();
}

/** The replica takes over with what has reached it, and gets a replica of its own. */
async function failOver(stage: Stage): Promise<void> {
  const { primary, replica, proxies } = stage;
  await primary.kill();
  await replica.cli('REPLICAOF', 'NO', 'ONE');
  for (const proxy of proxies) {
    proxy.target = replica.port;
    proxy.reset();
  }
  await primary.start();
  await follow(primary, replica);
  stage.primary = replica;
  stage.replica = primary;
}

export async function openStage(): Promise<Pick<Stage, 'primary' | 'replica'>> {
  const [primary, replica] = await Promise.all([startRedis(), startRedis()]);
  await follow(replica, primary);
  return { primary, replica };
}

async function follow(replica: RedisServer, primary: RedisServer): Promise<void> {
  await replica.cli('REPLICAOF', '127.0.0.1', String(primary.port));
  while (!(await replica.cli('INFO', 'replication')).includes('master_link_status:up')) await setTimeout(5);
}
