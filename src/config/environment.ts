/** The variables that stand beside a configuration file: PORTICO_HOST and PORTICO_PORT override it, PORTICO_TOKEN stands in for it. */
import type { Fault } from '#model/errors.ts';
import { asMapping, type Mapping } from './mapping.ts';
import type { Environment } from './secret.ts';

const OVERRIDES: readonly (readonly [variable: string, key: string])[] = [
  ['PORTICO_HOST', 'host'],
  ['PORTICO_PORT', 'port'],
];
/** RFC 6750 §2.1, `b64token`: what an Authorization header can carry. */
const B64TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

export function applyEnvironment(raw: Mapping, env: Environment): Mapping {
  const given = OVERRIDES.filter(([variable]) => env[variable]);
  if (given.length === 0) return raw;
  const values = given.map(([variable, key]) => [key, numberOrText(env[variable] ?? '')]);
  return { ...raw, server: { ...asMapping(raw['server']), ...Object.fromEntries(values) } };
}

function numberOrText(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Names the variable where it, and not the file, holds the value at fault. */
export function blameEnvironment(faults: readonly Fault[], env: Environment): readonly Fault[] {
  return faults.map((fault) => {
    const [variable] = OVERRIDES.find(([name, key]) => env[name] && fault.path === `server.${key}`) ?? [];
    if (variable === undefined) return fault;
    const fromKubernetes = env[variable]?.startsWith('tcp://');
    const remedy = 'Kubernetes sets it for a service named portico: set enableServiceLinks to false';
    return { ...fault, path: variable, ...(fromKubernetes ? { remedy } : {}) };
  });
}

export function checkTokenVariable(env: Environment, file: string | undefined): readonly Fault[] {
  const token = env['PORTICO_TOKEN'];
  if (!token) return [];
  const path = 'PORTICO_TOKEN';
  if (file !== undefined) {
    const remedy = "put the token's SHA-256 under auth.tokens; `portico token new` prints the lines";
    return [{ path, expected: 'not to be set beside a configuration file, which alone says who may call', remedy }];
  }
  return B64TOKEN.test(token)
    ? []
    : [{ path, expected: 'letters, digits and . _ ~ + / - only, as a header can carry' }];
}
