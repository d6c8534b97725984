import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** A server that runs as a child: it is killed with the process that started it, and all that it writes is kept. */
export class ServerProcess {
  #log = '';
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();

  /** 0 before it was started. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Everything that it has written, through all its starts. */
  get log(): string {
    return this.#log;
  }

  /** Until `serves` says so; asked every few milliseconds. @throws {Error} with the log where it ends before, or the time does */
  async start(command: readonly string[], serves: () => Promise<boolean>, timeoutMs: number): Promise<void> {
    // Without its parent it would stay for ever where a test run is killed.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#exited = new Promise((resolve) => child.once('exit', () => resolve()));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#log += text;
      });
    }
    const end = Date.now() + timeoutMs;
    while (child.exitCode === null && Date.now() < end) {
      if (await serves()) return;
      await wait(3);
    }
    throw new Error(`${command[0]} does not serve: ${this.#log}`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Until it has ended. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.signal(signal);
    await this.#exited;
  }
}
