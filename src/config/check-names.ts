import type { Fault } from '#model/errors.ts';
import { nearestAmong } from './faults.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/;
const NAME_FORM = 'letters, digits, "." and "-", beginning with a letter or a digit, at most 63 characters';

export function checkNames(section: string, names: readonly string[]): readonly Fault[] {
  return names
    .filter((name) => !NAME.test(name))
    .map((name) => ({
      path: `${section}.${name}`,
      expected: name.startsWith('_') ? 'a name that does not begin with "_": those are Portico\'s own' : NAME_FORM,
    }));
}

/** A name that another section of the configuration gives, or the nearest that it could mean. */
export function checkReference(path: string, kind: string, name: string, known: readonly string[]): readonly Fault[] {
  if (known.includes(name)) return [];
  const nearest = nearestAmong(name, known);
  return [
    {
      path,
      expected: `the name of a ${kind}: ${quoted(known)}`,
      got: JSON.stringify(name),
      ...(nearest === undefined ? {} : { remedy: `did you mean "${nearest}"?` }),
    },
  ];
}

export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
