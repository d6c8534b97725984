/** Letters that Unicode does not take apart into a base letter and a mark. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
]);

/** A Latin name in the letters a to z, as mail systems want it: Þórður to thordur, O'Brien to obrien. */
export function toAscii(name: string): string {
  const bare = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return bare.replace(/[^a-z]/g, (letter) => LETTERS.get(letter) ?? '');
}

/** Gives out `given.family`, then `given.family2` and so on: no name holds a digit, so no two logins meet. */
export function openLogins(): (given: string, family: string) => string {
  const bearers = new Map<string, number>();
  return (given, family) => {
    const login = `${toAscii(given)}.${toAscii(family)}`;
    const count = (bearers.get(login) ?? 0) + 1;
    bearers.set(login, count);
    return count === 1 ? login : `${login}${count}`;
  };
}
