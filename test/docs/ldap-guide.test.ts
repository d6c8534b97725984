import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from '#test/support/free-port.ts';

/** docs/guides/ldap/openldap.md, run as printed but for the ports and Portico's own source. */
const GUIDE = readFileSync('docs/guides/ldap/openldap.md', 'utf8');
const PORTICO = `"${process.execPath}" "${resolve('src/main.ts')}"`;
const run = promisify(execFile);

const folder = mkdtempSync(join(tmpdir(), 'portico-guide-'));
const servers: ChildProcess[] = [];
let ports: { readonly [printed: string]: number } = {};

beforeAll(async () => {
  ports = { '3890': await freePort(), '8080': await freePort() };
  copyFileSync('docs/guides/ldap/portico.schema', join(folder, 'portico.schema'));
});
afterAll(async () => {
  for (const server of servers.toReversed()) {
    const ended = new Promise((end) => server.once('exit', end));
    server.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true });
});

interface Step {
  /** A file's, where it is one. */
  readonly name?: string;
  readonly kind: string;
  readonly text: string;
}

/** What the guide has written and run, in order; a file is called by what its paragraph begins with. */
const STEPS: readonly Step[] = [...GUIDE.matchAll(/(?:^`([\w.]+)`.*\n(?:.+\n)*\n)?^```(\w+)\n([\s\S]*?)^```$/gm)].map(
  ([, name, kind = '', text = '']) => ({ ...(name !== undefined && { name }), kind, text }),
);

test('the guide to OpenLDAP brings a directory and a tenant to work, as printed', { timeout: 120_000 }, async () => {
  expect(STEPS.filter(({ kind }) => kind === 'sh').length).toBeGreaterThan(8);
  for (const [at, step] of STEPS.entries()) {
    if (step.name !== undefined) writeFileSync(join(folder, step.name), here(step.text));
    else if (step.kind === 'sh' && step.text.trimEnd().endsWith('&')) await serve(here(step.text));
    else if (step.kind === 'sh') await expectAnswer(here(step.text), STEPS[at + 1]);
  }
});

function here(text: string): string {
  const withPorts = Object.entries(ports).reduce((all, [printed, port]) => all.replaceAll(printed, String(port)), text);
  return withPorts.replaceAll('npx portico', PORTICO);
}

/** A server of the guide's, until the test is over, or whoever runs it is. */
async function serve(command: string): Promise<void> {
  const foreground = command
    .trimEnd()
    .replace(/&$/, '')
    .replace(/^((?:\w+=\S+ )*)/, '$1exec ');
  const server = spawn('setpriv', ['--pdeathsig', 'KILL', 'bash', '-c', foreground], { cwd: folder });
  servers.push(server);
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk));
  const port = Object.values(ports).find((each) => command.includes(String(each))) ?? ports['8080'];
  const answers = async () => {
    if (server.exitCode !== null) throw new Error(`${command} ended: ${output}`);
    await run('bash', ['-c', `: < /dev/tcp/127.0.0.1/${port}`]);
  };
  await vi.waitFor(answers, { timeout: 60_000, interval: 50 });
}

/** Where JSON follows a command it is what the command says; `…` stands for any value. */
async function expectAnswer(command: string, next: Step | undefined): Promise<void> {
  const { stdout } = await run('bash', ['-e', '-o', 'pipefail', '-c', command], { cwd: folder });
  if (next?.kind === 'json') expect(JSON.parse(stdout)).toEqual(withPlaceholders(JSON.parse(next.text)));
}

function withPlaceholders(value: unknown): unknown {
  if (value === '…') return expect.anything();
  if (Array.isArray(value)) return value.map(withPlaceholders);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPlaceholders(inner)]));
}
