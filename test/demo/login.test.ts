import { describe, expect, test } from 'vitest';
import { openLogins, toAscii } from '#demo/login.ts';

describe('logins', () => {
  test.each([
    ['Þórður', 'thordur'],
    ['Großmann', 'grossmann'],
    ["O'Brien", 'obrien'],
    ['Łukasik', 'lukasik'],
    ['Işık', 'isik'],
    ['Kẹ́hìndé', 'kehinde'],
    ['Ærø', 'aero'],
    ['Đặng', 'dang'],
  ])('are written in plain letters: %s becomes %s', (name, ascii) => {
    expect(toAscii(name)).toBe(ascii);
  });

  test('are numbered where people share a name', () => {
    const next = openLogins();
    expect([next('Anna', 'Weiß'), next('Ánna', 'Weiss'), next('Anna', 'Weiss')]).toEqual([
      'anna.weiss',
      'anna.weiss2',
      'anna.weiss3',
    ]);
  });
});
