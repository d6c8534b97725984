import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** As bin/portico has it: most of what a short command costs is reading its sources. */
const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/portico', import.meta.url));
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line to its end. */
export function portico(...args: readonly string[]): Promise<Ended> {
  return new Running(process.execPath, [MAIN, ...args], {}).ended();
}

/** A process under test, which does not outlive its test. */
export class Running {
  readonly child: ChildProcess;
  #out = '';
  #err = '';

  constructor(program: string, args: readonly string[], env: Readonly<Record<string, string>>, cwd = ROOT) {
    // What the shell of whoever runs the tests says of Portico is no part of them.
    const { PORTICO_HOST, PORTICO_PORT, PORTICO_TOKEN, ...others } = process.env;
    this.child = spawn(program, args, {
      cwd,
      env: { ...others, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#out += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#err += text;
    });
    onTestFinished(() => {
      this.child.kill('SIGKILL');
    });
  }

  /** What the pattern finds on standard output, as soon as it does. */
  async says(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#out)?.[0];
      if (found !== undefined) return found;
      const closed = once(this.child, 'close').then(() => {
        throw new Error(`ended before it said ${pattern}: ${this.#out}${this.#err}`);
      });
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), closed]);
    }
  }

  async ended(): Promise<Ended> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    return { code: this.child.exitCode, out: this.#out, err: this.#err };
  }
}

export function serving(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  return new Running(process.execPath, [MAIN, 'serve', ...args], { PORTICO_PORT: '0', ...env });
}
