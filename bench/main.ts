import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Arena, openArena } from './arena.ts';
import { pagesByCursor } from './cases/cursor.ts';
import { nestedGraphql, smallGraphql } from './cases/graphql.ts';
import { addMember } from './cases/members.ts';
import { filterByUserName, getById, pageOf100 } from './cases/reads.ts';
import { createInBulk, createUsers, patchActive } from './cases/writes.ts';
import { type Contest, openPlayer, runContest } from './contest.ts';
import { openInspector } from './inspector.ts';
import { type MemoryRow, measureMemory, memoryToTable } from './memory.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { packageShares, recordProfile, type Share, topFunctions } from './profile.ts';
import { alignTable, contestToRows, type Row, rowsToTable } from './report.ts';
import { startSubject } from './subject.ts';
import { checkWrk } from './wrk.ts';

interface Case {
  readonly name: string;
  readonly open: (arena: Arena) => Promise<Contest>;
  /** The size that it is about, unless sizes are asked for. */
  readonly people?: number;
}

/** In this order: what adds people or groups comes after what reads them. */
const CASES: readonly Case[] = [
  { name: 'get', open: getById },
  { name: 'filter', open: filterByUserName },
  { name: 'graphql', open: nestedGraphql },
  { name: 'small', open: smallGraphql },
  { name: 'page', open: pageOf100 },
  { name: 'cursor', open: pagesByCursor, people: 1_000_000 },
  { name: 'patch', open: patchActive },
  { name: 'members', open: addMember },
  { name: 'create', open: createUsers },
  { name: 'bulk', open: createInBulk, people: 1_000 },
];
const MEMORY = 'memory';
/** Of the demo organisation. */
const USUAL_PEOPLE: readonly number[] = [1_000, 100_000];

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options === 'help') return print(USAGE);
  if (options === 'list') return print([...CASES.map(({ name }) => name), MEMORY].join('\n'));
  checkCases(options);
  checkWrk();
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
  const names = [...CASES.map(({ name }) => name), MEMORY];
  const unknown = only.filter((start) => !names.some((name) => name.startsWith(start)));
  if (unknown.length > 0) throw new Error(`--only: no case ${unknown.join()}; there are ${names.join(', ')}`);
}

async function measureCases(options: Options, folder: string): Promise<void> {
  print(
    `node ${process.version}, ${cpus()[0]?.model}; servers on core ${options.serverCore}, wrk on core ${options.clientCore}`,
  );
  const rows: Row[] = [];
  for (const people of sizesOf(CASES, options)) rows.push(...(await measureSize(people, options, folder)));
  const memory = await measureLargest(options);
  if (rows.length > 0) print(`\n${rowsToTable(rows)}`);
  if (memory.length > 0) print(`\n${memoryToTable(memory)}`);
  saveResult({ at: new Date(), node: process.version, cpu: cpus()[0]?.model, options, rows, memory });
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
  const { seed, serverCore: core, profile: inspect } = options;
  const startedAt = performance.now();
  const subject = await startSubject({ people, seed, core, inspect });
  print(
    `\n${people.toLocaleString('en')} people: serving after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  try {
    for (const { open } of cases) {
      const arena = await openArena(subject, options, folder);
      try {
        await run(arena, await open(arena));
      } finally {
        await arena.stop();
      }
    }
  } finally {
    await subject.stop();
  }
}

async function measureLargest(options: Options): Promise<readonly MemoryRow[]> {
  return isWanted(MEMORY, options) ? measureMemory(Math.max(...(options.people ?? USUAL_PEOPLE)), options) : [];
}

/** Every size of these cases once, the smallest first. */
function sizesOf(cases: readonly Case[], { people: asked }: Options): readonly number[] {
  const sizes = cases.flatMap(({ people }) => asked ?? (people === undefined ? USUAL_PEOPLE : [people]));
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

function saveResult(result: object): void {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'latest.json'), `${JSON.stringify(result, null, 2)}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
