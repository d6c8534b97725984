import type { Counter, Histogram, Registry } from 'prom-client';

type Labels = { readonly [name: string]: string };

/** A counter and a histogram of times under the same labels; `counted` are labels of the counter alone. */
export interface TimedSeries {
  add(seconds: number): void;
}

interface Times {
  readonly labels: Labels;
  /** Observations per bucket, not cumulated; the last one is what exceeds every bound. */
  readonly buckets: number[];
  sum: number;
}

interface Count {
  readonly labels: Labels;
  value: number;
}

/** Upper bounds in seconds. */
const BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * A counter and a histogram that cost a look-up and two additions each time. prom-client's own hash and check their labels at
 * every observation, which a handful of them make a quarter of a request by id; it still renders these at a scrape.
 */
export function openTimedSeries(
  registry: Registry,
  counter: { readonly name: string; readonly help: string },
  histogram: { readonly name: string; readonly help: string },
): (labels: Labels, counted: Labels) => TimedSeries {
  const counts: Count[] = [];
  const times = new Map<string, Times>();
  register(registry, { ...counter, type: 'counter', values: () => counts });
  register(registry, { ...histogram, type: 'histogram', values: () => histogramValues(histogram.name, times) });
  return (labels, counted) => {
    const count = { labels: { ...labels, ...counted }, value: 0 };
    counts.push(count);
    const key = JSON.stringify(labels);
    const time = times.get(key) ?? { labels, buckets: new Array(BOUNDS.length + 1).fill(0), sum: 0 };
    times.set(key, time);
    return {
      add(seconds) {
        count.value += 1;
        time.sum += seconds;
        const bucket = bucketOf(seconds);
        time.buckets[bucket] = (time.buckets[bucket] ?? 0) + 1;
      },
    };
  };
}

function bucketOf(seconds: number): number {
  let bucket = 0;
  while (bucket < BOUNDS.length && seconds > (BOUNDS[bucket] ?? 0)) bucket += 1;
  return bucket;
}

interface Value {
  readonly labels: { readonly [name: string]: string | number };
  readonly value: number;
  readonly metricName?: string;
}

function histogramValues(name: string, times: ReadonlyMap<string, Times>): readonly Value[] {
  return [...times.values()].flatMap(({ labels, buckets, sum }) => {
    let below = 0;
    const bounded = buckets.map((count, index) => {
      below += count;
      return { labels: { le: BOUNDS[index] ?? '+Inf', ...labels }, value: below, metricName: `${name}_bucket` };
    });
    const total = { labels, value: below, metricName: `${name}_count` };
    return [...bounded, { labels, value: sum, metricName: `${name}_sum` }, total];
  });
}

interface Rendered {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'histogram';
  values(): readonly Value[];
}

function register(registry: Registry, { name, help, type, values }: Rendered): void {
  const metric = { name, get: async () => ({ name, help, type, aggregator: 'sum', values: values() }) };
  // A registry asks its metrics for no more than `name` and `get`, though its type wants prom-client's own classes.
  registry.registerMetric(metric as unknown as Counter | Histogram);
}
