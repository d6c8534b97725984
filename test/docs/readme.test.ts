import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** The README's own lines, run as printed but for the port, so that they cannot rot. */
const README = readFileSync('README.md', 'utf8');
const run = promisify(execFile);

const blocks = [...README.matchAll(/```(sh|json)\n([\s\S]*?)```/g)].map(([, kind = '', text = '']) => ({ kind, text }));
const start = blocks.find(({ text }) => text.includes('npm start -- --demo'))?.text.trim() ?? '';
const examples = blocks.flatMap(({ kind, text }, index) => {
  const next = blocks[index + 1];
  return kind === 'sh' && text.startsWith('curl') && next?.kind === 'json'
    ? [{ command: text, answer: next.text }]
    : [];
});

let port = 0;
let stop: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  port = await freePort();
  const child = spawn('sh', ['-c', `exec env ${start}`], { env: { ...process.env, PORTICO_PORT: String(port) } });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  await new Promise<void>((resolve, reject) => {
    let output = '';
    const watch = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('To try:')) resolve();
    };
    child.stdout.on('data', watch);
    child.stderr.on('data', watch);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${output}`)));
  });
}, 60_000);

afterAll(() => stop());

test('the README starts the demo and shows at least three examples with their answers', () => {
  expect(start).toContain('npm start -- --demo 1000');
  expect(examples.length).toBeGreaterThanOrEqual(3);
});

describe('the README’s examples answer as printed', () => {
  test.each(examples)('$command', async ({ command, answer }) => {
    const { stdout } = await run('bash', ['-c', command.replaceAll(':8080', `:${port}`)]);
    expect(JSON.parse(stdout)).toEqual(withPlaceholders(JSON.parse(answer)));
  });
});

/** "…" in the README stands for any value. */
function withPlaceholders(value: unknown): unknown {
  if (value === '…') return expect.anything();
  if (Array.isArray(value)) return value.map(withPlaceholders);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPlaceholders(inner)]));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
