import { asDirectoryError, retryAfterSeconds } from '#model/errors.ts';
import { HttpRefusal } from './http-refusal.ts';

/** A tenant that cannot be served at the moment, as the refusal that says so; any other error as it is. */
export function asRefusal(error: unknown): unknown {
  const known = asDirectoryError(error);
  if (known?.code !== 'UNAVAILABLE') return error;
  const retryAfter = retryAfterSeconds(known);
  return new HttpRefusal(503, known.code, known.message, {
    headers: { 'Retry-After': String(retryAfter) },
    extensions: { retryAfter },
  });
}
