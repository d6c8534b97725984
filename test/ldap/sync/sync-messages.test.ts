import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProtocolFault } from '#adapters/ldap/connection/protocol/ber.ts';
import { syncInfo, syncRequest, syncState } from '#adapters/ldap/sync/sync-messages.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const UUID = '00112233 44556677 8899aabb ccddeeff';
const ID = '00112233-4455-6677-8899-aabbccddeeff';
const state = (value: string) => [{ type: '1.3.6.1.4.1.4203.1.9.1.2', value: hex(value) }];

describe('messages of RFC 4533', () => {
  test('a request has its cookie, or none', () => {
    expect(syncRequest(null).value).toEqual(hex('3003 0a0103'));
    expect(syncRequest('ab').value).toEqual(hex('3007 0a0103 0402 6162'));
  });

  test('an entry has its state, its id and perhaps a cookie', () => {
    expect(syncState(state(`3015 0a0101 0410 ${UUID}`))).toEqual({ state: 'add', id: ID });
    expect(syncState(state(`3019 0a0103 0410 ${UUID} 0402 6162`))).toEqual({ state: 'delete', id: ID, cookie: 'ab' });
    for (const wrong of [`3015 0a0107 0410 ${UUID}`, '3008 0a0101 0403 616263', '3001']) {
      expect(() => syncState(state(wrong))).toThrow(ProtocolFault);
    }
    expect(() => syncState([])).toThrow(ProtocolFault);
  });

  test.each([
    ['8002 6162', { kind: 'cookie', cookie: 'ab' }],
    ['a100', { kind: 'phase', phase: 'delete', done: true }],
    ['a103 010100', { kind: 'phase', phase: 'delete', done: false }],
    ['a207 0402 6162 0101ff', { kind: 'phase', phase: 'present', done: true, cookie: 'ab' }],
    [`a314 3112 0410 ${UUID}`, { kind: 'ids', deleted: false, ids: [ID] }],
    [`a31b 0402 6162 0101ff 3112 0410 ${UUID}`, { kind: 'ids', deleted: true, ids: [ID], cookie: 'ab' }],
    ['a302 3100', { kind: 'ids', deleted: false, ids: [] }],
  ])('%s', (bytes, expected) => {
    expect(syncInfo(hex(bytes))).toEqual(expected);
  });

  test('any bytes are a message or a fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          syncInfo(Buffer.from(bytes));
        } catch (error) {
          expect(['ProtocolFault', 'InvalidAsn1Error']).toContain((error as Error).name);
        }
      }),
    );
  });
});
