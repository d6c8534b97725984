import type { IncomingHttpHeaders } from 'node:http';

/** RFC 7240 §4.2 */
export type ReturnPreference = 'minimal' | 'representation';

const QUOTED = /"[^"]*"/g;
const RETURN = /(?:^|,)\s*return\s*=\s*("?)([^\s,;"]+)\1\s*(?:[,;]|$)/i;

/** The first `return` of a Prefer header, since repetitions do not count (RFC 7240 §2); undefined where it is unknown or absent. */
export function returnPreference({ prefer }: IncomingHttpHeaders): ReturnPreference | undefined {
  if (prefer === undefined) return undefined;
  const text = typeof prefer === 'string' ? prefer : prefer.join(',');
  const value = RETURN.exec(text.replace(QUOTED, withoutList))?.[2]?.toLowerCase();
  return value === 'minimal' || value === 'representation' ? value : undefined;
}

/** What separates preferences separates nothing within quotes. */
function withoutList(quoted: string): string {
  return /[,;]/.test(quoted) ? '""' : quoted;
}
