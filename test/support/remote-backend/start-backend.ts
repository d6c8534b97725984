import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROCESS = fileURLToPath(new URL('backend-process.ts', import.meta.url));

/** The adapter's file, as a configuration names it. */
export const REMOTE_ADAPTER = fileURLToPath(new URL('remote-adapter.ts', import.meta.url));

/** A place for a backend: its socket, and what it remembers from one process to the next. */
export interface BackendPlace {
  readonly socket: string;
  remove(): void;
  /** Starts a process there; resolves once it listens. With `holds` it never answers calls of that method. */
  start(holds?: string): Promise<BackendProcess>;
}

export interface BackendProcess {
  readonly isGone: boolean;
  /** Resolves once the process has been asked for what it holds. */
  held(): Promise<void>;
  /** SIGKILL: nothing is said, nothing is closed. Resolves once it is gone. */
  kill(): Promise<void>;
}

export function openBackendPlace(): BackendPlace {
  const folder = mkdtempSync(join(tmpdir(), 'portico-backend-'));
  const socket = join(folder, 'socket');
  return {
    socket,
    remove: () => rmSync(folder, { recursive: true }),
    start: (holds) => startProcess([socket, join(folder, 'journal'), ...(holds === undefined ? [] : [holds])]),
  };
}

async function startProcess(args: readonly string[]): Promise<BackendProcess> {
  const child = spawn(process.execPath, [PROCESS, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  const seen = (word: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!output.includes(word)) return;
        child.stdout.off('data', look);
        resolve();
      };
      child.stdout.on('data', look);
      void exited.then(() => reject(new Error(`the backend ended: ${output}`)));
      look();
    });
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await seen('listens');
  return {
    get isGone() {
      return child.signalCode !== null || child.exitCode !== null;
    },
    held: () => seen('holds'),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
