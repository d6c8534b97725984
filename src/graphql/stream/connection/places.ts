import type { Principal } from '#model/principal.ts';
import { HttpRefusal } from '../../http/http-refusal.ts';
import { LIMIT_CODES } from '../../limits/limit-exceeded.ts';
import type { QueryLimits } from '../../limits/query-limits.ts';

const RETRY_AFTER_SECONDS = 5;

type StreamLimit = 'subscriptions' | 'subscriptionsPerCredential';

/** How many streams are open, of each tenant and of each credential. */
export class Places {
  readonly #open = new Map<string, number>();

  /** Takes a place and answers what gives it back. @throws {HttpRefusal} 429 where all are taken */
  take({ tenant, name }: Pick<Principal, 'tenant' | 'name'>, limits: Pick<QueryLimits, StreamLimit>): () => void {
    const places: readonly (readonly [string, StreamLimit, string])[] = [
      [JSON.stringify([tenant, name]), 'subscriptionsPerCredential', `the credential "${name}"`],
      [JSON.stringify([tenant]), 'subscriptions', 'the tenant'],
    ];
    for (const [key, limit, holder] of places) this.#check(key, limit, limits[limit], holder);
    for (const [key] of places) this.#add(key, 1);
    return () => {
      for (const [key] of places) this.#add(key, -1);
    };
  }

  #check(key: string, name: StreamLimit, limit: number, holder: string): void {
    const open = this.#open.get(key) ?? 0;
    if (open < limit) return;
    const message = `${holder} has ${open} open subscriptions; at most ${limit} are allowed, so close one, or follow more types with one`;
    throw new HttpRefusal(429, LIMIT_CODES[name], message, {
      headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
      extensions: { limit, actual: open + 1, retryAfter: RETRY_AFTER_SECONDS },
    });
  }

  #add(key: string, more: number): void {
    const open = (this.#open.get(key) ?? 0) + more;
    if (open === 0) this.#open.delete(key);
    else this.#open.set(key, open);
  }
}
