import { expect, test } from 'vitest';
import { nearestName } from '#model/nearest-name.ts';

test.each([
  ['userNmae', 'userName'],
  ['USERNAM', 'userName'],
  ['titel', 'title'],
  ['emials', 'emails'],
  ['x', undefined],
  ['completelyElse', undefined],
  ['', undefined],
  ['a'.repeat(65), undefined],
])('the known name nearest to %j is %j', (name, expected) => {
  expect(nearestName(name, ['userName', 'title', 'emails', 'a'.repeat(64)])).toBe(expected);
});

test('the first of two that are equally near is taken', () => {
  expect(nearestName('nane', ['name', 'nine'])).toBe('name');
});
