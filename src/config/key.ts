import { z } from 'zod';

interface KeyFacts {
  readonly unit?: string;
  /** Neither the value nor what was written in its place is ever shown. */
  readonly secret?: true;
}

/** `expected` completes "expected …" in a fault, and is the type that the docs give. */
export const key = <Type extends z.ZodType>(type: Type, expected: string, facts: KeyFacts = {}): Type =>
  type.meta({ description: expected, ...facts });

export const text = z.string().min(1);
export const byteSize = z.string().regex(/^([1-9]\d{0,3}kb|[1-9]\d{0,2}mb)$/i);
