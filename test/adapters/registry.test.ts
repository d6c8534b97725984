import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadAdapter, openAdapter } from '#adapters/registry.ts';

let folder = '';
const shape = () => [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portico-registry-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function moduleWith(name: string, source: string): Promise<string> {
  await writeFile(join(folder, name), source);
  return `./${name}`;
}

function refusal(message: RegExp) {
  return { name: 'DirectoryError', code: 'UNSUPPORTED', message: expect.stringMatching(message) };
}

describe('the adapter registry', () => {
  test('opens a built-in adapter by name', async () => {
    const adapter = await openAdapter('memory', {}, shape);
    expect(adapter.name).toBe('memory');
  });

  test('hands on what the adapter has against its options', async () => {
    await expect(openAdapter('memory', { speed: 1 }, shape)).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      faults: [{ path: 'speed' }],
    });
    const { options } = await loadAdapter('memory');
    expect(() => options.parse({ speed: 1 })).toThrow(/speed/);
  });

  test('opens an adapter by path, relative to the folder given or absolute', async () => {
    const path = '../support/foreign-adapter/foreign-adapter.ts';
    expect((await openAdapter(path, {}, shape, import.meta.dirname)).name).toBe('map');
    expect((await openAdapter(join(import.meta.dirname, path), {}, shape)).name).toBe('map');
  });

  test('says where it looked for a module that is not there', async () => {
    await expect(openAdapter('./nowhere.ts', {}, shape, folder)).rejects.toMatchObject(
      refusal(new RegExp(`"./nowhere.ts" cannot be loaded from ${join(folder, 'nowhere.ts')}`)),
    );
    await expect(openAdapter('portico-adapter-nowhere', {}, shape)).rejects.toMatchObject(
      refusal(/"portico-adapter-nowhere" is neither one of ldap, memory, redis nor a package that loads/),
    );
  });

  test.each(['__proto__', 'constructor', ''])('%j is no adapter', async (name) => {
    await expect(openAdapter(name, {}, shape)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });

  test('says what a module must export', async () => {
    for (const [i, source] of ['', 'export const adapter = 1', 'export const adapter = { open() {} }'].entries()) {
      const name = await moduleWith(`unfit-${i}.mjs`, source);
      await expect(openAdapter(name, {}, shape, folder)).rejects.toMatchObject(
        refusal(/must export `adapter` with `options.parse` and `open`/),
      );
    }
  });

  test('names the methods that an adapter lacks', async () => {
    const source = `export const adapter = {
      options: { parse: (value) => value },
      open: async () => ({ name: 'half', capabilities() {}, getMany() {}, byKeys() {}, find() {}, linked() {}, areLinked() {}, write() {}, ping() {} }),
    };`;
    const name = await moduleWith('half.mjs', source);
    await expect(openAdapter(name, {}, shape, folder)).rejects.toMatchObject(
      refusal(/without secrets, changes, close/),
    );
  });
});
