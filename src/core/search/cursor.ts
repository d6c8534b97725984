import { createCipheriv, createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { DirectoryError } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';

/**
 * The cursor envelope: an adapter's position, signed, hidden and bound to a tenant, a query and a time, so that it opens for nobody
 * else and for nothing else. Its characters are unreserved ones (RFC 9865 §2): base64url and a dot.
 */
export interface Cursors {
  /** `query` is any text that is equal for equal queries: type, filter, sort. A `lasting` cursor has no lifetime of its own. */
  seal(tenant: TenantId, query: string, position: string, lasting?: boolean): string;
  /** @throws {DirectoryError} INVALID_CURSOR for a forged, foreign or mismatched one; EXPIRED_CURSOR past its lifetime */
  open(tenant: TenantId, query: string, cursor: string): string;
}

const MAC_BYTES = 16;
const TIME_BYTES = 6;
/** The last moment that TIME_BYTES can tell, in some nine thousand years. */
const NEVER = 2 ** (8 * TIME_BYTES) - 1;

/** Replicas that share `secret` open each other's cursors. */
export function openCursors(secret: string, lifetimeMs = 3_600_000, now: () => number = Date.now): Cursors {
  const key = keyOf(`portico cursor ${secret}`);
  const cipherKey = keyOf(`portico cursor, hidden ${secret}`);
  const mac = (tenant: TenantId, query: string, payload: Buffer) => {
    const hmac = createHmac('sha256', key);
    for (const text of [tenant, query]) hmac.update(`${Buffer.byteLength(text)}:${text}`);
    return hmac.update(payload).digest().subarray(0, MAC_BYTES);
  };
  return {
    seal(tenant, query, position, lasting = false) {
      const payload = Buffer.alloc(TIME_BYTES + Buffer.byteLength(position));
      payload.writeUIntBE(lasting ? NEVER : now() + lifetimeMs, 0, TIME_BYTES);
      payload.write(position, TIME_BYTES);
      const signature = mac(tenant, query, payload);
      return `${hide(cipherKey, signature, payload).toString('base64url')}.${signature.toString('base64url')}`;
    },
    open(tenant, query, cursor) {
      const [body = '', signature = ''] = cursor.split('.', 2);
      const hidden = Buffer.from(body, 'base64url');
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== MAC_BYTES || hidden.length < TIME_BYTES) throw invalid();
      if (cursor !== `${hidden.toString('base64url')}.${given.toString('base64url')}`) throw invalid();
      const payload = hide(cipherKey, given, hidden);
      if (!timingSafeEqual(given, mac(tenant, query, payload))) throw invalid();
      if (payload.readUIntBE(0, TIME_BYTES) < now()) {
        throw new DirectoryError('EXPIRED_CURSOR', 'the cursor has expired; start again without one');
      }
      return payload.toString('utf8', TIME_BYTES);
    },
  };
}

function keyOf(text: string): KeyObject {
  return createSecretKey(createHash('sha256').update(text).digest());
}

/** There and back: a stream of bytes that follows from the signature, so that equal ones hide equal payloads and nothing else. */
function hide(key: KeyObject, signature: Buffer, payload: Buffer): Buffer {
  return createCipheriv('aes-256-ctr', key, signature).update(payload);
}

function invalid(): DirectoryError {
  return new DirectoryError(
    'INVALID_CURSOR',
    'the cursor is not one that this query gave out; start again without one',
  );
}
