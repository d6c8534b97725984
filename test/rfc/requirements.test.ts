import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conformancePage, unmet } from './conformance-page.ts';
import { REQUIREMENTS, type Requirement, requirementOf } from './requirements.ts';
import { checkWitness, newWitness } from './witness.ts';

/** Rows of each section, in the order of the alphabet. */
const ROWS = [18, 20, 34, 25, 10, 6, 26, 7, 14, 8, 4, 10, 38, 6, 18, 4, 7, 7, 6, 5, 10];

describe('requirements.json', () => {
  test('has every row of every section once, in order, and nothing else', () => {
    const rows = ROWS.flatMap((count, index) =>
      Array.from({ length: count }, (_, number) => `${String.fromCharCode(65 + index)}${number + 1}`),
    );
    expect(REQUIREMENTS.map(({ row }) => row)).toEqual(rows);
  });

  test('says of each row where it stands, how strongly, and what it asks', () => {
    for (const { section, level, text, ...rest } of REQUIREMENTS) {
      expect(section).toMatch(/^RFC \d{4} §\d/);
      expect(level).toMatch(/^(MUST|SHALL|SHOULD|MAY|MUST NOT|SHALL NOT|SHOULD NOT|should|DECIDE|ERRATA)$/);
      expect(text).toMatch(/^[^|]{2,}[^.|]$/);
      for (const value of Object.values(rest)) expect(value).not.toBe('');
    }
  });

  test('gives a reason exactly where there is no test', () => {
    const source = testFiles().join('\n');
    const tested = [...source.matchAll(/^row\w*\(\s*'(\w+)'/gm)].map(([, row = '']) => row);
    const reasoned = REQUIREMENTS.filter(({ reason }) => reason !== undefined).map(({ row }) => row);
    expect([...tested, ...reasoned].sort()).toEqual(REQUIREMENTS.map(({ row }) => row).sort());
  });
});

describe('the harness', () => {
  test('faults a row that sent nothing, looked at nothing or asserted nothing', () => {
    expect(() => checkWitness('A1', newWitness(), 1)).toThrow('sent no request');
    expect(() => checkWitness('A1', { answered: 1, looked: 0 }, 1)).toThrow('never looked');
    expect(() => checkWitness('A1', { answered: 1, looked: 1 }, 0)).toThrow('asserted nothing');
    expect(() => checkWitness('A1', { answered: 1, looked: 1 }, 1)).not.toThrow();
  });

  test('faults a test of an unknown row, and of one with a reason', () => {
    expect(() => requirementOf('Z9')).toThrow('no row Z9');
    const reasoned = REQUIREMENTS.find(({ reason }) => reason !== undefined);
    expect(() => requirementOf(reasoned?.row ?? '')).toThrow('its reason must go');
  });
});

describe('the page', () => {
  const row = (number: string, more: Partial<Requirement> = {}): Requirement => ({
    row: number,
    section: 'RFC 7644 §3',
    level: 'MUST',
    text: 'What is asked',
    ...more,
  });

  test('tells what is met, what a setting decides, and what is not met and why', () => {
    const rows = [
      row('A1'),
      row('A2', { setting: 'profile', choice: 'this | that' }),
      row('B1', { reason: 'no time' }),
    ];
    const page = conformancePage(rows, new Set(['A1', 'A2']));
    expect(page).toContain('| A1 | RFC 7644 §3 | MUST | What is asked | met |');
    expect(page).toContain('| A2 | RFC 7644 §3 | MUST | What is asked → this \\| that | by setting (`profile`) |');
    expect(page).toContain('| B1 | RFC 7644 §3 | MUST | What is asked | not yet: no time |');
    expect(page).toContain('| **All** | 1 | 1 | 1 | 3 |');
  });

  test('a row without a test that passed and without a reason is unmet', () => {
    expect(unmet([row('A1'), row('A2'), row('B1', { reason: 'no time' })], new Set(['A1']))).toEqual(['A2']);
  });
});

function testFiles(): readonly string[] {
  const folder = new URL('.', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.test.ts') && name !== 'requirements.test.ts');
  return names.map((name) => readFileSync(new URL(name, folder), 'utf8'));
}
