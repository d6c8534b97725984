import type { BackendConfig, Config, QueryLimitsConfig, TenantConfig } from './config.ts';

const HIDDEN = '***';
/** A literal under such a name is taken for a secret, since an adapter's options are not in our table. */
const SECRET_NAME = /password|passphrase|secret|token|credential|private.?key|^key$/i;

/** The configuration as plain data, fit to print: in the file's own keys, defaults filled in, paths absolute, every secret `***`. */
export function effectiveConfig(config: Config): { readonly [key: string]: unknown } {
  const tenants = [...config.tenants].map(([key, tenant]) => [key, showTenant(tenant)]);
  const backends = [...config.backends].map(([key, backend]) => [key, showBackend(backend)]);
  const { bodyLimitBytes, ...server } = config.server;
  return {
    server: { ...server, bodyLimit: printByteSize(bodyLimitBytes), secret: HIDDEN },
    tenants: Object.fromEntries(tenants),
    backends: Object.fromEntries(backends),
    auth: { tokens: config.tokens.map((token) => ({ ...token, sha256: HIDDEN })) },
    graphql: { ...config.graphql, limits: showQueryLimits(config.graphql.limits) },
    system: config.system,
    ...(config.cache !== undefined && { cache: config.cache }),
  };
}

function showTenant({ name: _, limits, switches, graphql, ...tenant }: TenantConfig): object {
  const { groupPatchAnswer, userPatchAnswer, uniqueGroupNames, ...others } = switches;
  const { bulkMaxPayloadBytes, ...sizes } = limits;
  return {
    ...tenant,
    switches: others,
    groupPatchAnswer,
    userPatchAnswer,
    uniqueGroupNames,
    limits: { ...sizes, bulkMaxPayload: printByteSize(bulkMaxPayloadBytes) },
    graphql: { ...graphql, limits: showQueryLimits(graphql.limits) },
  };
}

function showQueryLimits({ bodyBytes, responseBytes, ...limits }: QueryLimitsConfig): object {
  return { ...limits, bodySize: printByteSize(bodyBytes), responseSize: printByteSize(responseBytes) };
}

function printByteSize(bytes: number): string {
  return bytes % 1_048_576 === 0 ? `${bytes / 1_048_576}mb` : `${bytes / 1_024}kb`;
}

function showBackend({ adapter, options, secretPaths }: BackendConfig): object {
  const hidden = new Set(secretPaths.map((path) => path.join('\0')));
  const show = (value: unknown, path: readonly string[]): unknown => {
    if (hidden.has(path.join('\0'))) return HIDDEN;
    if (Array.isArray(value)) return value.map((item, index) => show(item, [...path, `${index}`]));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, show(item, [...path, key])]));
    }
    return typeof value === 'string' ? showText(value, path.at(-1) ?? '') : value;
  };
  return { adapter, ...(show(options, []) as object) };
}

function showText(text: string, key: string): string {
  return SECRET_NAME.test(key) ? HIDDEN : text.replace(/(\/\/[^/?#\s:@]*):[^/?#\s]*@/, `$1:${HIDDEN}@`);
}
