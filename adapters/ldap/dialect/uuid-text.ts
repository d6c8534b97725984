import type { ResourceId } from '#model/resource.ts';
import { atLeast, atMost, equals, NOTHING } from '../filter/terms.ts';
import type { IdAttribute } from './dialect.ts';

/** Ids that the directory writes as it compares them: UUIDs in small letters, RFC 4530. */
export function uuidText(attribute: string): IdAttribute {
  return {
    attribute,
    attributes: [attribute],
    given: false,
    read: (entry) => entry.string(attribute) as ResourceId | undefined,
    accepts: isUuid,
    equals: (text) => (isUuid(text) ? equals(attribute, text) : NOTHING),
    beyond: (id, descending) => (descending ? atMost(attribute, id) : atLeast(attribute, id)),
  };
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
