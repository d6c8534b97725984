import type { ParseArgsOptionsConfig } from 'node:util';

export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Values of a command's flags by name; an absent flag has none. */
export type Flags = { readonly [name: string]: string | boolean | undefined };

export interface Command {
  readonly help: string;
  readonly options: ParseArgsOptionsConfig;
  /**
   * Writes to the standard streams. `operands` are the words behind the command's name, where main.ts lets it have some.
   * @throws UsageError, DirectoryError for a configuration with faults
   */
  run(flags: Flags, operands?: readonly string[]): Promise<ExitCode>;
}

/** The command line cannot be understood; the message says what to change. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function textFlag(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}
