import { LRUCache } from 'lru-cache';
import type { Projection } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { Json, StoredResource, Version } from '#model/resource.ts';
import { versionToTag } from '../request/preconditions.ts';
import { linkSlotsOf } from './link-slots.ts';

/**
 * The JSON text of what a resource itself holds, cut where computed parts go. In order: `head`, members and groups,
 * `beforeManager`, the manager, `tail`, the base URL with `path` where `located`, `end`.
 */
export interface ResourceText {
  readonly version: Version;
  readonly head: string;
  /** Ends in `"manager":`; empty where no manager is shown. */
  readonly beforeManager: string;
  readonly tail: string;
  /** Below the base URL: `/Users/2819c223`. */
  readonly path: string;
  readonly located: boolean;
  readonly end: string;
}

export interface ResourceTexts {
  of(type: ResourceType, resource: StoredResource, projection: Projection): ResourceText;
}

type Shown = { readonly [name: string]: Json };

/**
 * Rendered texts of one tenant. The default projection's are kept, since nothing but a new version changes them: displays and
 * addresses, which follow other resources and the request, stand outside.
 */
export function openResourceTexts(options: { readonly etag: boolean; readonly cacheBytes: number }): ResourceTexts {
  const kept = new Map<ResourceType, LRUCache<string, ResourceText>>();
  const keptOf = (type: ResourceType) => {
    let texts = kept.get(type);
    if (texts === undefined) {
      texts = new LRUCache({ maxSize: options.cacheBytes, sizeCalculation: sizeOf });
      kept.set(type, texts);
    }
    return texts;
  };
  return {
    of(type, resource, projection) {
      if (!projection.isDefault) return resourceToText(type, resource, projection, options.etag);
      const texts = keptOf(type);
      const before = texts.get(resource.id);
      if (before !== undefined && before.version === resource.version) return before;
      const text = resourceToText(type, resource, projection, options.etag);
      texts.set(resource.id, text);
      return text;
    },
  };
}

export function resourcePath(type: ResourceType, id: string): string {
  return `${type.endpoint}/${encodeURIComponent(id)}`;
}

/** Characters, plus what the entry itself takes. */
function sizeOf({ head, beforeManager, tail }: ResourceText): number {
  return head.length + beforeManager.length + tail.length + 200;
}

function resourceToText(
  type: ResourceType,
  resource: StoredResource,
  projection: Projection,
  etag: boolean,
): ResourceText {
  const shown = projection.apply(resource.attributes);
  const manager = resource.links.manager !== undefined && projection.links.manager !== undefined;
  const slot = manager ? linkSlotsOf(type).manager : undefined;
  const extensions = new Set(type.extensions.map(({ schema }) => schema.id));
  const core: { [name: string]: Json } = { schemas: schemasOf(type, resource), id: resource.id };
  const rest: string[] = [];
  for (const [name, value] of Object.entries(shown)) {
    if (!extensions.has(name)) core[name] = value;
    else if (name !== slot?.schema) rest.push(`,${JSON.stringify(name)}:${JSON.stringify(value)}`);
  }
  const { text: meta, located, end } = metaText(type, resource, projection.meta, etag);
  return {
    version: resource.version,
    head: open(core),
    beforeManager: slot === undefined ? '' : textBeforeManager(slot, shown),
    tail: `${slot?.schema === undefined ? '' : '}'}${rest.join('')}${meta}`,
    path: resourcePath(type, resource.id),
    located,
    end,
  };
}

function textBeforeManager(
  { name, schema }: { readonly name: string; readonly schema?: string },
  shown: Shown,
): string {
  if (schema === undefined) return `,${JSON.stringify(name)}:`;
  const own = open((shown[schema] ?? {}) as Shown);
  return `,${JSON.stringify(schema)}:${own}${own === '{' ? '' : ','}${JSON.stringify(name)}:`;
}

/** The base schema and each extension that has data, a manager included (RFC 7643 §3.3). */
function schemasOf(type: ResourceType, { attributes, links }: StoredResource): readonly string[] {
  const managerIn = links.manager === undefined ? undefined : linkSlotsOf(type).manager?.schema;
  const used = type.extensions
    .map(({ schema }) => schema.id)
    .filter((urn) => urn === managerIn || Object.hasOwn(attributes, urn));
  return [type.schema.id, ...used];
}

function metaText(type: ResourceType, resource: StoredResource, subs: ReadonlySet<string>, etag: boolean) {
  if (subs.size === 0) return { text: '', located: false, end: '}' };
  const values = {
    resourceType: type.name,
    created: resource.createdAt.toISOString(),
    lastModified: resource.modifiedAt.toISOString(),
    ...(etag ? { version: versionToTag(resource.version) } : {}),
  };
  const shown = open(Object.fromEntries(Object.entries(values).filter(([name]) => subs.has(name))));
  if (!subs.has('location')) return { text: `,"meta":${shown}`, located: false, end: '}}' };
  return { text: `,"meta":${shown}${shown === '{' ? '' : ','}"location":"`, located: true, end: '"}}' };
}

/** An object's text without its closing brace. */
function open(value: Shown): string {
  return JSON.stringify(value).slice(0, -1);
}
