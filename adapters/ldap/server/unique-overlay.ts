/** Whether slapd keeps values unique (slapo-unique), as far as the account that Portico binds with may see. */
import type { Entry } from '../connection/entry.ts';
import type { LdapOperations, Limits } from '../connection/pool.ts';
import { isAtOrBelow, tryNormalizeDn } from '../dn.ts';
import { CODE } from '../result-error.ts';
import type { RootDse } from './root-dse.ts';

/** `hidden`: neither the configuration nor the statistics can be read. `absent`, `loaded`: the statistics alone say so. */
export type UniqueOverlay =
  | { readonly seen: 'hidden' | 'absent' | 'loaded' }
  | { readonly seen: 'directives'; readonly directives: readonly Directive[] };

/** One `unique_uri`, or one that none can be read from. */
export interface Directive {
  readonly text: string;
  /** Without it two writes at once may both win. */
  readonly serialize: boolean;
  readonly uris: readonly UniqueUri[];
}

export interface UniqueUri {
  /** Normalized; empty for the whole database. */
  readonly base: string;
  /** Lower-case. */
  readonly attributes: readonly string[];
  readonly subtree: boolean;
  readonly filter: string | undefined;
}

/** `base`: where the entries are. */
export async function readUniqueOverlay(
  server: LdapOperations,
  limits: Limits,
  { configContext, monitorContext }: RootDse,
  base: string,
): Promise<UniqueOverlay> {
  const configured = configContext && (await fromConfiguration(server, limits, configContext, base));
  if (configured) return configured;
  const monitored = monitorContext && (await fromStatistics(server, limits, monitorContext, base));
  return monitored || { seen: 'hidden' };
}

async function fromConfiguration(
  server: LdapOperations,
  limits: Limits,
  context: string,
  base: string,
): Promise<UniqueOverlay | undefined> {
  const attributes = ['olcSuffix', 'olcUniqueURI', 'objectClass'];
  const filter = '(|(objectClass=olcDatabaseConfig)(objectClass=olcUniqueConfig))';
  const entries = await visible(server, limits, context, filter, attributes);
  const database = holderOf(entries, 'olcSuffix', base);
  if (database === undefined) return undefined;
  const overlays = entries.filter(
    (entry) => isOfClass(entry, 'olcUniqueConfig') && isAtOrBelow(normal(entry.dn), normal(database.dn)),
  );
  return {
    seen: 'directives',
    directives: overlays.flatMap((entry) => entry.strings('olcUniqueURI').map(parseDirective)),
  };
}

async function fromStatistics(
  server: LdapOperations,
  limits: Limits,
  context: string,
  base: string,
): Promise<UniqueOverlay | undefined> {
  const attributes = ['namingContexts', 'monitorOverlay'];
  const entries = await visible(server, limits, `cn=Databases,${context}`, '(objectClass=monitoredObject)', attributes);
  const database = holderOf(entries, 'namingContexts', base);
  if (database === undefined) return undefined;
  const loaded = database.strings('monitorOverlay').some((name) => name.toLowerCase() === 'unique');
  return { seen: loaded ? 'loaded' : 'absent' };
}

/** Empty where the account may see none of them. */
async function visible(
  server: LdapOperations,
  limits: Limits,
  base: string,
  filter: string,
  attributes: readonly string[],
): Promise<readonly Entry[]> {
  const accept = [CODE.noSuchObject, CODE.insufficientAccess, CODE.unwilling];
  const { entries } = await server.search(limits, { base, scope: 'sub', filter, attributes, accept });
  return entries;
}

/** The database of the longest suffix at or above the name. */
function holderOf(entries: readonly Entry[], attribute: string, dn: string): Entry | undefined {
  const below = normal(dn);
  const suffixOf = (entry: Entry) =>
    entry
      .strings(attribute)
      .map(normal)
      .filter((suffix) => suffix !== '' && isAtOrBelow(below, suffix))
      .reduce((longest, suffix) => Math.max(longest, suffix.length), 0);
  const [best] = entries
    .map((entry) => ({ entry, length: suffixOf(entry) }))
    .filter(({ length }) => length > 0)
    .toSorted((a, b) => b.length - a.length);
  return best?.entry;
}

function isOfClass(entry: Entry, name: string): boolean {
  return entry.strings('objectClass').some((each) => each.toLowerCase() === name.toLowerCase());
}

function normal(dn: string): string {
  return tryNormalizeDn(dn) ?? dn.toLowerCase();
}

/** `[strict ][ignore ][serialize ]URI[[ URI]...]`, slapo-unique(5); the configuration writes `{0}` before it. */
export function parseDirective(value: string): Directive {
  const text = value.replace(/^\{\d+\}/, '').trim();
  const words = text.split(/\s+/);
  const ignores = words.includes('ignore');
  const uris = words.filter((word) => word.startsWith('ldap:')).flatMap((word) => parseUri(word) ?? []);
  return { text, serialize: words.includes('serialize'), uris: ignores ? [] : uris };
}

/** `ldap:///base?attributes?scope?filter` */
function parseUri(text: string): UniqueUri | undefined {
  const [, rest] = /^ldap:\/\/[^/]*\/(.*)$/.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const [base = '', attributes = '', scope = '', filter = ''] = rest.split('?').map(decoded);
  return {
    base: normal(base),
    attributes: attributes
      .split(',')
      .filter(Boolean)
      .map((name) => name.toLowerCase()),
    subtree: /^sub/i.test(scope),
    filter: filter === '' ? undefined : filter,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
