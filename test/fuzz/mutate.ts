import fc from 'fast-check';

type Mutation = (text: string) => string;

const at = fc.double({ min: 0, max: 1, noNaN: true });

/** Cuts out, doubles or replaces a part of a text: what is left is near enough to the grammar to get past its first rule. */
function mutations(pieces: readonly string[]): fc.Arbitrary<Mutation> {
  const span = fc.tuple(at, at).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const cut = span.map(
    ([from, to]): Mutation =>
      (text) =>
        text.slice(0, from * text.length) + text.slice(to * text.length),
  );
  const double = span.map(
    ([from, to]): Mutation =>
      (text) =>
        text.slice(0, to * text.length) + text.slice(from * text.length),
  );
  const insert = fc.tuple(at, fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 4 }))).map(
    ([place, piece]): Mutation =>
      (text) =>
        text.slice(0, place * text.length) + piece + text.slice(place * text.length),
  );
  return fc.oneof(cut, double, insert, insert);
}

/** A text as it is, after some mutations, or one put together of pieces alone. */
export function hostile(valid: fc.Arbitrary<string>, pieces: readonly string[]): fc.Arbitrary<string> {
  const mutated = fc
    .tuple(valid, fc.array(mutations(pieces), { maxLength: 4 }))
    .map(([text, steps]) => steps.reduce((done, step) => step(done), text));
  const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((words) => words.join(''));
  return fc.oneof({ weight: 4, arbitrary: mutated }, { weight: 2, arbitrary: soup });
}
