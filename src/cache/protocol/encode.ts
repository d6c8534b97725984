import type { Attributes, Links, Ref, ResourceId, StoredResource, Version } from '#model/resource.ts';
import type { Name } from './names.ts';

/** Names what may be read by whom: values of another form are never looked at. Count it up with every change of this file. */
export const FORM = 1;

type StoredEntry = readonly [
  id: ResourceId,
  type: string,
  attributes: Attributes,
  links: Links,
  createdAt: number,
  modifiedAt: number,
];

/** The version alone in the first line, where a script compares it with that of a pointer. */
export function encodeEntry({ id, type, attributes, links, version, createdAt, modifiedAt }: StoredResource): string {
  const entry: StoredEntry = [id, type, attributes, links, createdAt.getTime(), modifiedAt.getTime()];
  return `${firstLine(version)}${JSON.stringify(entry)}`;
}

export function decodeEntry(text: string): StoredResource {
  const end = text.indexOf('\n');
  const version = JSON.parse(text.slice(0, end)) as Version;
  const [id, type, attributes, links, createdAt, modifiedAt] = JSON.parse(text.slice(end + 1)) as StoredEntry;
  return { id, type, attributes, links, version, createdAt: new Date(createdAt), modifiedAt: new Date(modifiedAt) };
}

/** What a pointer to an entry holds. */
export function encodePointer(version: Version, entry: Name): string {
  return `${firstLine(version)}${entry}`;
}

/** JSON has no line break of its own. */
function firstLine(version: Version): string {
  return `${JSON.stringify(version)}\n`;
}

export function encodeRefs(refs: readonly Ref[]): string {
  return JSON.stringify(refs.map(({ id, type }) => [id, type]));
}

export function decodeRefs(text: string): readonly Ref[] {
  return (JSON.parse(text) as readonly (readonly [ResourceId, string])[]).map(([id, type]) => ({ id, type }));
}
