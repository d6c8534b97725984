import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PorticoProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything that it has written so far, its log among it. */
  output(): string;
  /** Sends SIGTERM and resolves with the exit code. */
  stop(): Promise<number | null>;
}

/**
 * Portico as an operator runs it: a process of its own with a configuration file, on a free port.
 * @throws what the process wrote, where it ends before it serves
 */
export async function startPortico(
  yaml: string,
  env: { readonly [name: string]: string } = {},
): Promise<PorticoProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-'));
  const file = join(folder, 'portico.yaml');
  writeFileSync(file, yaml);
  const child = spawn(process.execPath, ['src/main.ts', '--config', file], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /serves at (http:\S+)/.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then(() => reject(new Error(`Portico ended before it served: ${output}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      const code = await exited;
      rmSync(folder, { recursive: true });
      return code;
    },
  };
}
