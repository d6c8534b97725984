import type { Inspection } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { Fault } from '#model/errors.ts';
import type { Limits, RedisConnection } from '../connection/connection.ts';

const OLDEST = 7;
const SETTINGS = ['maxmemory', 'maxmemory-policy', 'appendonly', 'appendfsync'] as const;

type Setting = (typeof SETTINGS)[number];
type Settings = { readonly [name in Setting]?: string };

/** Whether Redis keeps what it is told to keep, of every primary. @throws UNAVAILABLE, TIMEOUT */
export async function inspectServer(connection: RedisConnection, call: Call): Promise<Inspection> {
  const versions = await connection.askEach(call, 'INFO', 'server');
  const servers = await readSettings(connection, call);
  const faults = [
    ...versions.flatMap((info) => faultsOfVersion(String(info))),
    ...servers.flatMap((settings) => (settings === undefined ? [] : faultsOfEviction(settings))),
  ];
  const notices = servers.flatMap((settings) => (settings === undefined ? [HIDDEN] : noticesOfPersistence(settings)));
  return { faults: distinct(faults), notices: distinct(notices) };
}

/** Undefined of a server whose account may not read its settings, as managed services have it. */
async function readSettings(connection: RedisConnection, limits: Limits): Promise<readonly (Settings | undefined)[]> {
  try {
    const replies = await connection.askEach(limits, 'CONFIG', 'GET', ...SETTINGS);
    return replies.map(readPairs);
  } catch (error) {
    if (isRefusal(error)) return [undefined];
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && /^(NOPERM|ERR)/.test(error.cause.message);
}

/** RESP2 lists names and values in turn, RESP3 answers a table. */
function readPairs(reply: unknown): Settings {
  if (!Array.isArray(reply)) return reply as Settings;
  const pairs = reply.flatMap((name, at) => (at % 2 === 0 ? [[String(name), String(reply[at + 1])] as const] : []));
  return Object.fromEntries(pairs);
}

function faultsOfVersion(info: string): readonly Fault[] {
  const version = /redis_version:(\S+)/.exec(info)?.[1] ?? '';
  if (Number.parseInt(version, 10) >= OLDEST) return [];
  return [{ path: 'url', expected: `Redis ${OLDEST} or newer`, got: version }];
}

function faultsOfEviction({ maxmemory = '0', 'maxmemory-policy': policy = '' }: Settings): readonly Fault[] {
  if (maxmemory === '0' || policy === 'noeviction') return [];
  const expected = 'a Redis that drops nothing of its own accord: maxmemory-policy noeviction';
  return [{ path: 'url', expected, got: policy, remedy: 'CONFIG SET maxmemory-policy noeviction, and in redis.conf' }];
}

function noticesOfPersistence({ appendonly, appendfsync }: Settings): readonly Fault[] {
  if (appendonly !== 'yes') {
    const expected = 'appendonly yes: without it a restart loses what was written since the last snapshot';
    return [{ path: 'url', expected, got: appendonly ?? '', remedy: 'CONFIG SET appendonly yes, and in redis.conf' }];
  }
  if (appendfsync !== 'no') return [];
  const expected = 'appendfsync everysec, or always: else the operating system decides when writes are on disk';
  return [{ path: 'url', expected, got: 'no', remedy: 'CONFIG SET appendfsync everysec, and in redis.conf' }];
}

const HIDDEN: Fault = {
  path: 'url',
  expected: 'an account that may read maxmemory-policy and appendonly',
  remedy: 'grant it +config|get, or see to maxmemory-policy noeviction and appendonly yes yourself',
};

function distinct(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((each) => [JSON.stringify(each), each])).values()];
}
