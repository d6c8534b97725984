import type { Outcome } from '#model/outcome.ts';

/** How an operation of GraphQL ended, which its HTTP status does not tell. */
export type OperationResult =
  | 'ok'
  /** Something is null that failed. */
  | 'partial'
  /** Nothing was carried out. */
  | 'refused'
  /** A bug. */
  | 'failed'
  /** The client left. */
  | 'left';

/** `status` is 499 where the client left. */
export function resultOf({ result, detail, cause }: Outcome, status: number): OperationResult {
  if (cause !== undefined) return 'failed';
  if (status === 499) return 'left';
  if (result !== undefined) return result;
  if (status >= 400) return 'refused';
  return detail === undefined ? 'ok' : 'partial';
}
