import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Past this many tenants the label says `other`: a label is no place for unbounded text. */
const MAX_TENANT_LABELS = 100;

export interface ResourceCount {
  readonly tenant: string;
  readonly type: string;
  readonly count: number;
}

export interface Metrics {
  readonly contentType: string;
  /** `face` and `operation` come from small fixed sets. */
  request(face: string, operation: string, status: number, seconds: number): void;
  adapterCall(adapter: string, method: string, seconds: number, code?: string): void;
  /** Prometheus text format. */
  render(): Promise<string>;
}

/** `countResources` is asked at every scrape. */
export function openMetrics(countResources: () => Promise<readonly ResourceCount[]>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'portico_requests_total',
    help: 'Requests answered',
    labelNames: ['face', 'operation', 'status'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'portico_request_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['face', 'operation'],
    buckets: SECONDS,
    registers,
  });
  const calls = new Counter({
    name: 'portico_adapter_calls_total',
    help: 'Calls to backends; code is the error code or ok',
    labelNames: ['adapter', 'method', 'code'],
    registers,
  });
  const callSeconds = new Histogram({
    name: 'portico_adapter_call_seconds',
    help: 'Time of calls to backends',
    labelNames: ['adapter', 'method'],
    buckets: SECONDS,
    registers,
  });
  gaugeResources(registry, countResources);
  // Looking a label set up by name costs prom-client more than counting does.
  const requestLabels = labelled((key: string) => {
    const [face = '', operation = '', status = ''] = key.split('\n');
    return { total: requests.labels(face, operation, status), seconds: requestSeconds.labels(face, operation) };
  });
  const callLabels = labelled((key: string) => {
    const [adapter = '', method = '', code = ''] = key.split('\n');
    return { total: calls.labels(adapter, method, code), seconds: callSeconds.labels(adapter, method) };
  });
  return {
    contentType: registry.contentType,
    request(face, operation, status, seconds) {
      const series = requestLabels(`${face}\n${operation}\n${status}`);
      series.total.inc();
      series.seconds.observe(seconds);
    },
    adapterCall(adapter, method, seconds, code = 'ok') {
      const series = callLabels(`${adapter}\n${method}\n${code}`);
      series.total.inc();
      series.seconds.observe(seconds);
    },
    render: () => registry.metrics(),
  };
}

function gaugeResources(registry: Registry, countResources: () => Promise<readonly ResourceCount[]>): void {
  new Gauge({
    name: 'portico_resources',
    help: 'Resources stored',
    labelNames: ['tenant', 'type'],
    registers: [registry],
    async collect() {
      this.reset();
      const tenants = new Set<string>();
      for (const { tenant, type, count } of await countResources()) {
        const known = tenants.size < MAX_TENANT_LABELS || tenants.has(tenant);
        if (known) tenants.add(tenant);
        this.inc({ tenant: known ? tenant : 'other', type }, count);
      }
    },
  });
}

function labelled<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    let series = made.get(key);
    if (series === undefined) {
      series = make(key);
      made.set(key, series);
    }
    return series;
  };
}
