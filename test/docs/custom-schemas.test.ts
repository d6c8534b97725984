import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '#config/load-config.ts';
import { MOST_ATTRIBUTES } from '#core/schema/document.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { MOST_DOCUMENTS } from '#core/schema-change/documents.ts';
import { type Started, start } from '#src/compose.ts';

const run = promisify(execFile);
const FOLDER = 'docs/guides/custom-schemas';
const GUIDE = readFileSync(`${FOLDER}.md`, 'utf8');
const TOKEN = 'token-of-the-tests-0123456789abcdef';

/** The guide's commands, in order, each with the answer that is printed below it. */
const blocks = [...GUIDE.matchAll(/```(sh|json)\n([\s\S]*?)```/g)].map(([, kind = '', text = '']) => ({ kind, text }));
const commands = blocks.flatMap(({ kind, text }, index) => {
  const next = blocks[index + 1];
  return kind === 'sh' ? [{ text, answer: next?.kind === 'json' ? next.text : undefined }] : [];
});

let gateway: Started;

beforeAll(async () => {
  const config = await loadConfig({ env: { PORTICO_TOKEN: TOKEN, PORTICO_PORT: '0' } });
  gateway = await start({ ...config, server: { ...config.server, drainSeconds: 0 } });
});
afterAll(() => gateway.close());

describe('docs/guides/custom-schemas.md', () => {
  test('its commands answer as printed', async () => {
    const variables = GUIDE.match(/^[A-Z]+=urn:\S+$/gm) ?? [];
    expect(commands.length).toBeGreaterThan(5);
    for (const { text, answer } of commands) {
      const script = [...variables, text].join('\n').replaceAll('curl -s', 'curl -sS');
      const { stdout } = await run('bash', ['-ec', script], { env: { ...process.env, TOKEN, URL: gateway.url } });
      if (answer !== undefined) expect(JSON.parse(stdout), text).toEqual(withPlaceholders(JSON.parse(answer)));
      else expect(stdout, text).not.toMatch(/"status": ?"?[45]/);
    }
  });

  test('a type that is read-only answers 405, as it says', async () => {
    const { text = '' } = commands.at(-1) ?? {};
    const { stdout } = await run('bash', ['-ec', text], { env: { ...process.env, TOKEN, URL: gateway.url } });
    expect(stdout).toMatch(/405$/);
  });

  test('its files are schemas that go together', () => {
    const sources = readdirSync(FOLDER).map((name) => ({
      name,
      content: JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')),
    }));
    const registry = openRegistry({ sources });
    expect(registry.type('Device')?.endpoint).toBe('/Devices');
    expect(registry.type('User')?.extensions).toHaveLength(2);
  });

  test('names the limits that hold', () => {
    expect(GUIDE).toContain(`at most\n${MOST_ATTRIBUTES} attributes`);
    expect(GUIDE).toContain(`a tenant ${MOST_DOCUMENTS} documents`);
  });
});

/** "…" stands for any value. */
function withPlaceholders(value: unknown): unknown {
  if (value === '…') return expect.anything();
  if (Array.isArray(value)) return value.map(withPlaceholders);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPlaceholders(inner)]));
}
