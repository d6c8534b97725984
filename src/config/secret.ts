import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Fault } from '#model/errors.ts';
import { printPath } from './faults.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where secrets are looked up, and where it is told that one is missing. */
export interface SecretSource {
  readonly env: Environment;
  /** Relative paths start here: the configuration file's folder. */
  readonly folder: string;
  readonly faults: Fault[];
}

type Reference = { readonly env: string } | { readonly file: string };

/** `{ env: NAME }` and `{ file: PATH }`: exactly that one key. */
export function isReference(value: unknown): value is Reference {
  if (typeof value !== 'object' || value === null) return false;
  const [entry, ...more] = Object.entries(value);
  return more.length === 0 && (entry?.[0] === 'env' || entry?.[0] === 'file') && typeof entry[1] === 'string';
}

/** The secret itself, a file's without its last line break. Undefined, with a fault, where the reference leads nowhere. */
export async function resolveSecret(
  value: string | Reference,
  path: readonly PropertyKey[],
  source: SecretSource,
): Promise<string | undefined> {
  if (typeof value === 'string') return value;
  const place = 'env' in value ? `the environment variable ${value.env}` : `a readable file at ${value.file}`;
  const fault = { path: printPath(path), expected: `${place} that holds the secret` };
  try {
    const found = 'env' in value ? source.env[value.env] : await readSecretFile(resolve(source.folder, value.file));
    if (found) return found;
    source.faults.push({ ...fault, got: 'nothing' });
  } catch (error) {
    source.faults.push({ ...fault, got: error instanceof Error && 'code' in error ? String(error.code) : 'an error' });
  }
  return undefined;
}

async function readSecretFile(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
}

/** Options with every reference in them, however deep, replaced by its secret; `secretPaths` says where those stand. */
export async function resolveSecrets(
  options: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
  source: SecretSource,
): Promise<{ readonly options: object; readonly secretPaths: readonly (readonly string[])[] }> {
  const secretPaths: (readonly string[])[] = [];
  const walk = async (value: unknown, below: readonly string[]): Promise<unknown> => {
    if (isReference(value)) {
      secretPaths.push(below);
      return await resolveSecret(value, [...path, ...below], source);
    }
    if (Array.isArray(value)) return await Promise.all(value.map((item, index) => walk(item, [...below, `${index}`])));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(async ([key, item]) => [key, await walk(item, [...below, key])] as const);
    return Object.fromEntries(await Promise.all(entries));
  };
  return { options: (await walk(options, [])) as object, secretPaths };
}
