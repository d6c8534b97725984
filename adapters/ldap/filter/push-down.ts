/** What of the filter model a directory evaluates, and how it is asked. */
import type { Filter as LdapFilter } from 'ldapts';
import type { Capabilities } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { type AttributePath, type CompareOperator, type Filter, type Literal, pathName } from '#model/filter.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { type EntryMap, overflowText } from '../mapping/entry-map.ts';
import type { Home } from '../mapping/homes.ts';
import { leafKey, printLeafPath } from '../mapping/leaves.ts';
import type { ContainerOptions } from '../options/options.ts';
import { all, any, atLeast, atMost, contains, EVERYTHING, equals, has, NOTHING } from './terms.ts';
import { type Search, textPattern } from './text-pattern.ts';

const TEXT_OPERATORS = ['eq', 'co', 'sw', 'ew', 'pr'] as const;
const TEXTS: ReadonlySet<string> = new Set(['text', 'ia5', 'printable']);

/** As `capabilities.filter` has it: texts coarsely, since a server folds by rules of its own; ids and times exactly. */
export function filterAbilities(map: EntryMap): Capabilities['filter'] {
  const abilities: { [path: string]: Capabilities['filter'][string] } = {
    id: { operators: ['eq'] },
    'meta.created': { operators: ['eq', 'gt', 'ge', 'lt', 'le', 'pr'] },
    'meta.lastModified': { operators: ['eq', 'gt', 'ge', 'lt', 'le', 'pr'] },
  };
  for (const home of map.homes.values()) {
    if (!isSought(home)) continue;
    const name = printLeafPath(home.path);
    abilities[home.shape === 'complex list' ? `${name}.value` : name] = { operators: TEXT_OPERATORS, coarse: true };
  }
  return abilities;
}

function isSought({ places }: Home): boolean {
  return places.length > 0 && places.every(({ conversion }) => TEXTS.has(conversion));
}

/** Where a filter is evaluated. */
export type Sought = Pick<ContainerOptions, 'map' | 'id' | 'dialect'>;

/** @throws UNSUPPORTED for what `filterAbilities` does not declare */
export function toLdapFilter(filter: Filter, sought: Sought): LdapFilter {
  switch (filter.kind) {
    case 'and':
      return all(...filter.operands.map((operand) => toLdapFilter(operand, sought)));
    case 'or':
      return any(...filter.operands.map((operand) => toLdapFilter(operand, sought)));
    case 'present':
      return presenceOf(filter.path, sought);
    case 'compare':
      return comparisonOf(filter.path, filter.operator, filter.literal, sought);
    case 'in':
      return any(...filter.literals.map((literal) => comparisonOf(filter.path, 'eq', literal, sought)), NOTHING);
    case 'not':
    case 'element':
    case 'linked':
      throw undeclared(filter.kind);
  }
}

function presenceOf(path: AttributePath, { map, dialect }: Sought): LdapFilter {
  if (instantAt(path, dialect) !== undefined) return EVERYTHING;
  const home = homeAt(path, map);
  if (home === undefined) throw undeclared(`pr of ${pathName(path)}`);
  return any(...home.attributes.map(has), ...(map.overflow === undefined ? [] : [has(map.overflow)]));
}

function comparisonOf(path: AttributePath, operator: CompareOperator, literal: Literal, sought: Sought): LdapFilter {
  const { map, id, dialect } = sought;
  const instant = instantAt(path, dialect);
  if (instant !== undefined) return instantFilter(dialect, instant, operator, Number(literal));
  if (pathName(path) === 'id' && operator === 'eq') return id.equals(String(literal));
  const home = homeAt(path, map);
  if (home === undefined || !isSearch(operator)) throw undeclared(`${operator} of ${pathName(path)}`);
  return any(...home.places.map((place) => textPattern(place, operator, String(literal))));
}

function isSearch(operator: CompareOperator): operator is Search {
  return operator === 'eq' || operator === 'co' || operator === 'sw' || operator === 'ew';
}

/** The attribute that keeps a stamp; undefined for any other path. */
export function instantAt(path: AttributePath, { created, modified }: Dialect): string | undefined {
  const stamps: ReadonlyMap<string, string> = new Map([
    ['meta.created', created],
    ['meta.lastModified', modified],
  ]);
  return stamps.get(pathName(path));
}

const SECOND_MS = 1_000;

/** A directory's times are whole seconds. */
export function instantFilter(
  { printTime }: Dialect,
  attribute: string,
  operator: CompareOperator,
  instant: number,
): LdapFilter {
  const floor = Math.floor(instant / SECOND_MS);
  const ceiling = Math.ceil(instant / SECOND_MS);
  const at = (seconds: number) => printTime(seconds * SECOND_MS);
  switch (operator) {
    case 'eq':
      return floor === ceiling ? equals(attribute, at(floor)) : NOTHING;
    case 'ge':
      return atLeast(attribute, at(ceiling));
    case 'gt':
      return atLeast(attribute, at(floor + 1));
    case 'le':
      return atMost(attribute, at(floor));
    case 'lt':
      return atMost(attribute, at(ceiling - 1));
    default:
      throw undeclared(`${operator} of a time`);
  }
}

/** The home of a path as filters name it: `emails.value` is that of `emails`. */
export function homeAt({ schema, name, sub }: AttributePath, map: EntryMap): Home | undefined {
  const base = schema === undefined ? [name] : [schema, name];
  const whole = map.homes.get(leafKey(base));
  const home =
    sub === undefined || (sub === 'value' && whole?.shape === 'complex list')
      ? whole
      : map.homes.get(leafKey([...base, sub]));
  if (home === undefined || !isSought(home)) return undefined;
  return home.shape === 'complex list' && sub === undefined ? undefined : home;
}

/** Everything that may have the key: by its home, or else by what the overflow keeps. Core's folding decides. */
export function keyFilter(path: AttributePath, value: string, sought: Sought): LdapFilter {
  const { map } = sought;
  const home = homeAt(path, map);
  if (home !== undefined) return comparisonOf(path, 'eq', value, sought);
  if (map.overflow === undefined) return NOTHING;
  const { schema, name, sub } = path;
  const leaf = [
    ...(schema === undefined ? [] : [schema]),
    name,
    ...(sub === undefined || path.multiValued ? [] : [sub]),
  ];
  if (path.comparison === 'exact' && !path.multiValued) return contains(map.overflow, overflowText(leaf, value));
  return contains(map.overflow, JSON.stringify(leaf));
}

function undeclared(what: string): DirectoryError {
  return new DirectoryError('UNSUPPORTED', `the LDAP backend does not evaluate ${what}`);
}
