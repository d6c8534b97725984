/** What of one attribute a directory can tell, by where in an entry the attribute lives. */
import type { Filter as LdapFilter } from 'ldapts';
import { type AttributePath, type CompareOperator, type Filter, pathName } from '#model/filter.ts';
import { elementTest, matches } from '#model/matches.ts';
import type { StoredResource } from '#model/resource.ts';
import { ACCOUNT_DISABLED, LOCKED } from '../mapping/converters.ts';
import { type EntryMap, overflowText } from '../mapping/entry-map.ts';
import type { Home } from '../mapping/homes.ts';
import { leafKey, putTogether } from '../mapping/leaves.ts';
import type { ContainerOptions } from '../options/options.ts';
import { aroundInstant, instantAt, instantFilter } from './instants.ts';
import { all, any, contains, EVERYTHING, equals, has, matchesBy, NOTHING, not } from './terms.ts';
import { type Search, textPattern } from './text-pattern.ts';

/** A question about one attribute. */
export type Term = Extract<Filter, { kind: 'compare' | 'present' }>;
export type Operator = CompareOperator | 'pr';

export interface Matcher {
  readonly operators: readonly Operator[];
  /** More may match than fits. Then it has no `ne`. */
  readonly coarse: boolean;
  /** For one of the operators. */
  toLdap(term: Term): LdapFilter;
}

/** Where a filter is evaluated. */
export type Sought = Pick<ContainerOptions, 'map' | 'id' | 'dialect'>;

const ORDERS = ['gt', 'ge', 'lt', 'le'] as const;
/** All that a superset can be asked for. */
const OPERATORS = ['eq', 'co', 'sw', 'ew', ...ORDERS] as const;

/** Undefined where the directory can tell nothing. */
export function matcherAt(path: AttributePath, sought: Sought): Matcher | undefined {
  const { map, dialect } = sought;
  if (pathName(path) === 'id') return ofIds(sought);
  const stamp = instantAt(path, dialect);
  if (stamp !== undefined) return ofStamps(stamp, sought);
  if (path.schema === undefined && path.name === 'meta') return undefined;
  const home = homeAt(path, map);
  if (home !== undefined) return home.constant === undefined ? ofValues(path, home, sought) : ofConstant(home, map);
  const list = map.homes.get(leafKey(baseOf(path)));
  if (list?.shape === 'complex list') return ofElements(path, list, map);
  const leaf = leafOf(path);
  const parts = [...map.homes.values()].filter((each) => leaf.every((name, at) => each.path[at] === name));
  return parts.length === 0 ? ofOverflow(path, map) : ofParts(parts, leaf, map);
}

/** The home of a path as filters name it: `emails.value` is that of `emails`. */
export function homeAt(path: AttributePath, map: EntryMap): Home | undefined {
  const home = map.homes.get(leafKey(baseOf(path)));
  if (home?.shape === 'complex list') return path.sub === 'value' ? home : undefined;
  return path.sub === undefined ? home : map.homes.get(leafKey([...baseOf(path), path.sub]));
}

function baseOf({ schema, name }: AttributePath): readonly string[] {
  return schema === undefined ? [name] : [schema, name];
}

/** Lists are one leaf with all of their elements. */
function leafOf(path: AttributePath): readonly string[] {
  return path.sub === undefined || path.multiValued ? baseOf(path) : [...baseOf(path), path.sub];
}

function ofIds({ id }: Sought): Matcher {
  return {
    operators: ['eq', 'ne', 'pr'],
    coarse: false,
    toLdap(term) {
      if (term.kind === 'present') return EVERYTHING;
      const same = id.equals(String(term.literal));
      return term.operator === 'ne' ? not(same) : same;
    },
  };
}

function ofStamps(attribute: string, { dialect }: Sought): Matcher {
  return {
    operators: ['eq', 'ne', ...ORDERS, 'pr'],
    coarse: false,
    toLdap: (term) =>
      term.kind === 'present' ? EVERYTHING : instantFilter(dialect, attribute, term.operator, Number(term.literal)),
  };
}

const TEXTS: ReadonlySet<string> = new Set(['text', 'ia5', 'printable']);
const COMPARED_AS_TEXT: ReadonlySet<string> = new Set(['exact', 'caseless', 'username']);

/** Whatever a server cannot tell of a value, it can tell that there is one. */
function ofValues({ comparison }: AttributePath, home: Home, { map, dialect }: Sought): Matcher {
  const { attributes, places } = home;
  const anything = any(...attributes.map(has), ...inOverflow(home.path, map));
  const conversions = new Set(places.map(({ conversion }): string => (TEXTS.has(conversion) ? 'text' : conversion)));
  const is = (conversion: string) => conversions.size === 1 && conversions.has(conversion);
  if (is('lock') && comparison === 'boolean') return ofLock(home, map);
  if (is('inverse') && comparison === 'boolean') return ofInverse(home, map);
  const { bitAnd } = dialect.rules ?? {};
  if (is('account') && comparison === 'boolean' && bitAnd !== undefined) return ofAccount(home, map, bitAnd);
  return coarsely((term) => {
    if (term.kind === 'present') return anything;
    const { operator, literal } = term;
    if (is('text') && COMPARED_AS_TEXT.has(comparison) && isSearch(operator)) {
      const beyond = places.some(({ single }) => single) ? inOverflow(home.path, map) : [];
      return any(...places.map((place) => textPattern(place, operator, String(literal))), ...beyond);
    }
    if (is('boolean') && comparison === 'boolean' && operator === 'eq') {
      return any(...attributes.map((each) => equals(each, String(literal).toUpperCase())));
    }
    if (is('time') && comparison === 'instant' && isOrder(operator)) {
      return any(...attributes.map((each) => aroundInstant(dialect, each, operator, Number(literal))));
    }
    return anything;
  });
}

function coarsely(toLdap: Matcher['toLdap']): Matcher {
  return { operators: [...OPERATORS, 'pr'], coarse: true, toLdap };
}

function isSearch(operator: CompareOperator): operator is Search {
  return operator === 'eq' || operator === 'co' || operator === 'sw' || operator === 'ew';
}

function isOrder(operator: CompareOperator): boolean {
  return operator !== 'co' && operator !== 'sw' && operator !== 'ew';
}

/** The administrator's lock says false, everything else true: see `lock` of the converters. */
function ofLock(home: Home, map: EntryMap): Matcher {
  const [attribute = ''] = home.attributes;
  return {
    operators: ['eq', 'ne', 'pr'],
    coarse: map.overflow !== undefined,
    toLdap(term) {
      if (term.kind === 'present') return EVERYTHING;
      const locked = equals(attribute, LOCKED);
      return (term.operator === 'eq') === term.literal ? not(locked) : locked;
    },
  };
}

/** An entry without it says true; a text may be in either case. */
function ofInverse(home: Home, map: EntryMap): Matcher {
  const kept = inOverflow(home.path, map);
  const disabled = any(...home.attributes.flatMap((each) => [equals(each, 'TRUE'), equals(each, 'true')]), ...kept);
  return {
    operators: ['eq', 'pr'],
    coarse: true,
    toLdap: (term) => (term.kind === 'compare' && term.literal === false ? disabled : EVERYTHING),
  };
}

/** By the one bit of many; an entry without any says nothing. */
function ofAccount(home: Home, map: EntryMap, bitAnd: string): Matcher {
  const [attribute = ''] = home.attributes;
  const kept = inOverflow(home.path, map);
  const disabled = matchesBy(bitAnd, attribute, String(ACCOUNT_DISABLED));
  return {
    operators: ['eq', 'pr'],
    coarse: kept.length > 0,
    toLdap(term) {
      if (term.kind === 'present') return any(has(attribute), ...kept);
      return any(term.literal === false ? disabled : all(has(attribute), not(disabled)), ...kept);
    },
  };
}

/** Decided without the directory, but for what the overflow says instead. */
function ofConstant(home: Home, map: EntryMap): Matcher {
  const attributes = putTogether(new Map([[home.key, { path: home.path, value: home.constant ?? null }]]));
  return decided(home.path, map, (term) => matches(term, { attributes } as StoredResource, NO_LINKS));
}

const NO_LINKS = { linked: () => false };

/** What the attributes of a list of `{ value, type }` say of it beside its values. */
function ofElements(path: AttributePath, list: Home, map: EntryMap): Matcher | undefined {
  const kept = inOverflow(list.path, map);
  if (path.sub === undefined)
    return { ...coarsely(() => any(...list.attributes.map(has), ...kept)), operators: ['pr'] };
  if (path.sub === 'type') {
    return coarsely((term) => {
      const fits = elementTest(term);
      return any(
        ...list.places
          .filter(({ type }) => type !== undefined && fits({ type }))
          .map(({ attribute }) => has(attribute)),
        ...kept,
      );
    });
  }
  // One that is not stated is false, so that every element has it (`matches`).
  return path.sub === 'primary' ? undefined : ofOverflow(path, map);
}

/** `name pr`: what is beneath. */
function ofParts(parts: readonly Home[], leaf: readonly string[], map: EntryMap): Matcher | undefined {
  if (parts.some(({ constant }) => constant !== undefined)) return undefined;
  const anything = any(...parts.flatMap(({ attributes }) => attributes.map(has)), ...inOverflow(leaf, map, 'beneath'));
  return { operators: ['pr'], coarse: true, toLdap: () => anything };
}

/** What has no home is kept in the overflow, or nowhere. */
function ofOverflow(path: AttributePath, map: EntryMap): Matcher {
  const { overflow } = map;
  if (overflow === undefined) return decided([], map, (term) => term.kind === 'compare' && term.operator === 'ne');
  const leaf = leafOf(path);
  const [anything = NOTHING] = inOverflow(leaf, map);
  const isExact = path.comparison === 'exact' && !path.multiValued;
  return coarsely((term) =>
    isExact && term.kind === 'compare' && term.operator === 'eq'
      ? contains(overflow, overflowText(leaf, String(term.literal)))
      : anything,
  );
}

function decided(leaf: readonly string[], map: EntryMap, holds: (term: Term) => boolean): Matcher {
  const kept = inOverflow(leaf, map);
  return {
    operators: [...OPERATORS, 'ne', 'pr'],
    coarse: map.overflow !== undefined,
    toLdap: (term) => (holds(term) ? EVERYTHING : any(...kept)),
  };
}

/** Entries whose overflow has the leaf; its text is what `EntryMap` writes. */
function inOverflow(leaf: readonly string[], { overflow }: EntryMap, where?: 'beneath'): readonly LdapFilter[] {
  if (overflow === undefined) return [];
  const text = JSON.stringify(leaf);
  return [contains(overflow, where === undefined ? text : text.slice(0, -1))];
}
