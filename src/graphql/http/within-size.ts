import type { GraphqlContext } from '../context.ts';
import { refusalBody } from '../refusal-body.ts';

/** The most bytes that a UTF-16 unit becomes in UTF-8. */
const BYTES_PER_UNIT = 3;

/** The text of an answer, or of an error where it is too large to be sent. */
export function withinSize(
  text: string,
  { budget, settings, outcome }: Pick<GraphqlContext, 'budget' | 'settings' | 'outcome'>,
): string {
  if (text.length * BYTES_PER_UNIT <= settings.limits.responseBytes) return text;
  const excess = budget.excessOfBytes(Buffer.byteLength(text));
  if (excess === undefined) return text;
  outcome.detail = excess.message;
  const { code, ...figures } = excess.extensions;
  return JSON.stringify({ ...refusalBody(String(code), excess.message, figures), data: null });
}
