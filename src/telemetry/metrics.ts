import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { BoundedNames } from './bounded-names.ts';
import type { OperationResult } from './operation-result.ts';
import { openTimedSeries, type TimedSeries } from './series.ts';

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
  /** `operation` is query, mutation or subscription; `name` is what the client calls it. */
  graphqlOperation(operation: string, name: string | undefined, result: OperationResult, seconds: number): void;
  /** A subscription of a tenant has begun, or ended. */
  subscription(tenant: string, more: 1 | -1): void;
  /** Names of operations that the operator has chosen, and that always have a label of their own. */
  reserveNames(names: Iterable<string>): void;
  adapterCall(adapter: string, method: string, seconds: number, code?: string): void;
  /** `event` comes from a small fixed set. */
  cache(event: string, count: number): void;
  /** Prometheus text format. */
  render(): Promise<string>;
}

/** `countResources` is asked at every scrape. */
export function openMetrics(countResources: () => Promise<readonly ResourceCount[]>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gaugeResources(registry, countResources);
  const requests = openTimedSeries(
    registry,
    { name: 'portico_requests_total', help: 'Requests answered' },
    { name: 'portico_request_seconds', help: 'Time from a request to its answer' },
  );
  const operations = openTimedSeries(
    registry,
    { name: 'portico_graphql_operations_total', help: 'Operations of GraphQL by the name that the client gives them' },
    { name: 'portico_graphql_operation_seconds', help: 'Time of operations of GraphQL' },
  );
  const calls = openTimedSeries(
    registry,
    { name: 'portico_adapter_calls_total', help: 'Calls to backends; code is the error code or ok' },
    { name: 'portico_adapter_call_seconds', help: 'Time of calls to backends' },
  );
  const subscriptions = new Gauge({
    name: 'portico_graphql_subscriptions',
    help: 'Subscriptions that are open',
    labelNames: ['tenant'],
    registers: [registry],
  });
  const cacheEvents = new Counter({
    name: 'portico_cache_events_total',
    help: 'What was found in the cache and what was not, values that came too late to be kept, writes marked, failures of Redis',
    labelNames: ['event'],
    registers: [registry],
  });
  const tenantLabel = cappedLabel();
  const requestSeries = threeLabels((face, operation, status) => requests({ face, operation }, { status }));
  const names = new BoundedNames();
  const operationSeries = threeLabels((operation, name, outcome) => operations({ operation, name }, { outcome }));
  const callSeries = threeLabels((adapter, method, code) => calls({ adapter, method }, { code }));
  return {
    contentType: registry.contentType,
    request: (face, operation, status, seconds) => requestSeries(face, operation, status).add(seconds),
    graphqlOperation: (operation, name, result, seconds) =>
      operationSeries(operation, names.labelOf(name), result).add(seconds),
    subscription: (tenant, more) => subscriptions.inc({ tenant: tenantLabel(tenant) }, more),
    reserveNames: (more) => names.reserve(more),
    adapterCall: (adapter, method, seconds, code = 'ok') => callSeries(adapter, method, code).add(seconds),
    cache: (event, count) => cacheEvents.inc({ event }, count),
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
      const tenantLabel = cappedLabel();
      for (const { tenant, type, count } of await countResources()) {
        this.inc({ tenant: tenantLabel(tenant), type }, count);
      }
    },
  });
}

/** A tenant's name as a label; once it is told, it stays the same. */
function cappedLabel(): (tenant: string) => string {
  const known = new Set<string>();
  return (tenant) => {
    if (known.size < MAX_TENANT_LABELS) known.add(tenant);
    return known.has(tenant) ? tenant : 'other';
  };
}

/** Nested maps rather than a joined key, which would be built anew on every request. */
function threeLabels(
  open: (first: string, second: string, third: string) => TimedSeries,
): (first: string, second: string, third: string | number) => TimedSeries {
  const opened = new Map<string, Map<string, Map<string | number, TimedSeries>>>();
  return (first, second, third) => {
    const known = opened.get(first)?.get(second)?.get(third);
    if (known !== undefined) return known;
    const series = open(first, second, String(third));
    const bySecond = opened.get(first) ?? new Map<string, Map<string | number, TimedSeries>>();
    const byThird = bySecond.get(second) ?? new Map<string | number, TimedSeries>();
    opened.set(first, bySecond.set(second, byThird.set(third, series)));
    return series;
  };
}
