import { DirectoryError, type ErrorCode } from '#model/errors.ts';
import type { PathSyntax } from './syntax.ts';

/** Names the path at fault and where it stands; `why` never repeats a literal, which may be secret. */
export function refusal(why: string, path: PathSyntax, code: ErrorCode = 'INVALID_FILTER'): DirectoryError {
  const text = path.text.length > 100 ? `${path.text.slice(0, 100)}...` : path.text;
  return new DirectoryError(code, `filter: "${text}" at ${path.at}: ${why}`);
}
