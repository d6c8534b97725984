import { DirectoryError, type Fault } from '#model/errors.ts';

export interface MemoryOptions {
  /** How many changes of each tenant the feed keeps. */
  readonly changesKept: number;
}

const DEFAULTS: MemoryOptions = { changesKept: 100_000 };

/** Absent options are the defaults. @throws INVALID_VALUE with every fault at once */
export function parseMemoryOptions(value: unknown): MemoryOptions {
  if (value === undefined || value === null) return DEFAULTS;
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid([{ path: '', expected: 'a table of options' }]);
  const options: MemoryOptions = { ...DEFAULTS, ...value };
  const faults = Object.keys(value)
    .filter((name) => !Object.hasOwn(DEFAULTS, name))
    .map(unknownOption);
  if (!Number.isSafeInteger(options.changesKept) || options.changesKept < 1) {
    faults.push({ path: 'changesKept', expected: 'a whole number, 1 or more', got: String(options.changesKept) });
  }
  if (faults.length > 0) throw invalid(faults);
  return { changesKept: options.changesKept };
}

function unknownOption(path: string): Fault {
  return { path, expected: `one of the memory backend's options: ${Object.keys(DEFAULTS).join(', ')}` };
}

function invalid(faults: readonly Fault[]): DirectoryError {
  const detail = faults.map(({ path, expected }) => `${path}: expected ${expected}`).join('; ');
  return new DirectoryError('INVALID_VALUE', `options of the memory backend: ${detail}`, { faults });
}
