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
import { openInspector } from './inspector.ts';
import { getByAdapter } from './ldap/adapter-case.ts';
import { countTrips, tripsToTable } from './ldap/trips.ts';
import { type MemoryRow, measureMemory, memoryToTable } from './memory.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { packageShares, recordProfile, type Share, topFunctions } from './profile.ts';
import { alignTable, contestToRows, type Row, rowsToTable } from './report.ts';
import { openStage } from './stage.ts';
import { checkWrk } from './wrk.ts';

interface Case {
  readonly name: string;
  readonly open: (arena: Arena) => Promise<Contest>;
  /** By adapter the sizes that it is about, unless sizes are asked for; none where it says nothing of the adapter. */
  readonly people: { readonly [adapter in Options['adapter']]: readonly number[] };
}

/** Of the demo organisation. */
const SMALL = 1_000;
const USUAL = 100_000;
const BOTH = { memory: [SMALL, USUAL], ldap: [USUAL] };

/** In this order: what adds people or groups comes after what reads them. */
const CASES: readonly Case[] = [
  { name: 'adapter', open: getByAdapter, people: { memory: [], ldap: [USUAL] } },
  { name: 'get', open: getById, people: BOTH },
  { name: 'filter', open: filterByUserName, people: BOTH },
  { name: 'graphql', open: nestedGraphql, people: { memory: [SMALL, USUAL], ldap: [SMALL] } },
  { name: 'small', open: smallGraphql, people: BOTH },
  { name: 'page', open: pageOf100, people: { memory: [SMALL, USUAL], ldap: [SMALL] } },
  { name: 'cursor', open: pagesByCursor, people: { memory: [1_000_000], ldap: [] } },
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
  const rows: Row[] = [];
  for (const people of sizesOf(CASES, options)) rows.push(...(await measureSize(people, options, folder)));
  const memory = await measureLargest(options);
  const trips = options.adapter === 'ldap' && isWanted(TRIPS, options) ? await countTrips(options, folder) : [];
  if (rows.length > 0) print(`\n${rowsToTable(rows)}`);
  if (memory.length > 0) print(`\n${memoryToTable(memory)}`);
  if (trips.length > 0) print(`\n${tripsToTable(trips)}`);
  saveResult(options.result, {
    at: new Date(),
    node: process.version,
    cpu: cpus()[0]?.model,
    options,
    rows,
    memory,
    trips,
  });
}

async function measureSize(people: number, options: Options, folder: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  await eachCase(people, options, folder, async (arena, contest) => {
    const slices = await runContest(contest, arena.options, folder);
    const found = contestToRows(contest, slices);
    print(rowsToTable(found));
    rows.push(...found);
  });
  return rows;
}

/** All cases of one size share a server, as they would in a day's work. */
async function eachCase(
  people: number,
  options: Options,
  folder: string,
  run: (arena: Arena, contest: Contest) => Promise<void>,
): Promise<void> {
  const cases = CASES.filter((each) => isWanted(each.name, options) && sizesOf([each], options).includes(people));
  if (cases.length === 0) return;
  const startedAt = performance.now();
  const stage = await openStage(people, options, folder);
  print(
    `\n${people.toLocaleString('en')} people: serving after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  try {
    for (const { open } of cases) {
      const arena = await openArena(stage, options, folder);
      try {
        await run(arena, await open(arena));
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
    await eachCase(people, options, folder, async (_arena, contest) => {
      for (const contestant of contest.contestants) {
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
