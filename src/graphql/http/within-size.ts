import type { GraphqlContext } from '../context.ts';
import { refusalBody } from '../refusal-body.ts';

/** The most bytes that a UTF-16 unit becomes in UTF-8. */
const BYTES_PER_UNIT = 3;

type Bounds = Pick<GraphqlContext, 'budget' | 'settings' | 'outcome'>;

/** The text of an answer, or of an error where it is too large to be sent. */
export function withinSize(text: string, bounds: Bounds): string {
  if (text.length * BYTES_PER_UNIT <= bounds.settings.limits.responseBytes) return text;
  const bytes = Buffer.byteLength(text);
  return bytes <= bounds.settings.limits.responseBytes ? text : tooLarge(bytes, bounds);
}

/** The text of an answer instead of one that has so many bytes or more. */
export function tooLarge(bytes: number, { budget, outcome }: Bounds): string {
  const excess = budget.excessOfBytes(bytes);
  if (excess === undefined) throw new Error(`${bytes} bytes are not too many`);
  outcome.result = 'partial';
  const { code, ...figures } = excess.extensions;
  // Nobody shall take what was done for what was refused.
  const message =
    outcome.operation === 'mutation' ? `${excess.message}; the mutations were carried out` : excess.message;
  outcome.detail = message;
  return JSON.stringify({ ...refusalBody(String(code), message, figures), data: null });
}
