import type { Fault } from '#model/errors.ts';
import { checkMeaning } from './check-meaning.ts';
import { issueToFaults } from './faults.ts';
import { configSchema } from './schema.ts';

const PLACE = 'auth.tokens[0].';

/** The faults that an entry of `auth.tokens` would have in a file that declares its tenant, and its policy there; paths start in the entry. */
export function checkTokenEntry(entry: { readonly tenant: string; readonly policy?: string }): readonly Fault[] {
  const policies = entry.policy === undefined ? {} : { [entry.policy]: { hide: [] } };
  const raw = { tenants: { [entry.tenant]: { policies } }, auth: { tokens: [entry] } };
  const issues = configSchema.safeParse(raw).error?.issues ?? [];
  const faults = [...issues.flatMap((issue) => issueToFaults(issue, raw)), ...checkMeaning(raw)];
  return faults.map((fault) => ({ ...fault, path: pathInEntry(fault) }));
}

/** A fault of the file that was made up around the entry is one of the name that the entry gives. */
function pathInEntry({ path }: Fault): string {
  if (path.startsWith(PLACE)) return path.slice(PLACE.length);
  return path.includes('.policies.') ? 'policy' : 'tenant';
}
