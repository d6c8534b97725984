import { DirectoryError } from '#model/errors.ts';
import type { StreamExchange } from '../stream-exchange.ts';
import type { Lifetime } from './lifetime.ts';

/** How long a credential that ends without notice goes unnoticed. */
const RECHECK_MS = 2_000;

/** Ends a stream with its credential: at the moment when it expires, or as soon as it is found to be let in no more. */
export function watchCredential({ recheck, principal: { expires } }: StreamExchange, lifetime: Lifetime): void {
  let timer: NodeJS.Timeout;
  const check = () => {
    const refused = recheck();
    if (refused === undefined) schedule();
    else lifetime.end(new DirectoryError(refused.code, refused.detail));
  };
  const schedule = () => {
    const leftMs = expires === undefined ? RECHECK_MS : Math.max(0, expires.getTime() - Date.now());
    timer = setTimeout(check, Math.min(leftMs, RECHECK_MS)).unref();
  };
  schedule();
  lifetime.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}
