import { NEVER, negationOf } from '#core/filter/combine.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Filter, LinkTerm } from '#model/filter.ts';
import type { ResourceId } from '#model/resource.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { FieldLink } from '../expand/loaded-field.ts';
import type { TypeFields } from '../fields/field.ts';
import { isRecord } from '../is-record.ts';
import type { LinkTarget } from './link-target.ts';
import { entriesOf, type Where } from './where.ts';
import { type Pending, settled, type WhereScope } from './where-scope.ts';

/** Past this many ids a filter is more than a backend should be asked with. */
const MAX_IDS = 1_000;

/** Where a condition on linked resources stands. */
export interface LinkPlace {
  readonly link: FieldLink;
  readonly target: LinkTarget;
  readonly path: string;
  readonly depth: number;
}

/** Resources of one type that are looked for: those that fit, or with no condition all of them. */
interface Sought {
  readonly type: TypeFields;
  readonly path: string;
  readonly fits?: Pending;
}

/**
 * What `some`, `every` and `none` of a LinkFilter mean. The filter model asks of links by id alone, so the ids of what fits are
 * looked for first: one search for each type.
 * @throws {DirectoryError} TOO_MANY when asked, where more fit than a filter holds
 */
export function linkedFit(
  scope: WhereScope,
  place: LinkPlace,
  word: string,
  where: Where,
  anything: LinkTerm,
): readonly Pending[] {
  if (word !== 'every') {
    const fitting = fittingOf(scope, place, where);
    const some = fitting === undefined ? settled(anything) : linkedToAny(scope, fitting, anything);
    return [word === 'none' ? async () => negationOf(await some()) : some];
  }
  const misfits = misfitsOf(scope, place, where);
  if (misfits.length === 0) return [];
  const some = linkedToAny(scope, misfits, anything);
  return [async () => negationOf(await some())];
}

/** Undefined where everything that can be linked fits. */
function fittingOf(scope: WhereScope, place: LinkPlace, where: Where): readonly Sought[] | undefined {
  const named = byType(scope, place, where);
  return named.length === place.target.types.length && named.every(({ fits }) => fits === undefined)
    ? undefined
    : named;
}

/** A type that is not named fits nothing, so that all of its resources are misfits. */
function misfitsOf(scope: WhereScope, place: LinkPlace, where: Where): readonly Sought[] {
  const named = byType(scope, place, where);
  return place.target.types.flatMap((type): readonly Sought[] => {
    const sought = named.find((each) => each.type === type);
    if (sought === undefined) return [{ type, path: `${place.path} without ${type.one}` }];
    const { fits, path } = sought;
    return fits === undefined ? [] : [{ type, path, fits: async () => negationOf(await fits()) }];
  });
}

function byType(scope: WhereScope, { target, path, depth }: LinkPlace, where: Where): readonly Sought[] {
  const sought = (type: TypeFields, value: Where, here: string): Sought => {
    const fits = scope.conditions(type, value, here, depth + 1);
    return { type, path: here, ...(fits && { fits }) };
  };
  const [only] = target.types;
  if (!target.perType && only !== undefined) return [sought(only, where, path)];
  const named = entriesOf(where).map(([name, value]) => {
    const type = target.types.find(({ one }) => one === name);
    if (type === undefined) throw new Error(`the schema has ${target.name}Where.${name}, the field map has not`);
    if (!isRecord(value)) throw badUserInput(`${path}.${name}: null says nothing; leave it out`);
    return sought(type, value, `${path}.${name}`);
  });
  if (named.length === 0) {
    throw badUserInput(`${path}: name at least one of ${target.types.map(({ one }) => one).join(', ')}`);
  }
  return named;
}

function linkedToAny(scope: WhereScope, sought: readonly Sought[], anything: LinkTerm): Pending {
  for (const { path } of sought) scope.budget.search(path);
  return async (): Promise<Filter> => {
    const found = await Promise.all(sought.map((each) => idsOf(scope, each)));
    const ids = found.flat();
    if (ids.length === 0) return NEVER;
    return { ...anything, ids };
  };
}

async function idsOf({ session }: WhereScope, { type, path, fits }: Sought): Promise<readonly ResourceId[]> {
  const filter = fits && (await fits());
  const { ids, more } = await session.findIds(type.resourceType, filter, MAX_IDS);
  if (!more) return ids;
  throw new DirectoryError(
    'TOO_MANY',
    `${path}: more than ${MAX_IDS} ${type.many} come into question; narrow the condition, or find them first and give their ids with in`,
  );
}
