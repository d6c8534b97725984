/** Answers that a server gives in pieces, put together, so that who asks sees them whole. */
import { nextPage, PAGED_RESULTS, pagedResults } from './controls.ts';
import { type Attribute, Entry } from './entry.ts';
import type { Search, SearchResult } from './operations.ts';
import type { LdapOperations, LdapPool, Limits } from './pool.ts';

export interface Pieces {
  /** At most so many entries come with one search. */
  readonly entries: number;
  /** At most so many values of an attribute come with one entry. */
  readonly values: number;
  /** Attributes that may have more. */
  readonly attributes: readonly string[];
}

/**
 * Searches of `pool` by pages (RFC 2696), and values by ranges (draft-kashi-incremental). What is below a page takes one operation; what
 * is longer is asked for again on a connection of its own, to which the cookies belong. `stream` puts no ranges together, so it is for
 * attributes of few values; in `exclusive` nothing is put together.
 */
export function wholeAnswers(pool: LdapPool, pieces: Pieces): LdapPool {
  return {
    get server() {
      return pool.server;
    },
    search: (limits, request) => search(pool, pieces, limits, request),
    stream: async (limits, request, take) => {
      if (isBounded(request)) return pool.stream(limits, request, take);
      return pool.exclusive(limits, async (connection) => {
        const { entries: _, ...result } = await eachPage(connection, pieces, limits, request, take);
        return result;
      });
    },
    add: pool.add.bind(pool),
    modify: pool.modify.bind(pool),
    modifyDn: pool.modifyDn.bind(pool),
    delete: pool.delete.bind(pool),
    compare: pool.compare.bind(pool),
    extended: pool.extended.bind(pool),
    exclusive: pool.exclusive.bind(pool),
    listen: pool.listen.bind(pool),
    close: pool.close.bind(pool),
  };
}

async function search(pool: LdapPool, pieces: Pieces, limits: Limits, request: Search): Promise<SearchResult> {
  const ranged = { ...request, attributes: request.attributes.map((name) => inRanges(pieces, name, 0)) };
  const result = isBounded(request) ? await pool.search(limits, ranged) : await allPages(pool, pieces, limits, ranged);
  const entries = await Promise.all(result.entries.map((entry) => whole(pool, pieces, limits, entry)));
  return { ...result, entries };
}

/** One entry, or as many as who asks wants himself. */
function isBounded({ scope, sizeLimit, controls = [] }: Search): boolean {
  return scope === 'base' || (sizeLimit ?? 0) > 0 || controls.some(({ type }) => type === PAGED_RESULTS);
}

async function allPages(pool: LdapPool, pieces: Pieces, limits: Limits, request: Search): Promise<SearchResult> {
  const first = await pool.search(limits, page(request, pieces));
  if (nextPage(first.controls) === undefined) return first;
  const entries: Entry[] = [];
  const result = await pool.exclusive(limits, (connection) =>
    eachPage(connection, pieces, limits, request, (entry) => entries.push(entry)),
  );
  return { ...result, entries };
}

/** @returns the last page's result */
async function eachPage(
  connection: LdapOperations,
  pieces: Pieces,
  limits: Limits,
  request: Search,
  take: (entry: Entry) => void,
): Promise<SearchResult> {
  let cookie: Buffer | undefined;
  for (;;) {
    const result = await connection.search(limits, page(request, pieces, cookie));
    for (const entry of result.entries) take(entry);
    const next = nextPage(result.controls);
    if (next === undefined) return result;
    cookie = next.cookie;
  }
}

function page(request: Search, { entries }: Pieces, cookie?: Buffer): Search {
  return { ...request, controls: [...(request.controls ?? []), pagedResults(entries, cookie)] };
}

function inRanges({ attributes, values }: Pieces, name: string, from: number): string {
  if (!attributes.some((each) => each.toLowerCase() === name.toLowerCase())) return name;
  return `${name};range=${from}-${from + values - 1}`;
}

/** `member;range=0-1499`; `*` for its end is the last of them. */
const RANGE = /^([^;]+);range=\d+-(\d+|\*)$/i;

async function whole(pool: LdapPool, pieces: Pieces, limits: Limits, entry: Entry): Promise<Entry> {
  const ranged = entry.names.filter((name) => RANGE.test(name));
  if (ranged.length === 0) return entry;
  const others = entry.names.filter((name) => !RANGE.test(name)).map((name) => ({ name, values: entry.buffers(name) }));
  const joined = ranged.map(async (name): Promise<Attribute> => {
    const [, base = '', end] = RANGE.exec(name) ?? [];
    const rest = end === '*' ? [] : await furtherValues(pool, pieces, limits, entry.dn, base, Number(end) + 1);
    return { name: base, values: [...entry.buffers(name), ...rest] };
  });
  // Beside a range there may be the attribute itself, without values.
  return new Entry(entry.dn, [...others, ...(await Promise.all(joined))]);
}

async function furtherValues(
  pool: LdapPool,
  pieces: Pieces,
  limits: Limits,
  dn: string,
  attribute: string,
  from: number,
): Promise<readonly Buffer[]> {
  const values: Buffer[] = [];
  for (let next: number | undefined = from; next !== undefined; ) {
    const attributes = [inRanges(pieces, attribute, next)];
    const request = { base: dn, scope: 'base', filter: '(objectClass=*)', attributes } as const;
    const { entries }: SearchResult = await pool.search(limits, request);
    const [entry] = entries;
    const name = entry?.names.find((each) => RANGE.test(each));
    if (entry === undefined || name === undefined) break;
    values.push(...entry.buffers(name));
    const end = RANGE.exec(name)?.[2];
    next = end === '*' ? undefined : Number(end) + 1;
  }
  return values;
}
