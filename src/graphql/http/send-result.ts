import type { FormattedExecutionResult } from 'graphql';
import { BodyBytes } from '#model/body-bytes.ts';
import type { GraphqlContext } from '../context.ts';
import type { GraphqlExchange } from './exchange.ts';
import { type Headers, sendBytes, sendText } from './send.ts';
import { tooLarge, withinSize } from './within-size.ts';
import { holdsList, writeJson } from './write-json.ts';

/** What a page of resources mostly takes. */
const EXPECTED_BYTES = 64 * 1_024;

type Bounds = Pick<GraphqlContext, 'budget' | 'settings' | 'outcome'>;

/** Sends a result: errors come first, where a reader sees them. One that is too large is an error instead. */
export function sendResult(
  exchange: GraphqlExchange,
  status: number,
  headers: Headers,
  { errors, data, extensions }: FormattedExecutionResult,
  bounds: Bounds,
): void {
  const result = { errors, data, extensions };
  if (!holdsList(data)) {
    sendText(exchange, status, headers, withinSize(JSON.stringify(result), bounds));
    return;
  }
  const bytes = new BodyBytes(EXPECTED_BYTES);
  if (writeJson(bytes, result, bounds.settings.limits.responseBytes)) {
    sendBytes(exchange, status, headers, bytes);
    return;
  }
  bytes.release();
  sendText(exchange, status, headers, tooLarge(bytes.length, bounds));
}
