/** From the attributes that an entry has to those that it is to have. */
import type { Attributes, StoredResource } from '#model/resource.ts';
import type { Modification, Value } from '../connection/operations.ts';
import { type EntryMap, isOverflow } from '../mapping/entry-map.ts';
import type { EntryValues } from '../mapping/homes.ts';
import type { Found } from '../tenant-view.ts';

/**
 * Only attributes that differ are named, and texts that Portico has not shown (a second `uid`, a description of others) stay.
 * @param complete what an entry lacks that it would be created with is written as well
 * @throws INVALID_VALUE as `EntryMap.toValues`
 */
export function contentChanges(
  current: Found,
  present: StoredResource,
  attributes: Attributes,
  manager: Found | undefined,
  complete: boolean,
): readonly Modification[] {
  const { map, link } = current.container;
  const wanted = map.toValues(attributes);
  const shown = shownValues(current, present);
  const changes: Modification[] = [];
  for (const attribute of map.written) {
    const [before, after] = [shown.get(attribute) ?? [], wanted.get(attribute) ?? []];
    const stored = current.entry.buffers(attribute);
    const isMissing = complete && map.attributes.includes(attribute) && stored.length === 0;
    if (isSame(isMissing ? [] : before, after)) continue;
    const whole = map.onto(attribute, after, stored);
    if (whole !== undefined) {
      changes.push({ operation: 'replace', attribute, values: whole });
      continue;
    }
    // What only a template has made is no longer Portico's once somebody else has set it.
    if (map.isMade(attribute) && !isSame(stored, before)) continue;
    const others = map.isExclusive(attribute) ? [] : notShown(current, attribute, before);
    const kept = others.filter((value) => !includes(after, value));
    changes.push({ operation: 'replace', attribute, values: [...after, ...kept] });
  }
  if (current.container.type === 'User' && link !== undefined && present.links.manager !== manager?.id) {
    changes.push({ operation: 'replace', attribute: link, values: manager === undefined ? [] : [manager.entry.dn] });
  }
  return changes;
}

/** From what was read to what is wanted, value by value, so that values which were not shown stay. @throws INVALID_VALUE */
export function valueChanges(map: EntryMap, before: Attributes, after: Attributes): readonly Modification[] {
  const [shown, wanted] = [map.toValues(before), map.toValues(after)];
  return map.written.flatMap((attribute): readonly Modification[] => {
    const [old, fresh] = [shown.get(attribute) ?? [], wanted.get(attribute) ?? []];
    if (map.isExclusive(attribute)) {
      return isSame(old, fresh) ? [] : [{ operation: 'replace', attribute, values: fresh }];
    }
    const gone = old.filter((value) => !includes(fresh, bytes(value)));
    const come = fresh.filter((value) => !includes(old, bytes(value)));
    return [
      ...(gone.length > 0 ? [{ operation: 'delete', attribute, values: gone } as const] : []),
      ...(come.length > 0 ? [{ operation: 'add', attribute, values: come } as const] : []),
    ];
  });
}

function notShown({ entry, container: { map } }: Found, attribute: string, shown: readonly Value[]): readonly Buffer[] {
  return entry.buffers(attribute).filter((value) => {
    if (attribute === map.overflow && isOverflow(value.toString())) return false;
    return !includes(shown, bytes(map.asRead(attribute, value) ?? value));
  });
}

/** Old entries may show what they could not have been given. */
function shownValues({ container }: Found, { attributes }: StoredResource): EntryValues {
  try {
    return container.map.toValues(attributes);
  } catch {
    return new Map();
  }
}

function isSame(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((value, i) => bytes(value).equals(bytes(b[i] ?? '')));
}

function includes(values: readonly Value[], value: Buffer): boolean {
  return values.some((each) => bytes(each).equals(value));
}

function bytes(value: Value): Buffer {
  return typeof value === 'string' ? Buffer.from(value) : value;
}
