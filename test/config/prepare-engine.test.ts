import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { prepareEngine } from '#config/prepare-engine.ts';

test('the gateway runs in production unless whoever starts it says otherwise', () => {
  const env: { NODE_ENV?: string } = {};
  prepareEngine(env);
  expect(env).toEqual({ NODE_ENV: 'production' });
  const told = { NODE_ENV: 'development' };
  prepareEngine(told);
  expect(told).toEqual({ NODE_ENV: 'development' });
});

test('nothing that looks at it has been loaded by then', () => {
  const script = `
    await import('#cli/main.ts');
    const { default: { _cache } } = await import('node:module');
    process.stdout.write(JSON.stringify(Object.keys(_cache).filter((file) => /node_modules.(graphql|express)\\b/.test(file))));`;
  const args = ['--input-type=module', '--eval', script];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('[]');
});
