/** Lists that a server puts in order itself (RFC 2891), so that nothing but the page is sent. */

import { asDirectoryError } from '#model/errors.ts';
import type { SortEntry } from '#model/sort.ts';
import { nextPage, PAGED_RESULTS, pagedResults, SORT, sort, sortResult } from '../connection/controls.ts';
import { LdapError } from '../connection/ldap-error.ts';
import { CODE } from '../result-error.ts';
import { type List, type Part, type Selected, searchOf } from './list.ts';
import type { ServerKey } from './order.ts';
import { rootDse } from './root-dse.ts';

/** By which a server says that it does not sort this, or not now. */
const REFUSALS: ReadonlySet<number> = new Set([
  CODE.adminLimit,
  CODE.unavailableCriticalExtension,
  CODE.noSuchAttribute,
  CODE.inappropriateMatching,
  CODE.busy,
  CODE.unwilling,
]);

/**
 * One page of a sorted search, wherever it lies: what is skipped is sent and let go. The connection is its own meanwhile, since a
 * server keeps what it has sorted for the page to come, which is not asked for.
 * @returns undefined where the server does not sort: it offers no such thing, or refuses
 */
export async function selectSorted(
  list: List,
  keys: readonly ServerKey[],
  { after, skip, count }: Part,
): Promise<Selected | undefined> {
  const { pool, call } = list.reader;
  const offered = (await rootDse(pool, call))?.controls;
  if (!offered?.has(SORT) || !offered.has(PAGED_RESULTS)) return undefined;
  const search = searchOf(list, after);
  const order = sort(keys);
  // One more, since the place itself matches as well.
  const size = skip + count + 1;
  const entries: SortEntry[] = [];
  let behind = 0;
  let selected: Selected | undefined;
  try {
    await pool.exclusive(call, async (connection) => {
      const controls = [order, pagedResults(size)];
      const result = await connection.stream(call, { ...search, controls }, (entry) => {
        const place = list.order.place(entry);
        if (place === undefined || place.id === after?.id) return;
        behind += 1;
        if (behind > skip && entries.length < count) entries.push(place);
      });
      if (sortResult(result.controls) !== 0) return;
      const rest = nextPage(result.controls);
      selected = { entries, behind: behind + (rest?.estimate ?? 0) };
      // slapd answers 51 where it is told before it has put the sort away; that costs the connection, and not the page.
      if (rest !== undefined)
        await connection.search(call, { ...search, controls: [order, pagedResults(0, rest.cookie)] });
    });
  } catch (error) {
    if (selected === undefined && !isRefusal(error)) throw error;
  }
  return selected;
}

function isRefusal(error: unknown): boolean {
  const refused = error instanceof LdapError ? error : asDirectoryError(error)?.cause;
  return refused instanceof LdapError && REFUSALS.has(refused.code);
}
