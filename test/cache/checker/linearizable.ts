import type { KeyHistory, Read, Violation, Write } from './history.ts';

/** Where all that tells of one value lies: it was in force at some time in `[first, last]` (Gibbons and Korach, 1997). */
interface Zone {
  readonly value: string;
  /** The earliest end of a write or read of the value. */
  readonly first: number;
  /** The latest beginning of one. */
  readonly last: number;
}

/**
 * Whether reads of a register are explained by an order of its writes in which each takes effect between its beginning and its end.
 * Every value was written once. Writes may overlap. A write that nobody was told of counts where somebody has read it.
 */
export function checkRegister(key: string, { writes, reads }: KeyHistory): readonly Violation[] {
  const byValue = Map.groupBy(reads, ({ value }) => value);
  const written = new Map(writes.map((write) => [write.value, write]));
  const violations: Violation[] = [];
  for (const [value, [read]] of byValue) {
    if (!written.has(value)) violations.push({ key, because: `${describe(read as Read)}, which nobody wrote` });
  }
  const zones: Zone[] = [];
  for (const write of writes) {
    const of = byValue.get(write.value) ?? [];
    if (of.length === 0 && write.end === Number.POSITIVE_INFINITY) continue;
    for (const read of of) {
      if (read.end < write.begin) violations.push({ key, because: `${describe(read)}, before it was written` });
    }
    const all = [write, ...of];
    zones.push({
      value: write.value,
      first: Math.min(...all.map(({ end }) => end)),
      last: Math.max(...all.map(({ begin }) => begin)),
    });
  }
  return [...violations, ...clashes(key, zones)];
}

/** A value that must have been in force over a stretch of time admits no other one within it. */
function clashes(key: string, zones: readonly Zone[]): readonly Violation[] {
  const forward = zones.filter(({ first, last }) => first < last).sort((a, b) => a.first - b.first);
  const backward = zones.filter(({ first, last }) => first >= last);
  const violations: Violation[] = [];
  forward.forEach((zone, at) => {
    const next = forward[at + 1];
    if (next !== undefined && next.first < zone.last) violations.push({ key, because: overlap(zone, next) });
  });
  for (const inner of backward) {
    const around = forward[countBelow(forward, inner.last) - 1];
    if (around !== undefined && inner.first < around.last) violations.push({ key, because: overlap(around, inner) });
  }
  return violations;
}

/** How many zones begin before a time; they are in order. */
function countBelow(zones: readonly Zone[], time: number): number {
  let [low, high] = [0, zones.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((zones[middle] as Zone).first < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function overlap(a: Zone, b: Zone): string {
  return `${a.value} was seen from ${ms(a.first)} to ${ms(a.last)}, and ${b.value} within that time (${ms(b.first)}, ${ms(b.last)})`;
}

/**
 * The same where values recur, as those of a membership do, and the writes of a key were made one after the other.
 * Each read is given the earliest write that explains it and is not before one that an earlier read has shown.
 */
export function checkSequence(key: string, { writes, reads }: KeyHistory): readonly Violation[] {
  const violations: Violation[] = [];
  const byEnd = [...reads].sort((a, b) => a.end - b.end);
  const placeOf = new Map<Read, number>();
  let ended = 0;
  let least = 0;
  for (const read of [...reads].sort((a, b) => a.begin - b.begin)) {
    for (; ended < byEnd.length && (byEnd[ended] as Read).end < read.begin; ended++) {
      least = Math.max(least, placeOf.get(byEnd[ended] as Read) ?? 0);
    }
    const place = placeFor(read, writes, least);
    if (place === undefined) violations.push({ key, because: `${describe(read)}, which no write then explains` });
    else placeOf.set(read, place);
  }
  return violations;
}

/** Which write explains a read; the write before all others is nobody's and has begun and ended at once. */
function placeFor(read: Read, writes: readonly Write[], least: number): number | undefined {
  for (let at = least; at < writes.length; at++) {
    const write = writes[at] as Write;
    if (write.begin > read.end) return undefined;
    const next = writes[at + 1];
    if (write.value === read.value && (next === undefined || next.end >= read.begin)) return at;
  }
  return undefined;
}

function describe({ value, begin, end, how }: Read): string {
  return `${how} from ${ms(begin)} to ${ms(end)} saw ${value}`;
}

function ms(time: number): string {
  return `${time.toFixed(3)} ms`;
}
