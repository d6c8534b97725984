import { asDirectoryError, retryAfterSeconds } from '#model/errors.ts';
import { HttpRefusal } from './http-refusal.ts';

/**
 * Why a session could not be opened, as the refusal that says so: the tenant cannot be served at the moment, or has not the policy that the
 * credential is bound to. Any other error as it is.
 */
export function asRefusal(error: unknown): unknown {
  const known = asDirectoryError(error);
  if (known?.code === 'FORBIDDEN') return new HttpRefusal(403, known.code, known.message);
  if (known?.code !== 'UNAVAILABLE') return error;
  const retryAfter = retryAfterSeconds(known);
  return new HttpRefusal(503, known.code, known.message, {
    headers: { 'Retry-After': String(retryAfter) },
    extensions: { retryAfter },
  });
}
