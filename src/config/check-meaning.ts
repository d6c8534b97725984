import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Fault } from '#model/errors.ts';
import { checkNames, checkReference, quoted } from './check-names.ts';
import { checkPolicies } from './check-policies.ts';
import { keyAt } from './key-table.ts';
import { asList, asMapping, type Mapping } from './mapping.ts';
import { PROFILES, SWITCHES } from './profiles.ts';

/**
 * What no schema of single keys can see: names, references between sections, and halves of a configuration that would leave
 * a door open. Reads the file's own values and passes over what the schema refuses, so that both kinds of fault come together.
 */
export function checkMeaning(raw: Mapping): readonly Fault[] {
  const tenants = asMapping(raw['tenants'] ?? { default: {} });
  const backends = asMapping(raw['backends'] ?? { memory: {} });
  const tokens = asList(asMapping(raw['auth'])['tokens']).map(asMapping);
  return [
    ...checkNames('tenants', Object.keys(tenants)),
    ...checkNames('backends', Object.keys(backends)),
    ...checkBackendsOfTenants(tenants, Object.keys(backends)),
    ...checkSystemBackend(asMapping(raw['system']), Object.keys(backends)),
    ...checkCacheBackend(asMapping(raw['cache']), backends),
    ...checkPageSizes(tenants),
    ...checkGroupNames(tenants),
    ...checkTokens(tokens, Object.keys(tenants)),
    ...checkPolicies(tenants, tokens),
    ...checkAddresses(asMapping(raw['server'])),
  ];
}

function checkBackendsOfTenants(tenants: Mapping, backends: readonly string[]): readonly Fault[] {
  return Object.entries(tenants).flatMap(([name, tenant]) => {
    const backend = asMapping(tenant)['backend'];
    const path = `tenants.${name}.backend`;
    if (backend === undefined && backends.length !== 1) {
      return [{ path, expected: `one of ${quoted(backends)}, since there is not exactly one backend` }];
    }
    return typeof backend === 'string' ? checkReference(path, 'backend', backend, backends) : [];
  });
}

function checkSystemBackend({ backend }: Mapping, backends: readonly string[]): readonly Fault[] {
  return typeof backend === 'string' ? checkReference('system.backend', 'backend', backend, backends) : [];
}

function checkCacheBackend({ backend }: Mapping, backends: Mapping): readonly Fault[] {
  if (typeof backend !== 'string') return [];
  const path = 'cache.backend';
  const adapter = asMapping(backends[backend])['adapter'];
  if (backends[backend] === undefined || adapter === 'redis') {
    return checkReference(path, 'backend', backend, Object.keys(backends));
  }
  return [{ path, expected: 'a backend of the adapter redis', got: `"${backend}", which is of ${String(adapter)}` }];
}

/** A usual size that nobody wrote is cut down to the largest when the configuration is assembled. */
function checkPageSizes(tenants: Mapping): readonly Fault[] {
  return Object.entries(tenants).flatMap(([name, tenant]) => {
    const limits = asMapping(asMapping(tenant)['limits']);
    const usual = limits['defaultPageSize'];
    const most = limits['maxPageSize'] ?? keyAt(['tenants', name, 'limits', 'maxPageSize'])?.default;
    if (typeof usual !== 'number' || typeof most !== 'number' || usual <= most) return [];
    const path = `tenants.${name}.limits.defaultPageSize`;
    return [{ path, expected: `at most maxPageSize, which is ${most}`, got: String(usual) }];
  });
}

/** Groups are created by the name that a user is to be in, and two requests at once would create two. */
function checkGroupNames(tenants: Mapping): readonly Fault[] {
  return Object.entries(tenants).flatMap(([name, value]) => {
    const tenant = asMapping(value);
    const profile = PROFILES.find((each) => each === tenant['profile']) ?? 'default';
    const unique = tenant['uniqueGroupNames'] ?? SWITCHES.uniqueGroupNames.in[profile];
    if (asMapping(tenant['lifeCycle'])['userGroups'] !== 'create' || unique !== false) return [];
    const remedy = `set tenants.${name}.uniqueGroupNames`;
    return [{ path: `tenants.${name}.lifeCycle.userGroups`, expected: 'unique group names for "create"', remedy }];
  });
}

function checkTokens(tokens: readonly Mapping[], tenants: readonly string[]): readonly Fault[] {
  if (tokens.length === 0) {
    const remedy = '`portico token new` prints a token and the lines to paste';
    return [
      { path: 'auth.tokens', expected: 'at least one token, since without a credential nobody can call', remedy },
    ];
  }
  const hashes = tokens.map((token) => String(token['sha256']).toLowerCase());
  return tokens.flatMap(({ tenant, sha256 }, index) => {
    const first = hashes.indexOf(hashes[index] ?? '');
    const path = `auth.tokens[${index}]`;
    return [
      ...(typeof tenant === 'string' ? checkReference(`${path}.tenant`, 'tenant', tenant, tenants) : []),
      ...(typeof sha256 === 'string' && first < index
        ? [{ path: `${path}.sha256`, expected: `a token of its own; auth.tokens[${first}] has the same` }]
        : []),
    ];
  });
}

/** Portico speaks plain HTTP, so an address that others reach needs something in front of it that speaks TLS. */
function checkAddresses({ host, port, adminPort, publicUrl, trustedProxies }: Mapping): readonly Fault[] {
  const behindTls = typeof publicUrl === 'string' && publicUrl.startsWith('https:');
  const behindProxy = asList(trustedProxies).length > 0;
  const faults: Fault[] = [];
  if (typeof host === 'string' && !isLoopback(host) && !behindTls && !behindProxy) {
    faults.push({
      path: 'server.host',
      expected: 'a loopback address, since tokens would cross the network in the clear',
      got: JSON.stringify(host),
      remedy: 'put TLS in front and name it: server.publicUrl with https, or server.trustedProxies',
    });
  }
  if (adminPort !== undefined && adminPort !== 0 && adminPort === (port ?? keyAt(['server', 'port'])?.default)) {
    faults.push({ path: 'server.adminPort', expected: 'another port than server.port' });
  }
  return faults;
}

/** Whether only this machine can connect there. Any other name than `localhost` is taken for one that others can reach. */
export function isLoopback(host: string): boolean {
  return isIP(host) === 0 ? host === 'localhost' : ipaddr.process(host).range() === 'loopback';
}
