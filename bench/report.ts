import type { Comparison, Contest } from './contest.ts';
import type { Slice } from './wrk.ts';

/** One line of the result. Ratios are rates of the subject to rates of `against`, both from the same run. */
export interface Row {
  readonly case: string;
  readonly people: number;
  readonly against: string;
  readonly perSecond: number;
  readonly againstPerSecond: number;
  /** Best slice to best slice; whatever else ran on the machine disturbed these least. */
  readonly ratio: number;
  readonly medianRatio: number;
  /** Processor time per request, the reference's to the subject's: hardly disturbed by other programs. */
  readonly cpuRatio: number;
  readonly p99Ms: number;
  readonly serverCores: number;
  readonly againstCores: number;
  readonly clientCores: number;
  readonly failures: number;
  readonly atLeast?: number;
  readonly valid: boolean;
}

/** A yardstick that did not fill its core was held up by the client, and flatters whoever is compared with it. */
const FULL_CORE = 0.9;

export function contestToRows(contest: Contest, slices: ReadonlyMap<string, readonly Slice[]>): readonly Row[] {
  const { yardstick } = contest;
  const valid = yardstick === undefined || fastest(slicesOf(slices, yardstick)).serverCores >= FULL_CORE;
  return contest.comparisons.map((comparison) => toRow(contest, comparison, slices, valid));
}

function toRow(
  contest: Contest,
  { subject, against, atLeast }: Comparison,
  slices: ReadonlyMap<string, readonly Slice[]>,
  valid: boolean,
): Row {
  const ours = slicesOf(slices, subject);
  const theirs = slicesOf(slices, against);
  const { perSecond } = fastest(ours);
  const againstPerSecond = fastest(theirs).perSecond;
  return {
    case: subject,
    people: contest.people,
    against,
    perSecond,
    againstPerSecond,
    ratio: perSecond / againstPerSecond,
    medianRatio: median(ours.map((slice) => slice.perSecond)) / median(theirs.map((slice) => slice.perSecond)),
    cpuRatio: median(theirs.map(cpuPerRequest)) / median(ours.map(cpuPerRequest)),
    p99Ms: median(ours.map((slice) => slice.p99Ms)),
    serverCores: median(ours.map((slice) => slice.serverCores)),
    againstCores: median(theirs.map((slice) => slice.serverCores)),
    clientCores: median(ours.map((slice) => slice.clientCores)),
    failures: ours.reduce((sum, slice) => sum + slice.failures, 0),
    ...(atLeast !== undefined && { atLeast }),
    valid,
  };
}

const cpuPerRequest = (slice: Slice) => slice.serverMicrosPerRequest;

function slicesOf(slices: ReadonlyMap<string, readonly Slice[]>, name: string): readonly Slice[] {
  const found = slices.get(name);
  if (found === undefined || found.length === 0) throw new Error(`${name} was never given load`);
  return found;
}

function fastest(slices: readonly Slice[]): Slice {
  return slices.reduce((best, slice) => (slice.perSecond > best.perSecond ? slice : best));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

export function verdict(row: Row): string {
  if (row.failures > 0) return `FAILED ${row.failures}`;
  if (!row.valid) return 'invalid: yardstick under 0.9 core';
  if (row.atLeast === undefined) return '';
  return row.ratio >= row.atLeast ? 'met' : 'MISSED';
}

export const COLUMNS: readonly (readonly [title: string, show: (row: Row) => string])[] = [
  ['case', (row) => row.case],
  ['people', (row) => row.people.toLocaleString('en')],
  ['req/s', (row) => row.perSecond.toFixed(0)],
  ['against', (row) => `${row.against} ${row.againstPerSecond.toFixed(0)}`],
  ['ratio', (row) => row.ratio.toFixed(3)],
  ['median', (row) => row.medianRatio.toFixed(3)],
  ['by cpu', (row) => row.cpuRatio.toFixed(3)],
  ['p99 ms', (row) => row.p99Ms.toFixed(1)],
  ['cores: product', (row) => row.serverCores.toFixed(2)],
  ['reference', (row) => row.againstCores.toFixed(2)],
  ['client', (row) => row.clientCores.toFixed(2)],
  ['target', (row) => (row.atLeast === undefined ? '' : `>= ${row.atLeast}`)],
  ['', verdict],
];

/** The first column to the left, all others to the right. */
export function alignTable(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const align = (cell: string, column: number) => {
    const width = widths[column] ?? 0;
    return column === 0 ? cell.padEnd(width) : cell.padStart(width);
  };
  return lines.map((line) => line.map(align).join('  ').trimEnd()).join('\n');
}

export function rowsToTable(rows: readonly Row[]): string {
  return alignTable([COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, show]) => show(row)))]);
}
