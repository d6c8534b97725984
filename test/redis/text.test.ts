import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, encodeText, LAST } from '#adapters/redis/text.ts';
import { compareText } from '#model/fold.ts';

const SPECIAL = fc.constantFrom(
  '\0',
  '\x01',
  '\x02',
  '\u{10ffff}',
  '\ud800',
  '\udfff',
  '\ufffd',
  'a',
  '\u{1f600}',
  '\ue000',
);
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(SPECIAL).map((parts) => parts.join('')),
);

describe('texts within keys and members', () => {
  test('come back as they were, hold no NUL, and stand before LAST', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const encoded = encodeText(text);
        expect(decodeText(encoded)).toBe(text);
        expect(encoded).not.toContain('\0');
        expect(encoded.isWellFormed()).toBe(true);
        expect(Buffer.compare(Buffer.from(encoded), Buffer.from(LAST))).toBeLessThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test('keep their order, whatever follows them', () => {
    const wellFormed = texts.filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(wellFormed, wellFormed, (a, b) => {
        const order = Buffer.compare(Buffer.from(`${encodeText(a)}\0z`), Buffer.from(`${encodeText(b)}\0a`));
        if (a !== b) expect(Math.sign(order)).toBe(Math.sign(compareText(a, b)));
      }),
      { numRuns: 2_000 },
    );
  });
});
