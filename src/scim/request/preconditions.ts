import type { IncomingHttpHeaders } from 'node:http';
import { DirectoryError } from '#model/errors.ts';
import type { Version } from '#model/resource.ts';

/**
 * The tags of an If-Match or If-None-Match header as versions, or `*`; undefined where there is no such header. Weak and strong
 * tags compare alike, by their opaque part: RFC 7644 §3.14 itself sends weak ones with If-Match.
 * @throws {DirectoryError} INVALID_VALUE
 */
export function parseTags(header: string | undefined): '*' | readonly Version[] | undefined {
  const text = header?.trim();
  if (text === undefined || text === '*') return text;
  const tags = text.split(',').map((tag) => /^\s*(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*$/.exec(tag)?.[1]);
  if (!tags.every((tag): tag is Version => tag !== undefined)) {
    throw new DirectoryError('INVALID_VALUE', 'a conditional header holds entity tags such as W/"3694e05e9dff" or *');
  }
  return tags;
}

/** RFC 9110 §13.1.2 */
export function isNotModified(headers: IncomingHttpHeaders, version: Version): boolean {
  const tags = parseTags(headers['if-none-match']);
  return tags === '*' || (tags?.includes(version) ?? false);
}

export function versionToTag(version: Version): string {
  return `W/"${version}"`;
}
