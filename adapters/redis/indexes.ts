import { type AttributePath, type Comparison, pathName } from '#model/filter.ts';
import { fold } from '#model/fold.ts';
import type { Attributes, ResourceId, ResourceTypeName, StoredResource } from '#model/resource.ts';
import { valuesAt } from '#model/values.ts';
import { encodeText, LAST } from './text.ts';

/** An order that is kept of all resources of a type. Fixed: one that came later would lack what was written before. */
export interface Index {
  readonly name: string;
  readonly path: AttributePath;
}

const USER_INDEXES = [
  index('userName', 'username'),
  index('displayName', 'caseless'),
  index('externalId', 'exact'),
  index('name', 'caseless', 'familyName'),
  { name: 'emails.value', path: { ...index('emails', 'caseless', 'value').path, multiValued: true } },
];
const OTHER_INDEXES = [index('displayName', 'caseless'), index('externalId', 'exact')];

export function indexesOf(type: ResourceTypeName): readonly Index[] {
  return type === 'User' ? USER_INDEXES : OTHER_INDEXES;
}

/** Only where values compare as the index has folded them. */
export function indexAt(type: ResourceTypeName, path: AttributePath): Index | undefined {
  const name = pathName(path);
  return indexesOf(type).find((each) => each.name === name && each.path.comparison === path.comparison);
}

/** What a resource has in each index, encoded; where it has nothing, what keeps its place at the end of an order. */
export function indexEntries(type: ResourceTypeName, attributes: Attributes): readonly (readonly [string, string])[] {
  const resource = { type, attributes, id: '' as ResourceId } as StoredResource;
  return indexesOf(type).flatMap(({ name, path }) => {
    const folded = valuesAt(resource, path).map((value) => fold(path.comparison, value));
    const values = new Set(folded.filter((value) => typeof value === 'string').map(encodeText));
    if (values.size === 0 && !path.multiValued) values.add(LAST);
    return [...values].map((value) => [name, value] as const);
  });
}

function index(name: string, comparison: Comparison, sub?: string): Index {
  const path = { name, comparison, multiValued: false, ...(sub !== undefined && { sub }) };
  return { name: pathName(path), path };
}
