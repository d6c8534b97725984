import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIX = 'portico_';
const RANDOM_BYTES = 24;

/**
 * A new bearer token: a prefix and a checksum by which secret scanners tell it from noise, and 192 random bits between them.
 * All its characters are fit for RFC 6750 §2.1, for a shell and for a URL.
 */
export function mintToken(): string {
  const body = `${PREFIX}${randomBytes(RANDOM_BYTES).toString('base64url')}`;
  return body + checksum(body);
}

/** Lower-case hex: the only form in which a configuration holds a token. */
export function tokenSha256(token: string): string {
  return hash('sha256', token);
}

function checksum(body: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64url');
}
