import type { Projection } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { Json, StoredResource, Version } from '#model/resource.ts';
import { versionToTag } from '../request/preconditions.ts';
import { linkSlotsOf } from './link-slots.ts';
import type { TextCache } from './text-cache.ts';

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
export function openResourceTexts(options: {
  readonly tenant: string;
  readonly etag: boolean;
  readonly cache: TextCache;
}): ResourceTexts {
  const { tenant, etag, cache } = options;
  const prefixes = new Map<ResourceType, string>();
  const prefixOf = (type: ResourceType) => {
    const prefix = prefixes.get(type) ?? `${tenant}/${type.name}/`;
    prefixes.set(type, prefix);
    return prefix;
  };
  return {
    of(type, resource, projection) {
      if (!projection.isDefault) return resourceToText(type, resource, projection, etag);
      const key = prefixOf(type) + resource.id;
      const before = cache.get(key);
      if (before !== undefined && before.version === resource.version) return before;
      const text = resourceToText(type, resource, projection, etag);
      cache.set(key, text);
      return text;
    },
  };
}

export function resourcePath(type: ResourceType, id: string): string {
  return `${type.endpoint}/${encodeURIComponent(id)}`;
}

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
  const headEnd = Buffer.byteLength(head);
  return {
    version: resource.version,
    bytes: Buffer.from(head + meta + path),
    headEnd,
    metaEnd: headEnd + Buffer.byteLength(meta),
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
  const identity = open({ schemas: schemasOf(type, resource), id: resource.id });
  const shown = projection.apply(resource.attributes);
  if (slot === undefined) return identity + continued(shown);
  const name = JSON.stringify(slot.name);
  if (slot.schema === undefined) return `${identity}${continued(shown)},${name}:`;
  const { [slot.schema]: extension = {}, ...core } = shown;
  const own = open(extension as Shown);
  return `${identity}${continued(core)},${JSON.stringify(slot.schema)}:${own}${own === '{' ? '' : ','}${name}:`;
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
  if (subs.size === 0) return { text: '}', located: false };
  const shown: string[] = [];
  const show = (name: string, value: string) => {
    if (subs.has(name)) shown.push(`"${name}":${value}`);
  };
  show('resourceType', JSON.stringify(type.name));
  show('created', `"${resource.createdAt.toISOString()}"`);
  show('lastModified', `"${resource.modifiedAt.toISOString()}"`);
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
