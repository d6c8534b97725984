import { describe, expect, test } from 'vitest';
import { canonicalEmail, isEmailAddress } from '#core/validate/email.ts';

const LONG_LABEL = 'd'.repeat(63);

describe('a mailbox of RFC 5321 §4.1.2', () => {
  test.each([
    'ada@example.com',
    'ADA.Lovelace+tag@Mail.Example.COM',
    "o'brien!#$%&*/=?^_`{|}~-@example.com",
    'ada@localhost',
    'ada@okta.local',
    'ada@a-b.c1',
    'ada@xn--mller-kva.example',
    '"ada lovelace"@example.com',
    '"a@b\\"c"@example.com',
    'ada@[192.0.2.1]',
    'ada@[IPv6:2001:db8::1]',
    'jürgen@müller.example',
    '用户@例子.广告',
    `${'l'.repeat(64)}@example.com`,
    `a@${LONG_LABEL}.${LONG_LABEL}.${LONG_LABEL}.${'d'.repeat(60)}`,
  ])('is %s', (text) => {
    expect(isEmailAddress(text)).toBe(true);
  });

  test.each([
    '',
    '@',
    'ada',
    'ada@',
    '@example.com',
    'ada@@example.com',
    'ada@b@example.com',
    '.ada@example.com',
    'ada.@example.com',
    'a..b@example.com',
    'ada lovelace@example.com',
    'Ada <ada@example.com>',
    'mailto:ada@example.com ',
    'ada@example..com',
    'ada@.example.com',
    'ada@example.com.',
    'ada@-example.com',
    'ada@example-.com',
    'ada@exam_ple.com',
    'ada@exam ple.com',
    'ada@[]',
    'ada@[a]b',
    'ada@[a b]',
    '"ada@example.com',
    '"a"b"@example.com',
    'ada\u0000@example.com',
    'ada\u200b@example.com',
    'ada\n@example.com',
    'ada@example.com\n',
    `${'l'.repeat(65)}@example.com`,
    `${'ü'.repeat(33)}@example.com`,
    `a@${'d'.repeat(64)}.com`,
    `a@${LONG_LABEL}.${LONG_LABEL}.${LONG_LABEL}.${'d'.repeat(63)}`,
  ])('is not %j', (text) => {
    expect(isEmailAddress(text)).toBe(false);
  });

  test.each(['a', '.', 'a.', '"', '\\"', '@', 'ü', '-', '[', 'a@'])(
    'is looked for in linear time in many %j',
    (part) => {
      const started = performance.now();
      for (let round = 0; round < 2_000; round++) isEmailAddress(`${part.repeat(250 / part.length)}@${part.repeat(3)}`);
      isEmailAddress(part.repeat(65_536 / part.length));
      expect(performance.now() - started).toBeLessThan(1_000);
    },
  );
});

test.each([
  ['Ada@EXAMPLE.Com', 'Ada@example.com'],
  ['"A@B"@C.D', '"A@B"@c.d'],
  ['nobody', 'nobody'],
  ['A@İstanbul.EXAMPLE', 'A@İstanbul.example'],
])('the canonical form of %s is %s: RFC 5321 §2.4 leaves the local part alone', (text, canonical) => {
  expect(canonicalEmail(text)).toBe(canonical);
});
