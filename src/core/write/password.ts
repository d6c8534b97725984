import { type Argon2Parameters, argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Capabilities, Secrets } from '#adapters/adapter.ts';

const hash = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

/** OWASP's first recommendation for argon2id; memory in KiB. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;

/**
 * What the backend is handed for a prepared password (RFC 8265 §4.2), by what it stores: a PHC string (`$argon2id$v=19$...`), the clear
 * text for a backend that hashes by itself, or nothing. `null` clears, undefined leaves what is stored.
 */
export async function secretsOf(
  password: string | null | undefined,
  stores: Capabilities['passwords'],
): Promise<Secrets | undefined> {
  if (password === undefined || stores === 'none') return undefined;
  if (stores === 'hashes') return { password };
  return { passwordHash: password === null ? null : await hashPassword(password) };
}

async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await hash('argon2id', { ...COST, message: Buffer.from(password), nonce });
  const cost = `m=${COST.memory},t=${COST.passes},p=${COST.parallelism}`;
  return `$argon2id$v=19$${cost}$${unpadded(nonce)}$${unpadded(tag)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
