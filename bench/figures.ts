import { alignTable } from './report.ts';

/** One thing that was measured by itself, against nothing but its own bound. */
export interface Figure {
  readonly measure: string;
  readonly people: number;
  readonly value: number;
  readonly unit: 'ms' | 'MB';
  readonly atMost?: number;
}

export function figuresToTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ measure, people, value, unit, atMost }) => {
    const target = atMost === undefined ? '' : `<= ${atMost.toFixed(0)} ${unit}`;
    const size = people.toLocaleString('en');
    return [measure, size, `${value.toFixed(1)} ${unit}`, target, verdict(value, atMost)];
  });
  return alignTable([['measure', 'people', '', 'target', ''], ...rows]);
}

function verdict(value: number, atMost: number | undefined): string {
  if (atMost === undefined) return '';
  return value <= atMost ? 'met' : 'MISSED';
}

/** Of one piece of work after the other, in milliseconds. */
export async function medianMs(times: number, work: (at: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let at = 0; at < times; at++) {
    const begin = performance.now();
    await work(at);
    taken.push(performance.now() - begin);
  }
  return taken.sort((one, other) => one - other)[times >> 1] ?? 0;
}
