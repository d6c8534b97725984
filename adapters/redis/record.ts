import { createHash } from 'node:crypto';
import type { Attributes, Json, ResourceId, ResourceTypeName, StoredResource, Version } from '#model/resource.ts';
import { isObject } from '#model/values.ts';
import { decodeText } from './text.ts';

/** What a read asks of a resource's hash, in this order: type, version, attributes, manager, created, modified. */
export const RECORD_FIELDS = ['t', 'v', 'a', 'm', 'c', 'u'] as const;

/** Null where there is no such hash. @throws {SyntaxError} where something else wrote it */
export function recordToResource(id: ResourceId, reply: unknown): StoredResource | null {
  const [type, version, attributes, manager, created, modified] = reply as (string | null)[];
  if (!type || !version || !attributes) return null;
  return {
    id,
    type: decodeText(type) as ResourceTypeName,
    attributes: JSON.parse(attributes),
    links: manager ? { manager: decodeText(manager) as ResourceId } : {},
    version: version as Version,
    createdAt: new Date(Number(created)),
    modifiedAt: new Date(Number(modified)),
  };
}

/** Which attributes are the same whatever the order of their names: 128 bits of SHA-256, since Redis cannot compare JSON. */
export function digest(attributes: Attributes): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(attributes)))
    .digest('base64url')
    .slice(0, 22);
}

function inOrder(value: Json): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const pairs = Object.keys(value)
    .sort()
    .map((name) => [name, inOrder(value[name] ?? null)]);
  return { '': pairs };
}

/** The serial that a version begins with; -1 for a text that is none of ours. */
export function serialOf(version: string): number {
  const match = /^(\d{1,15})-/.exec(version);
  return match?.[1] === undefined ? -1 : Number(match[1]);
}
