import type { Fault } from '#model/errors.ts';
import { checkMeaning } from './check-meaning.ts';
import { issueToFaults } from './faults.ts';
import { configSchema } from './schema.ts';

const PLACE = 'auth.tokens[0].';

/** The faults that an entry of `auth.tokens` would have in a file that declares its tenant; paths start in the entry. */
export function checkTokenEntry(entry: { readonly tenant: string }): readonly Fault[] {
  const raw = { tenants: { [entry.tenant]: {} }, auth: { tokens: [entry] } };
  const issues = configSchema.safeParse(raw).error?.issues ?? [];
  const faults = [...issues.flatMap((issue) => issueToFaults(issue, raw)), ...checkMeaning(raw)];
  return faults.map((fault) => ({
    ...fault,
    path: fault.path.startsWith(PLACE) ? fault.path.slice(PLACE.length) : 'tenant',
  }));
}
