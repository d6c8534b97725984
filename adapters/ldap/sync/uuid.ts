import { ProtocolFault } from '../connection/protocol/ber.ts';

const UUID_BYTES = 16;

/** `4a1c...`: as entryUUID is written, RFC 4530. @throws {ProtocolFault} */
export function bytesToUuid(bytes: Buffer): string {
  if (bytes.length !== UUID_BYTES) throw new ProtocolFault(`a UUID of ${bytes.length} bytes`);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
