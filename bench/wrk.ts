import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { childCpuSeconds, cpuSeconds } from './process-cpu.ts';

/** One slice of load: what came back, and what both sides spent on it. */
export interface Slice {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers of 400 and above, and connections that broke. */
  readonly failures: number;
  readonly serverCores: number;
  readonly clientCores: number;
  readonly serverMicrosPerRequest: number;
  /** Where the next slice of the same requests goes on. */
  readonly position: number;
}

export interface LoadOptions {
  readonly port: number;
  readonly serverPid: number;
  /** Made by `writeRequests`. */
  readonly requestFile: string;
  readonly position: number;
  readonly seconds: number;
  readonly connections: number;
  readonly clientCore: number;
}

const SCRIPT = join(import.meta.dirname, 'wrk.lua');

/** @throws {Error} saying what to install */
export function checkWrk(): void {
  for (const program of ['wrk', 'taskset']) {
    try {
      execFileSync('which', [program], { stdio: 'ignore' });
    } catch (cause) {
      throw new Error(`${program} is not installed; on Debian: apt-get install wrk util-linux`, { cause });
    }
  }
}

export async function runWrk(options: LoadOptions): Promise<Slice> {
  const before = { server: cpuSeconds(options.serverPid), client: childCpuSeconds(), at: performance.now() };
  const output = await runClient(options);
  const wall = (performance.now() - before.at) / 1000;
  const server = cpuSeconds(options.serverPid) - before.server;
  const client = childCpuSeconds() - before.client;
  const result = parseResult(output);
  return {
    requests: result.requests,
    perSecond: result.requests / (result.microseconds / 1e6),
    p50Ms: result.p50Us / 1000,
    p99Ms: result.p99Us / 1000,
    failures: result.refused + result.broken,
    serverCores: server / wall,
    clientCores: client / wall,
    serverMicrosPerRequest: (server * 1e6) / Math.max(1, result.requests),
    position: result.position,
  };
}

function runClient(options: LoadOptions): Promise<string> {
  const { clientCore, connections, seconds, port, requestFile, position } = options;
  const wrk = ['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '-s', SCRIPT];
  const target = [`http://127.0.0.1:${port}`, '--', requestFile, String(position)];
  const client = spawn('taskset', ['-c', String(clientCore), ...wrk, ...target], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  client.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  client.stderr.setEncoding('utf8').on('data', (text: string) => output.push(text));
  return new Promise((resolve, reject) => {
    client.once('error', reject);
    client.once('close', (code) => {
      if (code === 0) resolve(output.join(''));
      else reject(new Error(`wrk ended with ${code}: ${output.join('').trim()}`));
    });
  });
}

interface WrkResult {
  readonly requests: number;
  readonly microseconds: number;
  readonly refused: number;
  readonly broken: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly position: number;
}

function parseResult(output: string): WrkResult {
  const line = /^RESULT (.*)$/m.exec(output)?.[1];
  if (line === undefined) throw new Error(`wrk printed no result: ${output.trim()}`);
  return JSON.parse(line) as WrkResult;
}
