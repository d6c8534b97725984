import type { FieldNode } from 'graphql';
import type { AttributePath } from '#model/filter.ts';
import type { TypeFields } from '../fields/field.ts';
import { selectedFields } from './selection.ts';
import type { Walk } from './walk.ts';

/**
 * The attributes that a link has to bring along for its resource to be answered without being read; undefined where only the
 * resource itself will do. A group's name in a list of memberships then costs no further backend call.
 */
export function neededAttributes(
  walk: Walk,
  types: readonly TypeFields[],
  nodes: readonly FieldNode[],
): readonly AttributePath[] | undefined {
  const needed = new Map<string, AttributePath>();
  for (const type of types) {
    for (const { name } of selectedFields(walk, type.name, nodes)) {
      const paths = pathsBehind(type, name.value);
      if (paths === undefined) return undefined;
      for (const path of paths) needed.set(path.name, path);
    }
  }
  return [...needed.values()];
}

/** Fields that every link answers. */
const NEEDS_NOTHING: ReadonlySet<string> = new Set(['id', '__typename', 'source']);

function pathsBehind(type: TypeFields, name: string): readonly AttributePath[] | undefined {
  if (NEEDS_NOTHING.has(name)) return [];
  const loaded = type.loaded.find((each) => each.name === name);
  if (loaded !== undefined) return loaded.readsWhole ? undefined : [];
  const field = type.fields.find((each) => each.name === name || each.canonical?.name === name);
  const isComputed = field?.key === 'schemas';
  if (field?.filterPath === undefined || field.fields !== undefined || isComputed) return undefined;
  return [field.filterPath];
}
