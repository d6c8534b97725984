import { z } from 'zod';
import { DirectoryError, type Fault } from '#model/errors.ts';
import type { ConnectionSettings } from './connection/settings.ts';

export interface RedisStoreOptions {
  readonly connection: ConnectionSettings;
  /** Before every key. */
  readonly prefix: string;
  /** How many changes of each tenant the feed keeps, at least. */
  readonly changesKept: number;
}

const address = z
  .string()
  .refine((text) => /^(rediss?:\/\/|\/)/.test(text), { error: 'expected redis://, rediss:// or the path of a socket' });

const keys = z.strictObject({
  url: address.optional(),
  nodes: z
    .array(z.string().regex(/^rediss?:\/\//, 'expected redis:// or rediss://'))
    .min(1)
    .optional(),
  username: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  tls: z
    .strictObject({
      ca: z.string().optional(),
      cert: z.string().optional(),
      key: z.string().optional(),
      servername: z.string().optional(),
    })
    .optional(),
  connectTimeoutMs: z.int().min(1).default(2_000),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9._:-]+$/, 'expected letters, digits and . _ : -')
    .default('portico'),
  changesKept: z.int().min(1).default(100_000),
});

/** @throws INVALID_VALUE with every fault at once */
export function parseRedisOptions(value: unknown): RedisStoreOptions {
  const parsed = keys.safeParse(value ?? {});
  if (!parsed.success) throw invalid(parsed.error.issues.flatMap(faultsOfIssue));
  const { prefix, changesKept, url, nodes, username, password, tls, connectTimeoutMs } = parsed.data;
  if ((url === undefined) === (nodes === undefined)) {
    throw invalid([{ path: 'url', expected: 'either url, of one Redis, or nodes, some of a cluster' }]);
  }
  const connection: ConnectionSettings = {
    connectTimeoutMs,
    ...(url !== undefined && { url }),
    ...(nodes !== undefined && { nodes }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls !== undefined && { tls: tls as NonNullable<ConnectionSettings['tls']> }),
  };
  return { connection, prefix, changesKept };
}

function faultsOfIssue(issue: z.core.$ZodIssue): readonly Fault[] {
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return [{ path, expected: issue.message }];
  return issue.keys.map((key) => ({
    path: path === '' ? key : `${path}.${key}`,
    expected: `one of the redis backend's options: ${Object.keys(keys.shape).join(', ')}`,
  }));
}

function invalid(faults: readonly Fault[]): DirectoryError {
  const detail = faults.map(({ path, expected }) => `${path}: ${expected}`).join('; ');
  return new DirectoryError('INVALID_VALUE', `options of the redis backend: ${detail}`, { faults });
}
