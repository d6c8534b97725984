import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SelfDriven } from '../contest.ts';
import { stopChild } from '../pinned-server.ts';
import { cpuSeconds } from '../process-cpu.ts';
import type { Slice } from '../wrk.ts';

export interface SearcherTask {
  /** `ldapts`: one client of ldapts, nothing of ours. */
  readonly by: 'ldapts' | 'adapter';
  /** Options of the LDAP backend. */
  readonly backend: object;
  readonly ids: readonly string[];
}

export interface Play {
  readonly seconds: number;
  /** Searches under way at a time. */
  readonly inFlight: number;
}

export interface Played {
  readonly seconds: number;
  /** Milliseconds of each search, the shortest first. */
  readonly times: readonly number[];
  readonly failures: number;
}

export interface Searcher {
  contend(name: string, inFlight: number): SelfDriven;
  stop(): Promise<void>;
}

/** A process of its own on one core. */
export async function startSearcher(
  task: SearcherTask,
  {
    core,
    folder,
    inspectorPort,
  }: { readonly core: number; readonly folder: string; readonly inspectorPort?: number | undefined },
): Promise<Searcher> {
  const file = join(folder, `searcher-${task.by}.json`);
  writeFileSync(file, JSON.stringify(task));
  const flags = inspectorPort === undefined ? [] : [`--inspect=127.0.0.1:${inspectorPort}`];
  const script = join(import.meta.dirname, 'searcher.ts');
  const child = spawn('taskset', ['-c', String(core), process.execPath, ...flags, script, file], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  await answer(child);
  return {
    contend: (name, inFlight) => ({
      name,
      inspectorPort,
      play: (seconds) => play(child, { seconds, inFlight }),
    }),
    stop: () => stopChild(child),
  };
}

async function play(child: ChildProcess, wanted: Play): Promise<Slice> {
  const before = cpuSeconds(child.pid ?? 0);
  child.send(wanted);
  const { seconds, times, failures } = (await answer(child)) as Played;
  const server = cpuSeconds(child.pid ?? 0) - before;
  return {
    requests: times.length,
    perSecond: times.length / seconds,
    p50Ms: times[times.length >> 1] ?? 0,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? 0,
    failures,
    serverCores: server / seconds,
    clientCores: 0,
    serverMicrosPerRequest: (server * 1e6) / Math.max(1, times.length),
    position: 0,
  };
}

/** @throws {Error} where it ends instead */
async function answer(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const end = () => ended.abort(new Error('the searcher ended'));
  child.once('exit', end);
  try {
    const [message] = await once(child, 'message', { signal: ended.signal });
    return message;
  } finally {
    child.off('exit', end);
  }
}
