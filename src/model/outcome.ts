/** What a face tells of a request once it has answered it: for the request log and the metrics. */
export interface Outcome {
  /** One of a small fixed set, fit for a metric label; `unknown` where nothing fits the request. */
  operation: string;
  /** What the client calls its operation, where it has a name and is valid: the client's own text, of any length. */
  name?: string;
  /** Whether nothing was carried out, or not all, where the HTTP status does not tell. */
  result?: 'refused' | 'partial';
  /** What the client was told with a refusal. */
  detail?: string;
  scimType?: string;
  /** What stands behind a failure or an answer cut short; for the log, never for a client. */
  cause?: unknown;
}
