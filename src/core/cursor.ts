import { createHash, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { DirectoryError } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';

/**
 * The cursor envelope: an adapter's position, signed and bound to a tenant, a query and a time, so that it opens for nobody
 * else and for nothing else. Its characters are unreserved ones (RFC 9865 §2): base64url and a dot.
 */
export interface Cursors {
  /** `query` is any text that is equal for equal queries: type, filter, sort. */
  seal(tenant: TenantId, query: string, position: string): string;
  /** @throws {DirectoryError} INVALID_CURSOR for a forged, foreign or mismatched one; EXPIRED_CURSOR past its lifetime */
  open(tenant: TenantId, query: string, cursor: string): string;
}

const MAC_BYTES = 16;
const TIME_BYTES = 6;

/** Replicas that share `secret` open each other's cursors. */
export function openCursors(secret: string, lifetimeMs = 3_600_000, now: () => number = Date.now): Cursors {
  const key = createSecretKey(createHash('sha256').update(`portico cursor ${secret}`).digest());
  const mac = (tenant: TenantId, query: string, payload: Buffer) => {
    const hmac = createHmac('sha256', key);
    for (const text of [tenant, query]) hmac.update(`${Buffer.byteLength(text)}:${text}`);
    return hmac.update(payload).digest().subarray(0, MAC_BYTES);
  };
  return {
    seal(tenant, query, position) {
      const payload = Buffer.alloc(TIME_BYTES + Buffer.byteLength(position));
      payload.writeUIntBE(now() + lifetimeMs, 0, TIME_BYTES);
      payload.write(position, TIME_BYTES);
      return `${payload.toString('base64url')}.${mac(tenant, query, payload).toString('base64url')}`;
    },
    open(tenant, query, cursor) {
      const [body = '', signature = ''] = cursor.split('.', 2);
      const payload = Buffer.from(body, 'base64url');
      const given = Buffer.from(signature, 'base64url');
      const expected = mac(tenant, query, payload);
      const genuine = given.length === MAC_BYTES && timingSafeEqual(given, expected);
      if (!genuine || cursor !== `${body}.${signature}` || payload.length < TIME_BYTES) throw invalid();
      if (payload.toString('base64url') !== body || given.toString('base64url') !== signature) throw invalid();
      if (payload.readUIntBE(0, TIME_BYTES) < now()) {
        throw new DirectoryError('EXPIRED_CURSOR', 'the cursor has expired; start again without one');
      }
      return payload.toString('utf8', TIME_BYTES);
    },
  };
}

function invalid(): DirectoryError {
  return new DirectoryError(
    'INVALID_CURSOR',
    'the cursor is not one that this query gave out; start again without one',
  );
}
