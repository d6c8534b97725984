import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** A server process bound to one core. */
export interface PinnedServer {
  readonly port: number;
  readonly pid: number;
  /** Ends it with SIGTERM and waits. */
  stop(): Promise<void>;
}

export interface PinnedOptions {
  readonly core: number;
  readonly port: number;
  /** Arguments of node: its own flags, the script, the script's arguments. */
  readonly args: readonly string[];
  readonly env?: { readonly [name: string]: string };
  /** Asked until it answers 200. */
  readonly readyPath: string;
}

/** A million people take two minutes of a core that nobody else uses. */
const READY_WITHIN_MS = 600_000;

/** Nothing outlives the benchmark, however it ends. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Standard output goes to /dev/null, so that a request log is written but read by nobody. @throws {Error} with what it complained of */
export async function startPinned(options: PinnedOptions): Promise<PinnedServer> {
  const { core, port, args, env } = options;
  const child = spawn('taskset', ['-c', String(core), process.execPath, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const complaints: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  try {
    await waitUntilReady(child, `http://127.0.0.1:${port}${options.readyPath}`);
  } catch (cause) {
    child.kill('SIGKILL');
    throw new Error(`${args.join(' ')} did not start: ${complaints.join('').trim()}`, { cause });
  }
  return { port, pid: pidOf(child), stop: () => stopChild(child) };
}

async function waitUntilReady(child: ChildProcess, url: string): Promise<void> {
  const giveUp = performance.now() + READY_WITHIN_MS;
  while (performance.now() < giveUp) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended');
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no 200 from ${url} within ${READY_WITHIN_MS / 1000} s`);
}

/** `taskset` replaces itself by the program, so the child's id is the server's. */
function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the server was not started');
  return child.pid;
}

export function stopChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject()));
    });
  });
}
