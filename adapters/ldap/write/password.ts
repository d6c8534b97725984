import { createHash, randomBytes } from 'node:crypto';
import type { Secrets } from '#adapters/adapter.ts';
import type { EntryValues } from '../mapping/homes.ts';
import type { Container } from '../tenant-view.ts';
import { undeclared } from './refusals.ts';

/**
 * `ssha`: the one salted hash that every directory verifies without a module. `clear`: as it comes, for servers that hash by themselves
 * (ppolicy_hash_cleartext) or must have it so.
 */
export const PASSWORD_SCHEMES = ['ssha', 'clear'] as const;

export interface PasswordOptions {
  readonly attribute: string;
  readonly scheme: (typeof PASSWORD_SCHEMES)[number];
}

const SALT_BYTES = 16;

/** Attribute and values of a write; empty where it carries no secrets, no values where they are cleared. @throws UNSUPPORTED */
export function passwordValues({ password: options, type }: Container, secrets: Secrets | undefined): EntryValues {
  const values: EntryValues = new Map();
  if (secrets?.passwordHash !== undefined) throw undeclared('takes no password that is hashed already');
  if (secrets?.password === undefined) return values;
  if (options === undefined) throw undeclared(`takes no passwords of a ${type}`);
  values.set(options.attribute, secrets.password === null ? [] : [encode(secrets.password, options)]);
  return values;
}

function encode(password: string, { scheme }: PasswordOptions): string {
  if (scheme === 'clear') return password;
  const salt = randomBytes(SALT_BYTES);
  const digest = createHash('sha1').update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`;
}
