import type { ResourceId } from '#model/resource.ts';
import { all, any, equals, has, NOTHING, not } from '../filter/terms.ts';
import type { IdAttribute } from './dialect.ts';

/** What every server compares as it is written: printable ASCII without spaces. */
const ID = /^[!-~]{1,128}$/;

/**
 * Ids that are given, such as those of a tenant that was copied in, kept in an attribute of the configuration. What others add without it has
 * the directory's own id.
 */
export function givenText(attribute: string, own: IdAttribute): IdAttribute {
  const lacks = not(has(attribute));
  return {
    attribute,
    attributes: [attribute, ...own.attributes],
    given: true,
    read(entry) {
      const text = entry.string(attribute);
      if (text === undefined) return own.read(entry);
      return ID.test(text) ? (text as ResourceId) : undefined;
    },
    accepts: (text) => ID.test(text),
    equals(text) {
      if (!ID.test(text)) return NOTHING;
      const given = equals(attribute, text);
      return own.accepts(text) ? any(given, all(own.equals(text), lacks)) : given;
    },
    // Two attributes, of which one may have an order of its own or none.
    beyond: () => undefined,
  };
}
