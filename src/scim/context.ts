import type { Session } from '#core/session.ts';
import type { Exchange, ScimTenant } from './exchange.ts';
import type { References } from './response/references.ts';
import type { ResourceTexts } from './response/resource-text.ts';

/** What an operation has at hand while it answers one request. */
export interface Context {
  readonly exchange: Exchange;
  readonly tenant: ScimTenant;
  readonly session: Session;
  readonly texts: ResourceTexts;
  readonly references: References;
  readonly bodyLimitBytes: number;
  /** Content-Type of the answer, as Accept allows. */
  readonly answerType: string;
}
