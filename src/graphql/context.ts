import type { Session } from '#core/session.ts';
import type { Call } from '#model/call.ts';
import type { Outcome } from '#model/outcome.ts';
import type { Principal } from '#model/principal.ts';
import type { MediaType } from './http/media-type.ts';
import type { Budget } from './limits/budget.ts';
import type { GraphqlSettings } from './settings.ts';

/** What the edge leaves in `response.locals.admitted` after it has checked the credential. */
export interface Admitted {
  readonly call: Call;
  readonly principal: Principal;
  /** Written here, read by the edge for the access log and the metrics. */
  readonly outcome: Outcome;
  /** Absolute, without a trailing slash: what SCIM's `/scim/v2` stands below. */
  readonly baseUrl: string;
}

/** One request, as resolvers see it; nothing outlives it. */
export interface GraphqlContext extends Admitted {
  readonly session: Session;
  readonly settings: GraphqlSettings;
  readonly budget: Budget;
  /** Of the answer; absent where there is no HTTP. */
  readonly mediaType?: MediaType;
  /** Values of the fields of Query by their key in the answer, so that each is resolved once. */
  readonly roots: Map<string | number, Promise<unknown>>;
  /** What was thrown through Apollo's pipeline, which tells its caller nothing of it, and gives resolvers a copy of the context. */
  readonly thrown: Error[];
}
