import fc from 'fast-check';
import { BerReader, BerWriter } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { ProtocolFault } from '#adapters/ldap/connection/protocol/ber.ts';
import { decode } from '#adapters/ldap/connection/protocol/decode.ts';
import { decodeAttributes } from '#adapters/ldap/connection/protocol/decode-attributes.ts';
import { FrameReader } from '#adapters/ldap/connection/protocol/frame-reader.ts';

function entryMessage(id: number, dn: string, attributes: readonly (readonly [string, readonly string[]])[]): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(0x64);
  writer.writeString(dn);
  writer.startSequence();
  for (const [name, values] of attributes) {
    writer.startSequence();
    writer.writeString(name);
    writer.startSequence(0x31);
    for (const value of values) writer.writeString(value);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}

const attribute = fc.tuple(
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
);
const entry = fc.tuple(
  fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  fc.string({ unit: 'grapheme' }),
  fc.uniqueArray(attribute, { selector: ([name]) => name, maxLength: 5 }),
);

describe('messages', () => {
  test('are the same, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), fc.array(fc.nat(300)), (entries, cuts) => {
        const frames = entries.map((each) => entryMessage(...each));
        const bytes = Buffer.concat(frames);
        const reader = new FrameReader();
        const found: Buffer[] = [];
        let from = 0;
        for (const cut of [...cuts, bytes.length]) {
          found.push(...reader.push(bytes.subarray(from, from + cut)));
          from += cut;
        }
        expect(found.map((frame) => frame.toString('hex'))).toEqual(frames.map((frame) => frame.toString('hex')));
        expect(reader.heldBytes).toBe(0);
      }),
    );
  });

  test('hold what was written', () => {
    fc.assert(
      fc.property(entry, ([id, dn, attributes]) => {
        const message = decode(entryMessage(id, dn, attributes));
        if (message.kind !== 'entry') throw new Error(message.kind);
        expect(message.id).toBe(id);
        expect(message.entry.dn).toBe(dn);
        for (const [name, values] of attributes) expect(message.entry.strings(name.toUpperCase())).toEqual(values);
        expect(message.entry.names).toEqual(attributes.map(([name]) => name));
      }),
    );
  });

  test('that are harmed are a fault or other values, never a circle and never another error', () => {
    const harm = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(entry, harm, ([id, dn, attributes], harms) => {
        const bytes = Buffer.from(entryMessage(id, dn, attributes));
        for (const [at, value] of harms) bytes[at % bytes.length] = value;
        try {
          decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolFault);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('of which a value reaches beyond the end are a fault', () => {
    const cut = Buffer.from([0x30, 0x08, 0x30, 0x06, 0x04, 0x01, 0x61, 0x31, 0x7f, 0x04]);
    expect(() => decodeAttributes(new BerReader(cut))).toThrow(ProtocolFault);
  });

  test('of which a value reaches beyond its own attribute are a fault, although the bytes are there', () => {
    const next = [0x30, 0x05, 0x04, 0x01, 0x62, 0x31, 0x00];
    const long = Buffer.from([0x30, 0x10, 0x30, 0x07, 0x04, 0x01, 0x61, 0x31, 0x02, 0x04, 0x02, ...next]);
    expect(() => decodeAttributes(new BerReader(long))).toThrow(ProtocolFault);
    const whole = Buffer.from([0x30, 0x09, 0x30, 0x07, 0x04, 0x01, 0x61, 0x31, 0x02, 0x04, 0x00]);
    expect(decodeAttributes(new BerReader(whole))).toMatchObject([{ name: 'a', values: [Buffer.alloc(0)] }]);
  });

  test('name attributes that look alike, each by its own name', () => {
    const names = ['ab1z', 'ab2z', 'aC1z', 'a-xz'];
    for (let round = 0; round < 2; round += 1) {
      const message = decode(
        entryMessage(
          1,
          'cn=a',
          names.map((name) => [name, [name]] as const),
        ),
      );
      if (message.kind !== 'entry') throw new Error(message.kind);
      expect(message.entry.names).toEqual(names);
      for (const name of names) expect(message.entry.strings(name.toUpperCase())).toEqual([name]);
    }
  });

  test('of many small pieces are put together once', () => {
    const writer = new BerWriter();
    writer.writeBuffer(Buffer.alloc(4_000_000), 0x30);
    const bytes = writer.buffer;
    const reader = new FrameReader();
    const start = performance.now();
    let frames = 0;
    for (let at = 0; at < bytes.length; at += 100) frames += reader.push(bytes.subarray(at, at + 100)).length;
    expect(frames).toBe(1);
    // Put together at each of its 40,000 pieces it would take minutes.
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
