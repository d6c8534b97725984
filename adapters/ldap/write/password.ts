import { createHash, randomBytes } from 'node:crypto';
import type { Secrets } from '#adapters/adapter.ts';
import type { Value } from '../connection/operations.ts';
import type { EntryValues } from '../mapping/homes.ts';
import type { Container } from '../tenant-view.ts';
import { undeclared } from './refusals.ts';

/**
 * `ssha`: the one salted hash that every directory verifies without a module. `clear`: as it comes, for servers that hash by themselves
 * (ppolicy_hash_cleartext) or must have it so. `unicode`: as unicodePwd of Active Directory takes it, over an encrypted connection alone.
 */
export const PASSWORD_SCHEMES = ['ssha', 'clear', 'unicode'] as const;

export interface PasswordOptions {
  readonly attribute: string;
  readonly scheme: (typeof PASSWORD_SCHEMES)[number];
}

const SALT_BYTES = 16;
const UNKNOWN_BYTES = 48;

/**
 * Attribute and values of a write; empty where it carries no secrets, no values where they are cleared. Active Directory knows no account
 * without a password that could be enabled: there a new one, and one whose password is cleared, gets one that nobody knows.
 * @throws UNSUPPORTED
 */
export function passwordValues(
  { password: options, type }: Container,
  secrets: Secrets | undefined,
  { isNew = false }: { readonly isNew?: boolean } = {},
): EntryValues {
  const values: EntryValues = new Map();
  const isDemanded = options?.scheme === 'unicode';
  const password = secrets?.password ?? (isNew && isDemanded ? null : secrets?.password);
  if (secrets?.passwordHash !== undefined) throw undeclared('takes no password that is hashed already');
  if (password === undefined) return values;
  if (options === undefined) throw undeclared(`takes no passwords of a ${type}`);
  if (password !== null) values.set(options.attribute, [encode(password, options)]);
  else values.set(options.attribute, isDemanded ? [encode(unknownPassword(), options)] : []);
  return values;
}

/** Of every kind of character, whatever the policy asks for. */
function unknownPassword(): string {
  return `aA1!${randomBytes(UNKNOWN_BYTES).toString('base64url')}`;
}

function encode(password: string, { scheme }: PasswordOptions): Value {
  if (scheme === 'clear') return password;
  if (scheme === 'unicode') return Buffer.from(`"${password}"`, 'utf16le');
  const salt = randomBytes(SALT_BYTES);
  const digest = createHash('sha1').update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`;
}
