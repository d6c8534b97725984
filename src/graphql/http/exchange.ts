import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admitted } from '../context.ts';

/** One authenticated request, as the edge or a guard hands it over. */
export interface GraphqlExchange extends Admitted {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}
