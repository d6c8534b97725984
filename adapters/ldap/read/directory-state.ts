/** Whether anything has changed, as a server with syncprov says of a whole database. */
import { isBelow, normalizeDn } from '../dn.ts';
import { EVERYTHING } from '../filter/terms.ts';
import { SYNC_REQUEST } from '../sync/sync-messages.ts';
import type { Reader } from './reader.ts';
import { rootDse } from './root-dse.ts';

/** Another text after every change; undefined where the server does not say. RFC 4533 §1.2 has no name for it, slapd calls it contextCSN. */
export async function stateOf({ pool, call, view }: Reader): Promise<string | undefined> {
  const server = await rootDse(pool, call);
  if (!server?.controls.has(SYNC_REQUEST)) return undefined;
  const base = view.users.normalBase;
  const suffix = server.namingContexts.find((each) => base === normalizeDn(each) || isBelow(base, normalizeDn(each)));
  if (suffix === undefined) return undefined;
  const search = { base: suffix, scope: 'base', filter: EVERYTHING, attributes: ['contextCSN'] } as const;
  const { entries } = await pool.search(call, search);
  const values = entries[0]?.strings('contextCSN') ?? [];
  return values.length === 0 ? undefined : values.toSorted().join(' ');
}
