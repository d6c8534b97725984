/** Where entries of one kind are, and what they have in common. */
import type { Entry } from '../connection/entry.ts';
import { commonBase, normalizeDn, parentDn, parseDn } from '../dn.ts';
import type { ServerSchema } from '../server/schema.ts';

export interface Place {
  readonly entries: readonly Entry[];
  /** The deepest name above all of them, as the directory writes it. */
  readonly base: string;
  /** Right above them. */
  readonly units: readonly string[];
  /** The attribute that most are named by, and others that some are. */
  readonly rdn: string;
  readonly otherRdns: readonly string[];
}

/** Undefined where there are no entries. */
export function placeOf(entries: readonly Entry[]): Place | undefined {
  const units = [...new Map(entries.map(({ dn }) => [normalizeDn(parentDn(dn)), parentDn(dn)])).values()];
  const [unit] = units;
  if (unit === undefined) return undefined;
  const common = units.reduce((base, each) => commonBase(base, each), unit);
  const [rdn = 'cn', ...otherRdns] = byFrequency(entries.map(({ dn }) => parseDn(dn)[0]?.[0]?.type ?? ''));
  return { entries, base: spelled(unit, normalizeDn(common)), units, rdn, otherRdns };
}

/** A normalized name above another one, as that spells it. */
function spelled(dn: string, normal: string): string {
  for (let name = dn; name !== ''; name = parentDn(name)) if (normalizeDn(name) === normal) return name;
  return normal;
}

/** Without regard to case, the most frequent one first, each as it came first. */
export function byFrequency(names: readonly string[]): readonly string[] {
  const counts = new Map<string, { readonly name: string; count: number }>();
  for (const name of names) {
    const known = counts.get(name.toLowerCase());
    if (known === undefined) counts.set(name.toLowerCase(), { name, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count).map(({ name }) => name);
}

export function hasClass(entry: Entry, name: string): boolean {
  return entry.strings('objectClass').some((each) => each.toLowerCase() === name.toLowerCase());
}

/** The structural class that most entries name and that is above none of the others; of `known` where there is no schema to tell. */
export function mainClass(
  entries: readonly Entry[],
  known: readonly string[],
  schema: ServerSchema | undefined,
): string | undefined {
  const named = byFrequency(entries.flatMap((entry) => entry.strings('objectClass')));
  const isKnown = (name: string) => known.some((each) => each.toLowerCase() === name.toLowerCase());
  if (schema === undefined)
    return known.find((name) => named.some((each) => each.toLowerCase() === name.toLowerCase()));
  const structural = named.filter((name) => schema.objectClass(name)?.kind === 'structural');
  const isAbove = (name: string, other: string) => other !== name && schema.lineage([other]).has(name.toLowerCase());
  const leaves = structural.filter((name) => !structural.some((other) => isAbove(name, other)));
  return leaves.find(isKnown) ?? leaves[0];
}
