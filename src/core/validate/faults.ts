import { DirectoryError, type Fault } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';

/** In the order in which they decide the code of an error that holds several. */
const CODES = ['INVALID_SYNTAX', 'INVALID_VALUE', 'MUTABILITY'] as const;
export type FaultCode = (typeof CODES)[number];

export function isFaultCode(code: string): code is FaultCode {
  return CODES.some((each) => each === code);
}

/** A body can hold a hundred thousand members; nobody reads that many faults. */
const MOST_KEPT = 100;
const MOST_TOLD = 3;
const LONGEST_SHOWN = 100;

/** What is wrong with a body, gathered so that its author learns all of it at once. */
export class Faults {
  private readonly kept: Fault[] = [];
  private readonly paths = new Set<string>();
  private readonly codes = new Set<FaultCode>();
  private count = 0;

  add(code: FaultCode, fault: Fault): void {
    this.count += 1;
    this.codes.add(code);
    this.paths.add(fault.path);
    if (!this.full) this.kept.push(fault);
  }

  /** Further faults are counted and no longer told, so nothing need be worked out for them. */
  get full(): boolean {
    return this.kept.length >= MOST_KEPT;
  }

  /** So that an attribute with a wrong value is not reported as missing too. */
  has(path: string): boolean {
    return this.paths.has(path);
  }

  /** The faults that are kept, in the order in which they were found. */
  get all(): readonly Fault[] {
    return this.kept;
  }

  /** @throws {DirectoryError} with all faults, where there are any */
  check(): void {
    const code = CODES.find((candidate) => this.codes.has(candidate));
    if (code !== undefined) throw new DirectoryError(code, this.summary(), { faults: this.kept });
  }

  private summary(): string {
    const told = this.kept.slice(0, MOST_TOLD).map(faultToText).join('; ');
    const rest = this.count - MOST_TOLD;
    return rest > 0 ? `${told}; and ${rest} more` : told;
  }
}

/** `got` for a fault, at most 100 characters; what is inside an object or an array is not told. */
export function shown(value: Json): string {
  if (isList(value)) return `an array of ${value.length}`;
  if (isObject(value)) return 'an object';
  if (typeof value !== 'string') return String(value);
  const text = JSON.stringify(value.slice(0, LONGEST_SHOWN));
  return value.length <= LONGEST_SHOWN && text.length <= LONGEST_SHOWN
    ? text
    : `${text.slice(0, LONGEST_SHOWN - 4)}..."`;
}

export function faultToText({ path, expected, got, remedy }: Fault): string {
  const parts = [`${path}: expected ${expected}`];
  if (got !== undefined) parts.push(`got ${got}`);
  return parts.join(', ') + (remedy === undefined ? '' : ` (${remedy})`);
}
