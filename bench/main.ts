import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installSystemPackages } from '../scripts/system-packages.mjs';
import { type Arena, openArena } from './arena.ts';
import { pagesByCursor } from './cases/cursor.ts';
import { nestedGraphql, smallGraphql } from './cases/graphql.ts';
import { addMember } from './cases/members.ts';
import { filterByUserName, getById, pageOf100 } from './cases/reads.ts';
import { createInBulk, createUsers, patchActive } from './cases/writes.ts';
import { type Contest, openPlayer, runContest } from './contest.ts';
import { type Figure, figuresToTable } from './figures.ts';
import { openInspector } from './inspector.ts';
import { getByAdapter } from './ldap/adapter-case.ts';
import { startCold } from './ldap/cold-start.ts';
import { changeLargeGroup } from './ldap/large-group.ts';
import { countTrips, tripsToTable } from './ldap/trips.ts';
import { walkEverybody } from './ldap/walk.ts';
import { type MemoryRow, measureMemory, memoryToTable } from './memory.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { packageShares, recordProfile, type Share, topFunctions } from './profile.ts';
import { alignTable, contestToRows, type Row, rowsToTable } from './report.ts';
import { openStage } from './stage.ts';
import { checkWrk } from './wrk.ts';

type Case = (Compared | Measured) & {
  readonly name: string;
  /** By adapter the sizes that it is about, unless sizes are asked for; none where it says nothing of the adapter. */
  readonly people: { readonly [adapter in Options['adapter']]: readonly number[] };
};

interface Compared {
  readonly open: (arena: Arena) => Promise<Contest>;
}

interface Measured {
  readonly measure: (arena: Arena) => Promise<readonly Figure[]>;
}

/** Of the demo organisation. */
const SMALL = 1_000;
const COLD = 20_000;
const USUAL = 100_000;
const BOTH = { memory: [SMALL, USUAL], ldap: [USUAL] };

/** In this order: what adds people or groups comes after what reads them. */
const CASES: readonly Case[] = [
  { name: 'cold', measure: startCold, people: { memory: [], ldap: [COLD] } },
  { name: 'walk', measure: walkEverybody, people: { memory: [], ldap: [USUAL] } },
  { name: 'adapter', open: getByAdapter, people: { memory: [], ldap: [USUAL] } },
  { name: 'get', open: getById, people: BOTH },
  { name: 'filter', open: filterByUserName, people: BOTH },
  { name: 'graphql', open: nestedGraphql, people: { memory: [SMALL, USUAL], ldap: [SMALL] } },
  { name: 'small', open: smallGraphql, people: BOTH },
  { name: 'page', open: pageOf100, people: { memory: [SMALL, USUAL], ldap: [SMALL] } },
  { name: 'cursor', open: pagesByCursor, people: { memory: [1_000_000], ldap: [] } },
  { name: 'large', measure: changeLargeGroup, people: { memory: [], ldap: [USUAL] } },
  { name: 'patch', open: patchActive, people: BOTH },
  { name: 'members', open: addMember, people: BOTH },
  { name: 'create', open: createUsers, people: BOTH },
  { name: 'bulk', open: createInBulk, people: { memory: [SMALL], ldap: [] } },
];
const MEMORY = 'memory';
const TRIPS = 'trips';
const NAMES = [...CASES.map(({ name }) => name), MEMORY, TRIPS];

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options === 'help') return print(USAGE);
  if (options === 'list') return print(NAMES.join('\n'));
  checkCases(options);
  checkWrk();
  if (options.adapter === 'ldap') await installSystemPackages();
  const folder = mkdtempSync(join(tmpdir(), 'portico-bench-'));
  try {
    if (options.profile) await profileCases(options, folder);
    else await measureCases(options, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws {Error} for a name that stands for no case */
function checkCases({ only }: Options): void {
  const unknown = only.filter((start) => !NAMES.some((name) => name.startsWith(start)));
  if (unknown.length > 0) throw new Error(`--only: no case ${unknown.join()}; there are ${NAMES.join(', ')}`);
}

async function measureCases(options: Options, folder: string): Promise<void> {
  print(
    `node ${process.version}, ${cpus()[0]?.model}; servers on core ${options.serverCore}, wrk on core ${options.clientCore}`,
  );
  const found: Found = { rows: [], figures: [] };
  for (const people of sizesOf(CASES, options)) await measureSize(people, options, folder, found);
  const { rows, figures } = found;
  const memory = await measureLargest(options);
  const trips = options.adapter === 'ldap' && isWanted(TRIPS, options) ? await countTrips(options, folder) : [];
  if (rows.length > 0) print(`\n${rowsToTable(rows)}`);
  if (figures.length > 0) print(`\n${figuresToTable(figures)}`);
  if (memory.length > 0) print(`\n${memoryToTable(memory)}`);
  if (trips.length > 0) print(`\n${tripsToTable(trips)}`);
  saveResult(options.result, {
    at: new Date(),
    node: process.version,
    cpu: cpus()[0]?.model,
    options,
    rows,
    figures,
    memory,
    trips,
  });
}

interface Found {
  readonly rows: Row[];
  readonly figures: Figure[];
}

async function measureSize(people: number, options: Options, folder: string, found: Found): Promise<void> {
  await eachCase(people, options, folder, async (arena, each) => {
    if ('measure' in each) {
      const figures = await each.measure(arena);
      print(figuresToTable(figures));
      found.figures.push(...figures);
      return;
    }
    const contest = await each.open(arena);
    const rows = contestToRows(contest, await runContest(contest, options, folder));
    print(rowsToTable(rows));
    found.rows.push(...rows);
  });
}

/** All cases of one size share a server, as they would in a day's work. */
async function eachCase(
  people: number,
  options: Options,
  folder: string,
  run: (arena: Arena, each: Case) => Promise<void>,
): Promise<void> {
  const cases = CASES.filter((each) => isWanted(each.name, options) && sizesOf([each], options).includes(people));
  if (cases.length === 0) return;
  const startedAt = performance.now();
  const stage = await openStage(people, options, folder);
  print(
    `\n${people.toLocaleString('en')} people: serving after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  try {
    for (const each of cases) {
      const arena = await openArena(stage, options, folder);
      try {
        await run(arena, each);
      } finally {
        await arena.stop();
      }
    }
  } finally {
    await stage.stop();
  }
}

async function measureLargest(options: Options): Promise<readonly MemoryRow[]> {
  if (options.adapter !== 'memory' || !isWanted(MEMORY, options)) return [];
  return measureMemory(Math.max(...(options.people ?? [USUAL])), options);
}

/** Every size of these cases once, the smallest first. */
function sizesOf(cases: readonly Case[], { adapter, people: asked }: Options): readonly number[] {
  const sizes = cases.flatMap(({ people }) => (people[adapter].length === 0 ? [] : (asked ?? people[adapter])));
  return [...new Set(sizes)].sort((one, other) => one - other);
}

function isWanted(name: string, { only }: Options): boolean {
  return only.length === 0 || only.some((start) => name.startsWith(start));
}

async function profileCases(options: Options, folder: string): Promise<void> {
  for (const people of sizesOf(CASES, options)) {
    await eachCase(people, options, folder, async (arena, each) => {
      const contestants = 'open' in each ? (await each.open(arena)).contestants : [];
      for (const contestant of contestants) {
        if (contestant.inspectorPort === undefined) continue;
        const inspector = await openInspector(contestant.inspectorPort);
        const player = openPlayer(contestant, options, folder);
        await player.play(options.seconds);
        const profile = await recordProfile(inspector, () => player.play(options.seconds));
        print(`\n${contestant.name}\n${sharesToTable(packageShares(profile).slice(0, 15))}`);
        print(`\n${sharesToTable(topFunctions(profile, 30))}`);
        inspector.close();
      }
    });
  }
}

function sharesToTable(shares: readonly Share[]): string {
  return alignTable(shares.map(({ name, share }) => [name, `${(share * 100).toFixed(1)} %`]));
}

function saveResult(file: string, result: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
