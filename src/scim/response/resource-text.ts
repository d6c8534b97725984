import type { Projection } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { Json, StoredResource, Version } from '#model/resource.ts';
import { versionToTag } from '../request/preconditions.ts';
import { linkSlotsOf } from './link-slots.ts';
import type { TextCache, TextShelf } from './text-cache.ts';

/**
 * The JSON text of what a resource itself holds, as bytes, cut where computed parts go: up to `headEnd`, which is `"manager":`
 * where `awaitsManager`; then the manager and a closing brace; groups or members; up to `metaEnd`; where `located` the base URL;
 * the rest.
 */
export interface ResourceText {
  readonly version: Version;
  readonly bytes: Buffer;
  readonly headEnd: number;
  readonly metaEnd: number;
  readonly awaitsManager: boolean;
  readonly located: boolean;
}

export interface ResourceTexts {
  of(type: ResourceType, resource: StoredResource, projection: Projection): ResourceText;
}

type Shown = { readonly [name: string]: Json };

/**
 * Rendered texts of one tenant. The default projection's are kept, since nothing but a new version changes them: displays and
 * addresses, which follow other resources and the request, stand outside.
 */
export function openResourceTexts(options: { readonly etag: boolean; readonly cache: TextCache }): ResourceTexts {
  const { etag, cache } = options;
  const shelves = new Map<ResourceType, TextShelf>();
  const shelfOf = (type: ResourceType) => {
    const known = shelves.get(type);
    if (known !== undefined) return known;
    const shelf = cache.openShelf();
    shelves.set(type, shelf);
    return shelf;
  };
  return {
    of(type, resource, projection) {
      if (!projection.isDefault) return resourceToText(type, resource, projection, etag);
      const shelf = shelfOf(type);
      const before = shelf.get(resource.id);
      if (before !== undefined && before.version === resource.version) return before;
      const text = resourceToText(type, resource, projection, etag);
      shelf.set(resource.id, text);
      return text;
    },
  };
}

export function resourcePath(type: ResourceType, id: string): string {
  return `${type.endpoint}/${encodeURIComponent(id)}`;
}

/** Where a text is encoded before it is known how long it gets; grows with the longest. */
let scratch = Buffer.allocUnsafeSlow(64 * 1024);

function resourceToText(
  type: ResourceType,
  resource: StoredResource,
  projection: Projection,
  etag: boolean,
): ResourceText {
  const awaitsManager = resource.links.manager !== undefined && projection.links.manager !== undefined;
  const head = headText(type, resource, projection, awaitsManager);
  const { text: meta, located } = metaText(type, resource, projection.meta, etag);
  const path = located ? `${resourcePath(type, resource.id)}"}}` : '';
  const atMost = 3 * (head.length + meta.length + path.length);
  if (scratch.length < atMost) scratch = Buffer.allocUnsafeSlow(atMost);
  const headEnd = scratch.write(head);
  const metaEnd = headEnd + scratch.write(meta, headEnd);
  const end = metaEnd + scratch.write(path, metaEnd);
  return {
    version: resource.version,
    bytes: Buffer.from(scratch.subarray(0, end)),
    headEnd,
    metaEnd,
    awaitsManager,
    located,
  };
}

/** The extension that holds the manager comes last, and stays open for it. */
function headText(
  type: ResourceType,
  resource: StoredResource,
  projection: Projection,
  awaitsManager: boolean,
): string {
  const slot = awaitsManager ? linkSlotsOf(type).manager : undefined;
  const identity = `${schemasText(type, resource)}${JSON.stringify(resource.id)}`;
  const shown = projection.apply(resource.attributes);
  if (slot === undefined) return identity + continued(shown);
  const name = JSON.stringify(slot.name);
  if (slot.schema === undefined) return `${identity}${continued(shown)},${name}:`;
  const extension = shown[slot.schema];
  if (extension === undefined) return `${identity}${continued(shown)},${JSON.stringify(slot.schema)}:{${name}:`;
  if (Object.keys(shown).at(-1) === slot.schema) return `${identity}${continued(shown).slice(0, -1)},${name}:`;
  const { [slot.schema]: _, ...others } = shown;
  return `${identity}${continued(others)},${JSON.stringify(slot.schema)}:${open(extension as Shown)},${name}:`;
}

const schemasTexts = new WeakMap<ResourceType, Map<string, string>>();

/** `{"schemas":[...],"id":` with the base schema and each extension that has data, a manager included (RFC 7643 §3.3). */
function schemasText(type: ResourceType, { attributes, links }: StoredResource): string {
  const managerIn = links.manager === undefined ? undefined : linkSlotsOf(type).manager?.schema;
  let used = '';
  for (const { schema } of type.extensions) {
    used += schema.id === managerIn || Object.hasOwn(attributes, schema.id) ? '1' : '0';
  }
  let texts = schemasTexts.get(type);
  if (texts === undefined) {
    texts = new Map();
    schemasTexts.set(type, texts);
  }
  let text = texts.get(used);
  if (text === undefined) {
    const extensions = type.extensions.filter((_, index) => used[index] === '1');
    text = `${open({ schemas: [type.schema.id, ...extensions.map(({ schema }) => schema.id)] })},"id":`;
    texts.set(used, text);
  }
  return text;
}

function metaText(type: ResourceType, resource: StoredResource, subs: ReadonlySet<string>, etag: boolean) {
  if (subs.size === 0) return { text: '}', located: false };
  const shown: string[] = [];
  const show = (name: string, value: string) => {
    if (subs.has(name)) shown.push(`"${name}":${value}`);
  };
  show('resourceType', JSON.stringify(type.name));
  const { createdAt, modifiedAt } = resource;
  const created = createdAt.toISOString();
  show('created', `"${created}"`);
  show('lastModified', `"${modifiedAt.getTime() === createdAt.getTime() ? created : modifiedAt.toISOString()}"`);
  if (etag) show('version', JSON.stringify(versionToTag(resource.version)));
  const text = `,"meta":{${shown.join(',')}`;
  if (!subs.has('location')) return { text: `${text}}}`, located: false };
  return { text: `${text}${shown.length === 0 ? '' : ','}"location":"`, located: true };
}

/** An object's text without its closing brace. */
function open(value: Shown): string {
  return JSON.stringify(value).slice(0, -1);
}

/** An object's members as they follow others: `,"a":1`; empty where it has none. */
function continued(value: Shown): string {
  const text = JSON.stringify(value);
  return text === '{}' ? '' : `,${text.slice(1, -1)}`;
}
