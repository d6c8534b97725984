import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { asDirectoryError, DirectoryError, type ErrorCode, type Fault } from '#model/errors.ts';

/** Methods that ask the backend. */
export type Method = Exclude<keyof DirectoryAdapter, 'name' | 'capabilities' | 'inspect' | 'close'>;

/** A call without its signal, for which a message of its own stands. */
export type SentCall = Omit<Call, 'signal'>;

export type ToBackend =
  /** First of all: which of its stores the connection is for. */
  | { readonly kind: 'open'; readonly store: string }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly method: Method;
      readonly call: SentCall;
      readonly args: readonly unknown[];
    }
  | { readonly kind: 'abort'; readonly id: number };

export type FromBackend = { readonly id: number } & ({ readonly value: unknown } | { readonly error: SentError });

export interface SentError {
  /** Absent for a bug. */
  readonly code?: ErrorCode;
  readonly message: string;
  readonly faults: readonly Fault[];
  readonly ids: readonly string[];
  readonly retryAfterMs: number | undefined;
}

export function errorToSent(error: unknown): SentError {
  const known = asDirectoryError(error);
  if (known === undefined) return { message: String(error), faults: [], ids: [], retryAfterMs: undefined };
  const { code, message, faults, ids, retryAfterMs } = known;
  return { code, message, faults, ids, retryAfterMs };
}

export function sentToError({ code, message, faults, ids, retryAfterMs }: SentError): Error {
  if (code === undefined) return new Error(message);
  return new DirectoryError(code, message, { faults, ids, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

/** `write` answers errors among values. */
export function answerToSent(method: Method, answer: unknown): unknown {
  if (method !== 'write') return answer;
  return (answer as readonly unknown[]).map((each) =>
    each instanceof Error ? { error: errorToSent(each) } : { each },
  );
}

export function sentToAnswer(method: Method, sent: unknown): unknown {
  if (method !== 'write') return sent;
  return (sent as readonly ({ readonly error: SentError } | { readonly each: unknown })[]).map((answer) =>
    'error' in answer ? sentToError(answer.error) : answer.each,
  );
}
