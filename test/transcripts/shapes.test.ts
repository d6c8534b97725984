import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadJson, loadLifeCycles } from './transcript.ts';

/** What identity providers are known to send, by a letter for whom and a number. */
const SHAPES = loadJson('shapes.json') as { readonly [shape: string]: string };
/** Those that no step shows, with the reason. */
const NOT_SHOWN = loadJson('not-shown.json') as { readonly [shape: string]: string };

const cycles = loadLifeCycles();
const steps = cycles.flatMap((cycle) => cycle.steps);
const shown = new Set(steps.flatMap(({ shapes }) => shapes));

test('every shape is shown by a step, or stands in not-shown.json with the reason', () => {
  expect(Object.keys(SHAPES).filter((shape) => !shown.has(shape))).toEqual(Object.keys(NOT_SHOWN));
});

test('a step shows shapes that are known', () => {
  expect([...shown].filter((shape) => !Object.hasOwn(SHAPES, shape))).toEqual([]);
  expect(steps.filter(({ shapes }) => shapes.length === 0).map(({ file }) => file)).toEqual([]);
});

test('all of Entra and Okta are shown, and 110 at least', () => {
  expect(Object.keys(NOT_SHOWN).filter((shape) => /^[EO]\d/.test(shape))).toEqual([]);
  expect(shown.size).toBeGreaterThanOrEqual(110);
});

test('every file of a folder is a step of its life cycle, once', () => {
  for (const { folder, tenant, steps: listed } of cycles) {
    const { schemas = [] } = tenant as { readonly schemas?: readonly string[] };
    const others = ['life-cycle.json', ...schemas.map((path) => path.slice(path.lastIndexOf('/') + 1))];
    const files = readdirSync(new URL(folder, import.meta.url)).filter((name) => !others.includes(name));
    expect(listed.map(({ file }) => file.slice(folder.length + 1)).toSorted()).toEqual(files.toSorted());
  }
});

test('a step that may change something reads the state afterwards', () => {
  const blind = steps.filter(({ request, then }) => request.method !== 'GET' && then === undefined);
  expect(blind.map(({ file }) => file)).toEqual([]);
});
