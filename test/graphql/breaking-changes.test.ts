import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { breakingChanges } from '#graphql/breaking-changes.ts';
import { PUBLISHED, standardSdl } from '#graphql/publish-sdl.ts';

const current = standardSdl();

/** The SDL, changed; fails where the place to change is not there. */
function changed(from: string, to: string): string {
  expect(current).toContain(from);
  return current.replace(from, to);
}

describe('the SDL of the standard schemas', () => {
  test('breaks no client of the published one', () => {
    expect(breakingChanges(readFileSync(PUBLISHED, 'utf8'), current)).toEqual([]);
  });

  test('is found to break clients where a field goes, changes its type or asks for more', () => {
    const cases: readonly (readonly [from: string, to: string, told: string])[] = [
      ['nickName: String\n', 'nick: String\n', 'User.nickName was removed.'],
      ['userName: String!\n', 'userName: String\n', 'User.userName changed type from String! to String.'],
      ['node(id: ID!', 'node(kind: String!, id: ID!', 'A required arg kind on Query.node was added.'],
      ['enum OrderDirection {', 'enum OrderDirection2 {', 'OrderDirection was removed.'],
    ];
    for (const [from, to, told] of cases) {
      const sdl = changed(from, to).replaceAll(
        'OrderDirection!',
        to.includes('2') ? 'OrderDirection2!' : 'OrderDirection!',
      );
      expect(breakingChanges(current, sdl), told).toContain(told);
    }
  });

  test('may get fields, types, enum values and optional arguments', () => {
    const sdl = changed('nickName: String\n', 'nickName: String\nshoeSize: Shoe\n')
      .replace('node(id: ID!', 'node(kind: String, id: ID!')
      .replace('enum OrderDirection {', 'enum OrderDirection {\nRANDOM\n');
    expect(breakingChanges(current, `${sdl}\ntype Shoe { size: Int }`)).toEqual([]);
  });
});
