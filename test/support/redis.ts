import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { run } from './run-command.ts';

const START_TIMEOUT_MS = 10_000;

export interface RedisOptions {
  /** Writes go to an append-only file, so that `start` after `kill` finds them. */
  readonly appendOnly?: boolean;
  /** Further arguments of redis-server. */
  readonly args?: readonly string[];
}

/** A redis-server of one's own: a folder and a free port, dropped with `stop` and killed with the process that started it. */
export class RedisServer {
  readonly port: number;
  readonly folder = mkdtempSync(join(tmpdir(), 'portico-redis-'));
  readonly #options: RedisOptions;
  #log = '';
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();

  constructor(port: number, options: RedisOptions) {
    this.port = port;
    this.#options = options;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Also after `kill`: the same port, and the same data where it is kept. */
  async start(): Promise<void> {
    const { appendOnly = false, args = [] } = this.#options;
    const server = ['redis-server', '--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.folder];
    const data = ['--save', '', '--appendonly', appendOnly ? 'yes' : 'no'];
    // Without its parent it would stay for ever where a test run is killed.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...server, ...data, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#child = child;
    this.#exited = new Promise((resolve) => child.once('exit', () => resolve()));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#log += text;
    });
    const end = Date.now() + START_TIMEOUT_MS;
    const from = this.#log.length;
    while (!this.#log.slice(from).includes('Ready to accept connections')) {
      if (child.exitCode !== null || Date.now() > end) throw new Error(`redis-server does not serve: ${this.#log}`);
      await wait(3);
    }
  }

  /** SIGKILL; the folder stays. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#exited;
  }

  async stop(): Promise<void> {
    await this.kill();
    // A child that rewrites the append-only file ends a moment later.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 });
  }

  /** SIGSTOP: it answers nothing and keeps its connections, until `resume`. */
  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  /** What redis-cli prints. */
  async cli(...args: readonly string[]): Promise<string> {
    return (await run('redis-cli', ['-p', `${this.port}`, ...args])).trim();
  }

  /** Which commands it has carried out while the work was done, those within scripts among them. */
  async countCommands(work: () => Promise<unknown>): Promise<{ readonly [command: string]: number }> {
    await this.cli('CONFIG', 'RESETSTAT');
    await work();
    const stats = (await this.cli('INFO', 'commandstats')).matchAll(/cmdstat_([^:\s]+):calls=(\d+)/g);
    const counts = [...stats].map(([, name = '', calls]) => [name, Number(calls)] as const);
    return Object.fromEntries(counts.filter(([name]) => !/^(config|info|client|command|hello|ping)/.test(name)));
  }
}

export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const server = new RedisServer(await freePort(), options);
  try {
    await server.start();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

const MASTERS = 3;
const NODES = 6;
/** A node's bus listens this far above its port. */
const BUS_OFFSET = 10_000;
const LAST_PORT = 65_535;

/** Three primaries, each with a replica, on loopback. */
export class RedisCluster {
  readonly nodes: readonly RedisServer[];

  constructor(nodes: readonly RedisServer[]) {
    this.nodes = nodes;
  }

  get urls(): readonly string[] {
    return this.nodes.map(({ url }) => url);
  }

  /** The primary that serves a key. */
  async primaryOf(key: string): Promise<RedisServer> {
    for (const node of this.nodes) {
      const answer = await node.cli('EXISTS', key);
      if (/^[01]$/.test(answer)) return node;
    }
    throw new Error(`no node serves ${key}`);
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }
}

export async function startRedisCluster(): Promise<RedisCluster> {
  const ports: number[] = [];
  while (ports.length < NODES) {
    const port = await freePort();
    if (port + BUS_OFFSET <= LAST_PORT && !ports.includes(port)) ports.push(port);
  }
  const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '1000'];
  const cluster = new RedisCluster(ports.map((port) => new RedisServer(port, { args })));
  try {
    await Promise.all(cluster.nodes.map((node) => node.start()));
    const addresses = ports.map((port) => `127.0.0.1:${port}`);
    await run('redis-cli', [
      '--cluster',
      'create',
      ...addresses,
      '--cluster-replicas',
      `${NODES / MASTERS - 1}`,
      '--cluster-yes',
    ]);
    await Promise.all(cluster.nodes.map(serves));
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

async function serves(node: RedisServer): Promise<void> {
  const end = Date.now() + START_TIMEOUT_MS;
  while (!(await node.cli('CLUSTER', 'INFO')).includes('cluster_state:ok')) {
    if (Date.now() > end) throw new Error('the cluster does not come up');
    await wait(20);
  }
}
