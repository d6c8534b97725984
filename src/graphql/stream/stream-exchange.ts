import type { GraphqlExchange } from '../http/exchange.ts';

/** Why a credential that was let in would not be let in any more. */
export interface Lapsed {
  readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN';
  readonly detail: string;
}

/** A request whose answer lasts, so that its credential is looked at again. */
export interface StreamExchange extends GraphqlExchange {
  /** Undefined as long as the credential would be let in as it was. */
  recheck(): Lapsed | undefined;
}
