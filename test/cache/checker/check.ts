import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import type { TenantId } from '#model/resource.ts';
import type { CacheEvent, CacheOptions } from '#src/cache/options.ts';
import type { RunScript } from '#src/cache/protocol/cache-store.ts';
import { contractShape } from '#test/contract/sample.ts';
import { Random } from '#test/support/random.ts';
import { type CheckedGateway, openGateway } from './gateway.ts';
import type { Violation } from './history.ts';
import { lagging, type Plant, plantInScripts } from './plants.ts';
import { Workload } from './workload.ts';

export interface CheckOptions {
  readonly seed: number;
  /** Operations to be checked, at least. */
  readonly operations: number;
  readonly gateways: number;
  /** Clients that ask at the same time. */
  readonly clients: number;
  readonly onMarkFailure: CacheOptions['onMarkFailure'];
  /** How one gateway reaches Redis. */
  readonly run: (gateway: number) => RunScript;
  readonly dies?: number;
  readonly plant?: Plant;
}

export interface Checked {
  readonly operations: number;
  readonly violations: readonly Violation[];
  readonly refused: number;
  readonly unknown: number;
  readonly events: Readonly<Record<CacheEvent, number>>;
}

const LIFETIME_MS = 30_000;
const MARK_MS = 1_000;

/** Gateways over one backend and one Redis, asked at random by all clients until enough was asked; then whether all of it can be explained. */
export async function check(options: CheckOptions): Promise<Checked> {
  const { seed, operations, clients, onMarkFailure, plant, dies = 0 } = options;
  const random = new Random(seed);
  const events = { hit: 0, miss: 0, refusedFill: 0, mark: 0, failure: 0 };
  const inner = await memory.open(memory.options.parse({}), contractShape);
  const backend: DirectoryAdapter = plant === 'replica-fill' ? lagging(inner) : inner;
  const open = (index: number) =>
    openGateway({
      ...{ backend, random, onMarkFailure, dies, lifetimeMs: LIFETIME_MS, markMs: MARK_MS },
      run: plantInScripts(options.run(index), plant),
      observe: (event, count) => {
        events[event] += count;
      },
    });
  const gateways: CheckedGateway[] = [];
  const start = (index: number): void => {
    const gateway = open(index);
    gateways[index] = gateway;
    gateway.killed.catch(() => start(index));
  };
  for (let index = 0; index < options.gateways; index++) start(index);
  const workload = new Workload({
    tenant: `check${seed}` as TenantId,
    ...{ backend: inner, random, gateways: options.gateways },
    gateway: (index) => gateways[index] as CheckedGateway,
  });
  await workload.fill();
  const client = async () => {
    while (workload.count < operations) await workload.step();
  };
  await Promise.all(Array.from({ length: clients }, client));
  for (const gateway of gateways) gateway.close();
  await inner.close();
  const { count, refused, unknown } = workload;
  return { operations: count, violations: workload.check(), refused, unknown, events };
}
