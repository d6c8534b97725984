/** A stream of pseudo-random choices that is the same for the same seed on every machine; never for secrets. */
export interface Random {
  /** 0 (inclusive) to 1 (exclusive). */
  next(): number;
  /** An integer from 0 to `limit - 1`. */
  below(limit: number): number;
  /** As `below`, with low numbers far more likely: sizes of offices and projects follow such a curve. */
  skewedBelow(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** One stream per (seed, stream) pair, so that person 5,000 looks the same whoever was generated before. */
export function openRandom(seed: number, stream = 0): Random {
  const next = mulberry32(Math.imul(seed ^ Math.imul(stream + 1, 0x9e3779b1), 0x85ebca6b));
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    skewedBelow: (limit) => Math.floor(limit * next() ** 3),
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('cannot pick from an empty list');
      return item;
    },
  };
}

/** Tommy Ettinger's mulberry32: 32 bits of state are plenty for names. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
