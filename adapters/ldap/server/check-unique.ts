/** Whether the server keeps unique what the options say that it does. */
import type { Inspection } from '#adapters/adapter.ts';
import { isAtOrBelow } from '../dn.ts';
import type { Container } from '../tenant-view.ts';
import type { Table } from './check-schema.ts';
import { fault, NOTHING_FOUND, notice, together } from './findings.ts';
import type { Directive, UniqueOverlay } from './unique-overlay.ts';

export function checkUnique(table: Table, container: Container, overlay: UniqueOverlay): Inspection {
  const path = `${table}.unique`;
  // Active Directory has no overlay: it does that by itself, for attributes of its own.
  if (!container.dialect.asserts) return NOTHING_FOUND;
  return together(container.unique.map((attribute) => checkAttribute(path, container, attribute, overlay)));
}

function checkAttribute(path: string, container: Container, attribute: string, overlay: UniqueOverlay): Inspection {
  const directive = `unique_uri "serialize ldap:///${container.base}?${attribute}?sub"`;
  const expected = `${attribute} to be kept unique by the server, each attribute by a directive of its own with serialize`;
  switch (overlay.seen) {
    case 'hidden':
      return notice(path, `${attribute} to be kept unique by the server, which is taken on your word`, {
        remedy: 'grant the account read on cn=config, or on cn=Monitor, to have it checked',
      });
    case 'loaded':
      return notice(
        path,
        `${attribute} to be kept unique by the server, whose overlay is there; for what, is taken on your word`,
        {
          remedy: `check that it has ${directive}`,
        },
      );
    case 'absent':
      return fault(path, expected, {
        got: 'a database without the overlay unique',
        remedy: `load it with ${directive}`,
      });
    case 'directives': {
      const reasons = overlay.directives.map((each) => shortcoming(each, container, attribute));
      if (reasons.includes(undefined)) return NOTHING_FOUND;
      return fault(path, expected, { got: reasons.find(Boolean) ?? 'no directive for it', remedy: directive });
    }
  }
}

/** Undefined where it keeps the attribute unique below the base; empty where it is about something else. */
export function shortcoming(
  { text, serialize, uris }: Directive,
  { normalBase, objectClasses: [first = ''] }: Pick<Container, 'normalBase' | 'objectClasses'>,
  attribute: string,
): string | undefined {
  const uri = uris.find(({ attributes }) => attributes.includes(attribute.toLowerCase()));
  if (uri === undefined) return '';
  if (uris.length > 1 || uri.attributes.length > 1) return `${text}, which is about more than this`;
  if (!serialize) return `${text}, without serialize: of two writes at once both may win`;
  if (!uri.subtree || !isAtOrBelow(normalBase, uri.base)) return `${text}, which does not cover the base`;
  const { filter = '' } = uri;
  if (filter !== '' && filter.toLowerCase() !== `(objectclass=${first.toLowerCase()})`) {
    return `${text}, which covers a part of the entries`;
  }
  return undefined;
}
